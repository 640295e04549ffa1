"""Ranked wishes."""

from collections.abc import Sequence

from sqlmodel import Session, select

from expo.errors import Refused
from expo.exhibitors.application import AIMED, MOST_WISHES, moved
from expo.exhibitors.models import Exhibitor, Rivalry, Wish
from expo.exhibitors.names import tidied
from expo.exhibitors.services.applying import claim, insist_on_draft
from expo.exhibitors.services.meeting import known
from expo.venue.models import Hall, Stand, Zone
from expo.words import say

PLACES = {"stand": Stand, "zone": Zone, "hall": Hall}


def wishes(session: Session, exhibitor: Exhibitor) -> Sequence[Wish]:
    """The exhibitor's wishes, the dearest first."""
    return session.exec(select(Wish).where(Wish.exhibitor_id == exhibitor.id).order_by(Wish.rank)).all()


def add_wish(session: Session, exhibitor: Exhibitor, kind: str, target: str, seen: int | None = None) -> None:
    """A further wish, ranked last. The target is a code; a partner may also be named."""
    _open(session, exhibitor, seen)
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
        return _neighbour(session, exhibitor, target)
    model = PLACES[kind]
    code = session.exec(
        select(model.code).where(model.edition_id == exhibitor.edition_id, model.code == target.upper())
    ).first()
    if code is None:
        raise Refused(say("Nothing is called %(target)s on the floor plan.", target=target))
    return code


def _neighbour(session: Session, exhibitor: Exhibitor, target: str) -> str:
    """Somebody to stand beside; not one whom the exhibitor itself keeps away from."""
    other = other_exhibitor(session, exhibitor, target)
    pair = (exhibitor.id, other.id)
    named = select(Rivalry.id).where(
        Rivalry.one_id.in_(pair), Rivalry.other_id.in_(pair), Rivalry.named_by == exhibitor.id
    )
    if session.exec(named).first():
        raise Refused(say("You keep away from this one. Take that back first."))
    return other.code


def other_exhibitor(session: Session, exhibitor: Exhibitor, words: str) -> Exhibitor:
    """Another exhibitor that the directory shows, by its code, or by its exact name if only one has it."""
    found = known(session, exhibitor.edition_id, tidied(words), ("accepted",))
    if found is None:
        raise Refused(
            say(
                "No exhibitor has the code or the name %(words)s. The directory shows the codes.", words=words
            )
        )
    if found.id == exhibitor.id:
        raise Refused(say("That is you. Name somebody else."))
    return found


def move_wish(session: Session, exhibitor: Exhibitor, rank: int, by: int, seen: int | None = None) -> None:
    """One place up (-1) or down (+1)."""
    _open(session, exhibitor, seen)
    there = list(wishes(session, exhibitor))
    _ranked(session, moved(there, rank - 1, by))


def drop_wish(session: Session, exhibitor: Exhibitor, rank: int, seen: int | None = None) -> None:
    """Take a wish back; those after it move up."""
    _open(session, exhibitor, seen)
    there = wishes(session, exhibitor)
    for wish in there:
        if wish.rank == rank:
            session.delete(wish)
    session.flush()
    _ranked(session, [wish for wish in there if wish.rank != rank])


def _open(session: Session, exhibitor: Exhibitor, seen: int | None) -> None:
    """Hold the application, so that two clicks at once rank one after the other."""
    claim(session, exhibitor, seen)
    insist_on_draft(exhibitor)


def _ranked(session: Session, order: Sequence[Wish]) -> None:
    """Ranks 1, 2, … in that order; by way of ranks nobody has, since two may never share one."""
    beyond = max((wish.rank for wish in order), default=0) + len(order)
    for start in (beyond, 0):
        for rank, wish in enumerate(order, start + 1):
            wish.rank = rank
        session.flush()
