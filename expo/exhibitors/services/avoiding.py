"""Competitors to keep away from. Who named whom stays between the one who did and the organiser."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import aliased
from sqlmodel import Session, or_, select

from expo.errors import Refused
from expo.exhibitors.application import MOST_RIVALS
from expo.exhibitors.models import Exhibitor, Organisation, Partnership, Rivalry
from expo.exhibitors.services.applying import claim, insist_on_draft
from expo.exhibitors.services.meeting import known, typed_name
from expo.exhibitors.services.wishing import other_exhibitor, wishes
from expo.words import say


@dataclass(frozen=True)
class Rival:
    """Somebody kept away from; `code` and `name` are empty until the directory shows them.

    owner: "own" (the exhibitor named it), "other" (the other side did) or "organiser".
    """

    id: int
    code: str
    name: dict[str, str]
    words: str
    owner: str = "own"


def rivals(session: Session, exhibitor: Exhibitor) -> list[Rival]:
    """Those whom the exhibitor itself named, and nobody else's: what it may see."""
    return [rival for rival in all_rivals(session, exhibitor) if rival.owner == "own"]


def all_rivals(session: Session, exhibitor: Exhibitor) -> list[Rival]:
    """Everybody it is kept apart from, with whose doing it is: for the organiser's eyes only."""
    other = aliased(Exhibitor)
    pair = or_(
        (Rivalry.one_id == exhibitor.id) & (Rivalry.other_id == other.id),
        (Rivalry.other_id == exhibitor.id) & (Rivalry.one_id == other.id),
    )
    rows = session.execute(
        select(Rivalry.id, Rivalry.named_by, Rivalry.words, other.code, other.state, Organisation.name)
        .outerjoin(other, pair)
        .outerjoin(Organisation, Organisation.id == other.organisation_id)
        .where(or_(Rivalry.one_id == exhibitor.id, Rivalry.other_id == exhibitor.id))
        .order_by(other.code.nulls_last(), Rivalry.id)
    )
    return [_rival(row, exhibitor) for row in rows]


def _rival(row, exhibitor: Exhibitor) -> Rival:
    owner = {None: "organiser", exhibitor.id: "own"}.get(row.named_by, "other")
    shown = bool(row.code) and (row.state == "accepted" or owner != "own" or not row.words)
    return Rival(
        row.id, row.code if shown else "", row.name if shown else {}, row.words or (row.code or ""), owner
    )


def add_rival(session: Session, exhibitor: Exhibitor, words: str, seen: int | None = None) -> None:
    """Keep away from a competitor, by code or exact name; from its acceptance on if it is not known yet."""
    claim(session, exhibitor, seen)
    insist_on_draft(exhibitor)
    words = typed_name(words)
    other = known(session, exhibitor.edition_id, words, ("accepted",))
    if known(session, exhibitor.edition_id, words, (exhibitor.state,)) is exhibitor:
        raise Refused(say("That is you. Name somebody else."))
    there = rivals(session, exhibitor)
    if any(words.lower() in (rival.words.lower(), rival.code.lower()) for rival in there) or (
        other and other.code in [rival.code for rival in there]
    ):
        raise Refused(say("You keep away from %(words)s already.", words=words))
    if len(there) >= MOST_RIVALS:
        raise Refused(say("You may keep away from %(most)s others at most.", most=MOST_RIVALS))
    if other and any(
        wish.target == other.code for wish in wishes(session, exhibitor) if wish.kind == "beside"
    ):
        raise Refused(say("You wish to stand beside this one. Take that back first."))
    if other and _are_partners(session, exhibitor, other):
        raise Refused(say("You ask this one to be your partner. Take that back first."))
    _store(session, exhibitor, other, exhibitor.id, words)


def _are_partners(session: Session, exhibitor: Exhibitor, other: Exhibitor) -> bool:
    pair = (exhibitor.id, other.id)
    asked = (Partnership.state == "asked") & (Partnership.asker_id == exhibitor.id)
    live = select(Partnership.id).where(
        Partnership.asker_id.in_(pair),
        Partnership.asked_id.in_(pair),
        or_(Partnership.state == "accepted", asked),
    )
    return session.exec(live).first() is not None


def keep_apart(session: Session, exhibitor: Exhibitor, words: str) -> None:
    """The organiser keeps two exhibitors apart; neither of them sees it."""
    claim(session, exhibitor, None)
    other = other_exhibitor(session, exhibitor, words)
    if any(r.owner == "organiser" and r.code == other.code for r in all_rivals(session, exhibitor)):
        raise Refused(say("You keep these two apart already."))
    _store(session, exhibitor, other, None, "")


def _store(
    session: Session, exhibitor: Exhibitor, other: Exhibitor | None, owner: int | None, words: str
) -> None:
    one, two = sorted((exhibitor.id, other.id)) if other else (exhibitor.id, None)
    session.add(
        Rivalry(edition_id=exhibitor.edition_id, one_id=one, other_id=two, named_by=owner, words=words)
    )
    session.flush()


def drop_rival(session: Session, exhibitor: Exhibitor, number: int, seen: int | None = None) -> None:
    """No longer keep away from somebody whom the exhibitor itself named."""
    claim(session, exhibitor, seen)
    insist_on_draft(exhibitor)
    _drop(session, exhibitor, number, [exhibitor.id])


def let_together(session: Session, exhibitor: Exhibitor, number: int) -> None:
    """The organiser no longer keeps two apart; what an exhibitor named is not the organiser's to drop."""
    claim(session, exhibitor, None)
    _drop(session, exhibitor, number, [])


def _drop(session: Session, exhibitor: Exhibitor, number: int, owners: Sequence[int]) -> None:
    mine = Rivalry.named_by.in_(owners) if owners else Rivalry.named_by.is_(None)
    row = session.exec(
        select(Rivalry)
        .where(Rivalry.id == number, mine)
        .where(or_(Rivalry.one_id == exhibitor.id, Rivalry.other_id == exhibitor.id))
    ).one_or_none()
    if row:
        session.delete(row)
        session.flush()
