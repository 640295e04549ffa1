"""The tables of the meeting area and the people who sit there, kept by organisers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.meetings.models import Delegate, MeetingTable
from matchmaking.meetings.services.gathering import slots
from matchmaking.meetings.services.publishing import booking

MOST_SEATS = 100


def keep_table(session: Session, edition: Edition, number: int, **values: object) -> MeetingTable:
    """The table of that number with these values, new if there is none. Refused as the database refuses.

    Meetings that are planned there stay until a run moves them; what cannot take place is shown with them.
    """
    table = session.exec(
        select(MeetingTable).where(MeetingTable.edition_id == edition.id, MeetingTable.number == number)
    ).one_or_none() or MeetingTable(edition_id=edition.id or 0, number=number)
    if "closed" in values:
        values["closed"] = _slots(edition, values["closed"])  # pyright: ignore[reportArgumentType]
    with booking(), session.begin_nested():
        for name, value in values.items():
            setattr(table, name, value)
        session.add(table)
        session.flush()
    return table


@dataclass(frozen=True)
class TableChange:
    """What to change of several tables; None leaves a thing as it is.

    `owner` is ("buyer" or "exhibitor", id), or () for nobody. `shut` and `opened` number slots.
    """

    seats: int | None = None
    exclusive: bool | None = None
    owner: tuple[str, int] | tuple[()] | None = None
    shut: frozenset[int] = frozenset()
    opened: frozenset[int] = frozenset()


def change_tables(session: Session, edition: Edition, numbers: Sequence[int], change: TableChange) -> int:
    """Change these tables, putting up those that are missing; answers how many are new.

    Refused as the database refuses, none of them changed. Meetings planned there stay: see `queries.mending`.
    """
    if change.owner and len(numbers) > 1:
        raise Refused(say("Name one table: a party has only one of its own."))
    if change.seats is not None and not 1 <= change.seats <= MOST_SEATS:
        raise Refused(say("A table has from 1 to %(most)s seats for meetings.", most=MOST_SEATS))
    shut, opened = set(_slots(edition, change.shut)), set(_slots(edition, change.opened))
    there = {
        table.number: table
        for table in session.exec(
            select(MeetingTable)
            .where(MeetingTable.edition_id == edition.id, MeetingTable.number.in_(numbers))
            .with_for_update()
        )
    }
    with booking(), session.begin_nested():
        for number in numbers:
            table = there.get(number) or MeetingTable(edition_id=edition.id or 0, number=number)
            _change(table, change)
            if table.exclusive and not (table.buyer_id or table.exhibitor_id):
                raise Refused(
                    say("Table %(number)s belongs to nobody: say whose it is, or let everybody use it.",
                        number=str(number))
                )  # fmt: skip
            table.closed = sorted((set(table.closed) | shut) - opened)
            session.add(table)
        session.flush()
    return len(numbers) - len(there)


def _change(table: MeetingTable, change: TableChange) -> None:
    if change.owner is not None:
        owner = dict([change.owner]) if change.owner else {}
        table.buyer_id, table.exhibitor_id = owner.get("buyer"), owner.get("exhibitor")
        if not change.owner:
            table.exclusive = False
    if change.seats is not None:
        table.seats = change.seats
    if change.exclusive is not None:
        table.exclusive = change.exclusive


def keep_delegate(session: Session, edition: Edition, delegate: Delegate) -> Delegate:
    """Add somebody who sits in meetings, or keep what changed. The first takes over the party's meetings."""
    delegate.name = " ".join(delegate.name.split())
    if not delegate.name:
        raise Refused(say("Please give a name."))
    delegate.unavailable = _slots(edition, delegate.unavailable)
    with booking(), session.begin_nested():
        session.add(delegate)
        session.flush()
    return delegate


def drop_delegate(session: Session, delegate: Delegate) -> None:
    """Refused while this person has meetings."""
    with booking(), session.begin_nested():
        session.delete(delegate)
        session.flush()


def _slots(edition: Edition, given: Iterable[int]) -> list[int]:
    """Numbers of slots, each once, those that do not exist refused."""
    most, wanted = len(slots(edition)), sorted({int(n) for n in given})
    wrong = [n for n in wanted if not 1 <= n <= most]
    if wrong:
        raise Refused(
            say("There is no slot %(number)s; the last one is %(last)s.", number=wrong[0], last=most)
        )
    return wanted
