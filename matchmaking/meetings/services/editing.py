"""The agenda in force changed by an organiser's hand: move, swap, add, cancel, lock. Each is a version."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import Sentence, say
from matchmaking.meetings.asking import Desk, Side
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.services.explaining import details_of
from matchmaking.meetings.services.gathering import Market, market_of, slots
from matchmaking.meetings.services.publishing import booking, next_version
from matchmaking.meetings.services.telling import forget_placed

LATE = say("Somebody changed this meeting just before you. Look at it again.")
NOT_PLANNED = say("Only a planned meeting can be changed.")


@dataclass(frozen=True)
class Spot:
    """Where a meeting would take place; `table` 0 lets us choose."""

    slot: int
    table: int = 0


def move(
    session: Session,
    edition: Edition,
    meeting: Meeting,
    spot: Spot,
    sequence: int,
    user_id: int | None = None,
) -> list[Sentence]:
    """Take a meeting to another time or table; answers what speaks against it that a person may overrule.

    Refused when it was changed since `sequence`, is locked or over, or the place cannot be had.
    """
    _fresh(session, meeting, sequence)
    market = market_of(session, edition)
    _not_over(market, spot.slot)
    before = (meeting.slot, meeting.table_number)
    warnings = complaints(market, meeting.buyer_id, meeting.exhibitor_id, spot.slot, meeting.id)
    with booking(), session.begin_nested():
        session.flush()
        _put(session, edition, market, meeting, spot)
        session.flush()
    session.refresh(meeting)  # the database counts its changes
    _version(session, edition, "moved", [(meeting, before)], user_id)
    return warnings


def swap(
    session: Session, edition: Edition, one: Meeting, other: Meeting, sequences: tuple[int, int],
    user_id: int | None = None,
) -> list[Sentence]:  # fmt: skip
    """Two meetings trade time, table and seat in one statement. Refused as `move` is."""
    for meeting, sequence in sorted(
        zip((one, other), sequences, strict=True), key=lambda pair: pair[0].id or 0
    ):
        _fresh(session, meeting, sequence)
    if one.id == other.id:
        raise Refused(say("Choose two meetings."))
    market = market_of(session, edition)
    _not_over(market, min(one.slot, other.slot))
    before = [(m, (m.slot, m.table_number)) for m in (one, other)]
    warnings = complaints(market, one.buyer_id, one.exhibitor_id, other.slot, one.id)
    warnings += complaints(market, other.buyer_id, other.exhibitor_id, one.slot, other.id)
    with booking(), session.begin_nested():
        session.execute(
            text(
                "UPDATE meeting SET slot = o.slot, table_number = o.table_number, seat = o.seat,"
                " starts_at = o.starts_at, ends_at = o.ends_at FROM meeting o"
                " WHERE meeting.id IN (:a, :b) AND o.id IN (:a, :b) AND o.id <> meeting.id"
            ),
            {"a": one.id, "b": other.id},
        )
    session.refresh(one)
    session.refresh(other)
    _version(session, edition, "moved", before, user_id)
    return warnings


def add(
    session: Session, edition: Edition, buyer_id: int, exhibitor_id: int, spot: Spot,
    user_id: int | None = None, origin: str = "hand",
) -> tuple[Meeting, list[Sentence]]:  # fmt: skip
    """A new meeting at a time, at a table of our choice if none is named. Refused as the database refuses.

    A pair of which either side said no is refused in words that tell nobody who did.
    """
    market = market_of(session, edition)
    if (buyer_id, exhibitor_id) in market.ask.refused:
        raise Refused(say("These two cannot be brought together."))
    known = {one.id for one in market.ask.buyers}, {one.id for one in market.ask.exhibitors}
    if buyer_id not in known[0] or exhibitor_id not in known[1]:
        raise Refused(say("Choose a buyer and an accepted exhibitor of this edition."))
    buyer, exhibitor = _side(market.ask.buyers, buyer_id), _side(market.ask.exhibitors, exhibitor_id)
    if buyer.organisation == exhibitor.organisation:
        raise Refused(say("Nobody meets their own organisation."))
    _not_over(market, spot.slot)
    warnings = complaints(market, buyer_id, exhibitor_id, spot.slot)
    when = _slot(edition, spot.slot)
    meeting = Meeting(
        edition_id=edition.id, buyer_id=buyer_id, exhibitor_id=exhibitor_id, slot=spot.slot, table_number=1,
        starts_at=when.starts_at, ends_at=when.ends_at, origin=origin,
        **details_of(session, edition, [(buyer_id, exhibitor_id)]).get((buyer_id, exhibitor_id), {}),
    )  # fmt: skip
    with booking(), session.begin_nested():
        _put(session, edition, market, meeting, spot)
        session.add(meeting)
        session.flush()
    _version(session, edition, "added", [(meeting, None)], user_id, "hand" if origin == "hand" else "site")
    forget_placed(session, edition)
    return meeting, warnings


def cancel(
    session: Session, edition: Edition, meeting: Meeting, sequence: int, user_id: int | None = None
) -> None:
    """Call a planned meeting off; who was told of it is told of this too. A locked one is unlocked first."""
    _fresh(session, meeting, sequence)
    if meeting.locked:
        raise Refused(say("This meeting is locked. Unlock it first."))
    with booking(), session.begin_nested():
        meeting.state = "cancelled"
        session.flush()
    session.refresh(meeting)
    _version(session, edition, "cancelled", [(meeting, (meeting.slot, meeting.table_number))], user_id)


def _version(
    session: Session, edition: Edition, what: str, changed: list, user_id: int | None, kind: str = "hand"
) -> None:
    """The next version, with what changed in it: (meeting, where it was) each."""
    rows = [
        [what, m.buyer_id, m.exhibitor_id, *(before or (None, None)),
         *((None, None) if what == "cancelled" else (m.slot, m.table_number))]
        for m, before in changed
    ]  # fmt: skip
    next_version(session, edition, kind, {what: len(rows), "rows": rows}, user_id)


def lock(session: Session, edition: Edition, meeting: Meeting, locked: bool) -> None:
    """Keep a planned meeting where it is, whatever is solved anew, or let it go again."""
    session.refresh(meeting, with_for_update=True)
    if meeting.state != "planned":
        raise Refused(NOT_PLANNED)
    meeting.locked = locked
    session.flush()


def complaints(
    market: Market, buyer_id: int, exhibitor_id: int, slot: int, but: int | None = None
) -> list[Sentence]:
    """What speaks against the two meeting then, though the database would let it be."""
    found = []
    if any(
        wish.half and (wish.buyer, wish.exhibitor) == (buyer_id, exhibitor_id)
        and wish.half != ("am" if market.slots[slot - 1].is_morning else "pm")
        for wish in market.ask.wishes if 1 <= slot <= len(market.slots)
    ):  # fmt: skip
        found.append(say("They wished to meet in the other half of the day."))
    for side, sides, who in (
        ("buyer", market.ask.buyers, buyer_id), ("exhibitor", market.ask.exhibitors, exhibitor_id),
    ):  # fmt: skip
        one = _side(sides, who)
        if slot in one.unavailable:
            found.append(AWAY[side])
        held = sum(getattr(set_.place, side) == who for set_ in market.ask.current)
        if but is None and held >= one.most:
            found.append(FULL[side])
    return found


AWAY = {
    "buyer": say("The buyer said that it cannot come at this time."),
    "exhibitor": say("The exhibitor said that it cannot come at this time."),
}
FULL = {
    "buyer": say("The buyer has all the meetings it wanted."),
    "exhibitor": say("The exhibitor has all the meetings it wanted."),
}


def _side(sides: tuple[Side, ...], who: int) -> Side:
    return next((one for one in sides if one.id == who), Side(who, 0, frozenset(), 0, 0))


def _slot(edition: Edition, number: int):
    times = slots(edition)
    if not 1 <= number <= len(times):
        raise Refused(say("There is no such time in this edition."))
    return times[number - 1]


def _not_over(market: Market, slot: int) -> None:
    """While an event goes on nobody can be sent into a time that is over; the one that runs is not."""
    if slot < market.ask.past:
        raise Refused(say("This time is over. Choose a later one."))


def _fresh(session: Session, meeting: Meeting, sequence: int) -> None:
    session.refresh(meeting, with_for_update=True)
    if meeting.sequence != sequence:
        raise Refused(LATE)
    if meeting.state != "planned":
        raise Refused(NOT_PLANNED)


def _put(session: Session, edition: Edition, market: Market, meeting: Meeting, spot: Spot) -> None:
    """Time, table, seat and people of a meeting; the database has the last word."""
    when = _slot(edition, spot.slot)
    taken = _taken(session, edition, spot.slot, meeting.id)
    desk = _desk(market, meeting, spot, taken)
    seat = next(n for n in range(1, 1000) if f"table {desk}/{n}" not in taken)
    meeting.slot, meeting.table_number, meeting.seat = spot.slot, desk, seat
    meeting.starts_at, meeting.ends_at = when.starts_at, when.ends_at
    for side, sides, who in (
        ("buyer", market.ask.buyers, meeting.buyer_id),
        ("exhibitor", market.ask.exhibitors, meeting.exhibitor_id),
    ):
        people = _side(sides, who).delegates
        now = getattr(meeting, f"{side}_delegate_id")
        if people and (now is None or f"delegate {now}" in taken):
            free = [n for n, away in people if spot.slot not in away and f"delegate {n}" not in taken]
            setattr(meeting, f"{side}_delegate_id", (free or [n for n, _ in people])[0])


def _taken(session: Session, edition: Edition, slot: int, but: int | None) -> set[str]:
    rows = session.execute(
        text(
            "SELECT resource FROM meeting_hold WHERE edition_id = :edition AND slot = :slot"
            " AND meeting_id IS DISTINCT FROM :but"
        ),
        {"edition": edition.id, "slot": slot, "but": but},
    )
    return set(rows.scalars())


def _desk(market: Market, meeting: Meeting, spot: Spot, taken: set[str]) -> int:
    """The table asked for, else the party's own, else the first with a seat left."""
    if spot.table and not any(desk.number == spot.table for desk in market.ask.desks):
        raise Refused(
            say("There is no table %(number)s. Put it up first, or choose another.", number=str(spot.table))
        )
    if spot.table:
        return spot.table
    parties = (meeting.buyer_id, meeting.exhibitor_id)
    own = [d for d in market.ask.desks if d.exhibitor == parties[1] or (d.buyer and d.buyer == parties[0])]
    ordered = own or [d for d in market.ask.desks if not d.exclusive and not d.buyer and not d.exhibitor]
    free = next((d.number for d in ordered if _has_seat(d, spot.slot, taken)), None)
    if free is None:
        raise Refused(say("No table is free at that time."))
    return free


def _has_seat(desk: Desk, slot: int, taken: set[str]) -> bool:
    return slot not in desk.closed and any(
        f"table {desk.number}/{n}" not in taken for n in range(1, desk.seats + 1)
    )


def meeting_of(session: Session, edition: Edition, number: int) -> Meeting | None:
    """The meeting of that number in an edition."""
    return session.exec(
        select(Meeting).where(Meeting.edition_id == edition.id, Meeting.id == number)
    ).one_or_none()
