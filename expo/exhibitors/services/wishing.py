"""Ranked wishes, and competitors to keep away from."""

from collections.abc import Sequence

from sqlmodel import Session, or_, select

from expo.errors import Refused
from expo.exhibitors.application import AIMED, MOST_RIVALS, MOST_WISHES, moved
from expo.exhibitors.models import Exhibitor, Organisation, Rivalry, Wish
from expo.exhibitors.names import folded
from expo.exhibitors.services.applying import insist_on_draft
from expo.exhibitors.services.numbering import hold
from expo.venue.models import Hall, Stand, Zone
from expo.words import say

PLACES = {"stand": Stand, "zone": Zone, "hall": Hall}


def wishes(session: Session, exhibitor: Exhibitor) -> Sequence[Wish]:
    """The exhibitor's wishes, the dearest first."""
    return session.exec(select(Wish).where(Wish.exhibitor_id == exhibitor.id).order_by(Wish.rank)).all()


def add_wish(session: Session, exhibitor: Exhibitor, kind: str, target: str) -> None:
    """A further wish, ranked last. The target is a code; a partner may also be named."""
    _open(session, exhibitor)
    there = wishes(session, exhibitor)
    if len(there) >= MOST_WISHES:
        raise Refused(say("There are %(most)s wishes already. Take one back first.", most=MOST_WISHES))
    target = _target(session, exhibitor, kind, target.strip())
    if any((wish.kind, wish.target) == (kind, target) for wish in there):
        raise Refused(say("You have this wish already."))
    session.add(Wish(exhibitor_id=exhibitor.id, rank=len(there) + 1, kind=kind, target=target))
    session.flush()


def _target(session: Session, exhibitor: Exhibitor, kind: str, target: str) -> str:
    if kind not in AIMED:
        return ""
    if not target:
        raise Refused(say("Say which one: this wish needs a code."))
    if kind == "beside":
        return other_exhibitor(session, exhibitor, target).code
    model = PLACES[kind]
    code = session.exec(
        select(model.code).where(model.edition_id == exhibitor.edition_id, model.code == target.upper())
    ).first()
    if code is None:
        raise Refused(say("Nothing is called %(target)s on the floor plan.", target=target))
    return code


def other_exhibitor(session: Session, exhibitor: Exhibitor, words: str) -> Exhibitor:
    """Another exhibitor of the edition by its code, or by its exact name if only one has it."""
    found = session.exec(
        select(Exhibitor)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.edition_id == exhibitor.edition_id, Exhibitor.state == "accepted")
        .where(or_(Exhibitor.code == words.upper(), Organisation.search_name == folded(words)))
        .limit(2)
    ).all()
    if len(found) != 1:
        raise Refused(
            say(
                "No exhibitor has the code or the name %(words)s. The directory shows the codes.", words=words
            )
        )
    if found[0].id == exhibitor.id:
        raise Refused(say("That is you. Name somebody else."))
    return found[0]


def move_wish(session: Session, exhibitor: Exhibitor, rank: int, by: int) -> None:
    """One place up (-1) or down (+1)."""
    _open(session, exhibitor)
    there = list(wishes(session, exhibitor))
    _ranked(session, moved(there, rank - 1, by))


def drop_wish(session: Session, exhibitor: Exhibitor, rank: int) -> None:
    """Take a wish back; those after it move up."""
    _open(session, exhibitor)
    there = wishes(session, exhibitor)
    for wish in there:
        if wish.rank == rank:
            session.delete(wish)
    session.flush()
    _ranked(session, [wish for wish in there if wish.rank != rank])


def _open(session: Session, exhibitor: Exhibitor) -> None:
    """Hold the application, so that two clicks at once rank one after the other."""
    hold(session, exhibitor)
    insist_on_draft(exhibitor)


def _ranked(session: Session, order: Sequence[Wish]) -> None:
    """Ranks 1, 2, … in that order; by way of ranks nobody has, since two may never share one."""
    beyond = max((wish.rank for wish in order), default=0) + len(order)
    for start in (beyond, 0):
        for rank, wish in enumerate(order, start + 1):
            wish.rank = rank
        session.flush()


def rivals(session: Session, exhibitor: Exhibitor) -> Sequence[tuple[int, str, dict[str, str]]]:
    """Those kept away from: id, code, name. It counts for both sides, whoever named it."""
    pair = or_(
        (Rivalry.one_id == exhibitor.id) & (Rivalry.other_id == Exhibitor.id),
        (Rivalry.other_id == exhibitor.id) & (Rivalry.one_id == Exhibitor.id),
    )
    return session.execute(
        select(Exhibitor.id, Exhibitor.code, Organisation.name)
        .join(Rivalry, pair)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .order_by(Exhibitor.code)
    ).all()


def add_rival(session: Session, exhibitor: Exhibitor, words: str) -> None:
    """Keep away from another exhibitor, by code or exact name."""
    _open(session, exhibitor)
    other = other_exhibitor(session, exhibitor, words.strip())
    there = [number for number, *_ in rivals(session, exhibitor)]
    if other.id in there:
        raise Refused(say("You are kept apart from %(code)s already.", code=other.code))
    if len(there) >= MOST_RIVALS:
        raise Refused(say("You may keep away from %(most)s others at most.", most=MOST_RIVALS))
    one, two = sorted((exhibitor.id, other.id))
    session.add(Rivalry(edition_id=exhibitor.edition_id, one_id=one, other_id=two))
    session.flush()


def drop_rival(session: Session, exhibitor: Exhibitor, code: str) -> None:
    """No longer keep away from somebody."""
    _open(session, exhibitor)
    found = select(Rivalry).where(or_(Rivalry.one_id == exhibitor.id, Rivalry.other_id == exhibitor.id))
    ids = [number for number, other, _name in rivals(session, exhibitor) if other == code]
    for row in session.exec(found.where(or_(Rivalry.one_id.in_(ids), Rivalry.other_id.in_(ids)))):
        session.delete(row)
    session.flush()
