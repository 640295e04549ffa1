"""Swaps: two exhibitors change places when both (and, where it is set so, the organiser) agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import exists, func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.orders import services as orders
from expo.selection import rules
from expo.selection.models import Swap
from expo.selection.queries import floor
from expo.selection.queries.floor import Spot, database_now
from expo.selection.services import waiting
from expo.selection.services.locks import enter, lock_exhibitors, lock_stands
from expo.venue.models import Stand
from expo.words import Sentence, figure, say

MOST_OPEN = 10
MISSING = say("That is not there any more.")


@dataclass(frozen=True)
class Outlook:
    """What a swap would mean for one side: what forbids it, and what follows from it."""

    against: tuple[Sentence, ...] = ()
    follows: tuple[Sentence, ...] = ()


def propose(session: Session, asker: Exhibitor, other: Exhibitor, message: str) -> Swap:
    """Ask another exhibitor to change places; both places are kept as they are now."""
    settings = waiting.settings_of(session, asker.edition_id)
    if not settings.swaps_open:
        raise Refused(say("The organiser has not opened swaps."))
    if other.id == asker.id:
        raise Refused(say("You cannot swap with yourself."))
    enter(session, asker.edition_id)
    lock_exhibitors(session, [asker.id, other.id])
    mine, theirs = _places(session, asker, other)
    if against := outlook(session, asker, other, mine, theirs).against:
        raise Refused(against[0])
    open_ones = select(func.count()).select_from(Swap).where(Swap.asker_id == asker.id, is_open())
    if session.execute(open_ones).scalar_one() >= MOST_OPEN:
        raise Refused(say("You have asked %(most)s others already. Withdraw one first.", most=MOST_OPEN))
    at = database_now(session)
    swap = Swap(
        edition_id=asker.edition_id,
        asker_id=asker.id,
        other_id=other.id,
        asker_stands=_codes(mine),
        other_stands=_codes(theirs),
        message=message.strip(),
        asked_at=at,
        expires_at=at + timedelta(days=settings.swap_days),
    )
    try:
        with session.begin_nested():
            session.add(swap)
    except IntegrityError:
        raise Refused(say("You have asked them already; wait for their answer.")) from None
    return swap


def is_open():
    """SQL: whether a swap still waits for somebody."""
    return Swap.state.in_(("asked", "agreed")) & (Swap.expires_at > func.now())


def _codes(spots: Sequence[Spot]) -> list[str]:
    return sorted(spot.place.code for spot in spots)


def _places(session: Session, asker: Exhibitor, other: Exhibitor) -> tuple[list[Spot], list[Spot]]:
    mine = floor.place_spots(session, asker.id, asker.edition_id)
    theirs = floor.place_spots(session, other.id, asker.edition_id)
    if other.edition_id != asker.edition_id or not theirs:
        raise Refused(say("They have no place to swap."))
    if not mine:
        raise Refused(say("You have no place to swap."))
    if _in_pavilion(session, asker) or _in_pavilion(session, other):
        raise Refused(say("A place in a pavilion is shared out by its lead and cannot be swapped."))
    return mine, theirs


def _in_pavilion(session: Session, exhibitor: Exhibitor) -> bool:
    led = exists().where(Exhibitor.lead_id == exhibitor.id, Exhibitor.state == "accepted")
    return exhibitor.lead_id is not None or bool(session.execute(select(led)).scalar())


def outlook(
    session: Session, one: Exhibitor, other: Exhibitor, mine: Sequence[Spot], theirs: Sequence[Spot]
) -> Outlook:
    """What the swap means for `one`, who would move from `mine` to `theirs`; for its own eyes only."""
    standard = floor.standard_cm2(session, one.edition_id)
    present, wanted = ([spot.place for spot in spots] for spots in (mine, theirs))
    asked = rules.for_changing(floor.asked_of(session, one, standard), present, wanted)
    gone = {one.id, other.id}
    rivals = floor.rivals_of(session, one, without=gone)
    verdict = rules.judge(
        wanted,
        asked,
        rules.Limits(tolerance_percent=25, standard_cm2=standard),
        rivals,
    )
    follows = []
    before, after = (sum(place.area_cm2 for place in places) for places in (present, wanted))
    if before != after:
        follows.append(
            say(
                "The area changes from %(before)s to %(after)s m².",
                before=figure(before / rules.CM2_A_M2),
                after=figure(after / rules.CM2_A_M2),
            )
        )
    order = orders.live_order(session, one)
    if order is not None:
        follows.append(
            say(
                "Order %(number)s was made for the present place; the organiser corrects it.",
                number=order.number,
            )
        )
    return Outlook((*verdict.never, *verdict.not_yet), tuple(follows))


def outlooks(session: Session, swap: Swap) -> tuple[Outlook, Outlook]:
    """For the asker and for the other, as things are now; refused when a place has changed since."""
    asker = session.get_one(Exhibitor, swap.asker_id)
    other = session.get_one(Exhibitor, swap.other_id)
    mine, theirs = _places(session, asker, other)
    if (_codes(mine), _codes(theirs)) != (swap.asker_stands, swap.other_stands):
        raise Refused(say("One of the two places has changed since this was asked, so it cannot be swapped."))
    return outlook(session, asker, other, mine, theirs), outlook(session, other, asker, theirs, mine)


def agree(session: Session, other: Exhibitor, swap_id: int) -> Swap:
    """The other side agrees: done at once, or it goes to the organiser."""
    swap = _begin(session, swap_id, "asked", Swap.other_id == other.id)
    asker, answering = outlooks(session, swap)
    if answering.against:
        raise Refused(answering.against[0])
    if asker.against:  # why is the asker's own affair
        raise Refused(say("As things are now, your place does not suit the other side any more."))
    swap.state, swap.answered_at = "agreed", database_now(session)
    session.add(swap)
    session.flush()
    if not waiting.settings_of(session, swap.edition_id).swaps_need_approval:
        _execute(session, swap)
    return swap


def approve(session: Session, edition_id: int, swap_id: int) -> Swap:
    """The organiser approves what both agreed to: the places change hands."""
    swap = _begin(session, swap_id, "agreed", Swap.edition_id == edition_id)
    for side in outlooks(session, swap):
        if side.against:
            raise Refused(side.against[0])
    _execute(session, swap)
    return swap


def _begin(session: Session, swap_id: int, state: str, owner) -> Swap:
    """Lock what a swap touches, in the house's order, and read it anew. Refused when it is over."""
    found = session.exec(select(Swap).where(Swap.id == swap_id, owner)).one_or_none()
    if found is None:
        raise Refused(MISSING)
    enter(session, found.edition_id)
    lock_exhibitors(session, [found.asker_id, found.other_id])
    session.refresh(found, with_for_update=True)
    if found.state != state:
        raise Refused(say("This swap has been settled meanwhile."))
    if found.expires_at <= database_now(session):
        raise Refused(say("This swap has run out. Ask anew."))
    return found


def _execute(session: Session, swap: Swap) -> None:
    """Both places change hands in one moment; the database lets it happen for an agreed swap only."""
    rows = session.exec(
        select(Allotment)
        .where(Allotment.exhibitor_id.in_((swap.asker_id, swap.other_id)))
        .order_by(Allotment.stand_id)
    ).all()
    lock_stands(session, [row.stand_id for row in rows])
    for row in rows:
        row.exhibitor_id = swap.other_id if row.exhibitor_id == swap.asker_id else swap.asker_id
        row.locked = True
        session.add(row)
    session.flush()
    swap.state = "done"
    session.add(swap)
    session.flush()


def decline(session: Session, other: Exhibitor, swap_id: int) -> Swap:
    """The other side says no."""
    return _settle(session, _begin(session, swap_id, "asked", Swap.other_id == other.id), "declined")


def withdraw(session: Session, asker: Exhibitor, swap_id: int) -> Swap:
    """The asker takes it back, as long as it is not done."""
    owner = Swap.asker_id == asker.id
    swap = session.exec(select(Swap).where(Swap.id == swap_id, owner)).one_or_none()
    if swap is None:
        raise Refused(MISSING)
    state = swap.state if swap.state in ("asked", "agreed") else "asked"
    return _settle(session, _begin(session, swap_id, state, owner), "withdrawn")


def refuse_swap(session: Session, edition_id: int, swap_id: int, reason: str) -> Swap:
    """The organiser says no, with a reason for both."""
    if not reason.strip():
        raise Refused(say("Write a sentence that tells both why."))
    swap = _begin(session, swap_id, "agreed", Swap.edition_id == edition_id)
    swap.reason = reason.strip()
    return _settle(session, swap, "refused")


def _settle(session: Session, swap: Swap, state: str) -> Swap:
    swap.state = state
    swap.answered_at = swap.answered_at or database_now(session)
    session.add(swap)
    session.flush()
    return swap


def expire_swaps(session: Session, edition_id: int) -> list[Swap]:
    """Close swaps that nobody answered in time."""
    over = session.exec(
        select(Swap)
        .where(
            Swap.edition_id == edition_id, Swap.state.in_(("asked", "agreed")), Swap.expires_at <= func.now()
        )
        .with_for_update(skip_locked=True)
    ).all()
    for swap in over:
        _settle(session, swap, "expired")
    return list(over)


def by_stand(session: Session, edition_id: int, code: str) -> Exhibitor | None:
    """Who has a stand, as the public plan says: by the stand's code or the exhibitor's."""
    return session.exec(
        select(Exhibitor)
        .join(Allotment, Allotment.exhibitor_id == Exhibitor.id)
        .join(Stand, Stand.id == Allotment.stand_id)
        .where(Exhibitor.edition_id == edition_id, (Stand.code == code) | (Exhibitor.code == code))
    ).first()
