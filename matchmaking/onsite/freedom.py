"""Who and what is free in a slot, from what is taken in it."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple


class Person(NamedTuple):
    """Somebody who sits in meetings, with the languages and the slots (from 1) that they cannot take."""

    id: int
    languages: frozenset[str]
    unavailable: frozenset[int]


class Side(NamedTuple):
    """A party with its people; one that names nobody is itself one person."""

    id: int
    organisation_id: int
    unavailable: frozenset[int]
    people: tuple[Person, ...] = ()


class Table(NamedTuple):
    """A table: its owner, if it is kept for a buyer or an exhibitor, and the slots in which it is closed."""

    number: int
    seats: int = 1
    exclusive: bool = False
    exhibitor_id: int | None = None
    buyer_id: int | None = None
    closed: frozenset[int] = frozenset()


class Free(NamedTuple):
    """That a party is free: by this one of its people, or by itself (None)."""

    person: int | None


def free(side: Side, slot: int, taken: Collection[str]) -> Free | None:
    """Who of a party could sit in a slot; `taken` as in `matchmaking.meetings.models.MeetingHold`."""
    if slot in side.unavailable:
        return None
    if not side.people:
        return None if f"firm {side.organisation_id}" in taken else Free(None)
    for person in side.people:
        if slot not in person.unavailable and f"delegate {person.id}" not in taken:
            return Free(person.id)
    return None


def free_seats(
    tables: Iterable[Table], slot: int, taken: Collection[str], buyer_id: int, exhibitor_id: int
) -> Iterator[tuple[int, int]]:
    """(table, seat) that the two could sit at, a table of their own first, then by number."""

    def is_theirs(table: Table) -> bool:
        return buyer_id == table.buyer_id or exhibitor_id == table.exhibitor_id

    for table in sorted(tables, key=lambda one: (not is_theirs(one), one.number)):
        if slot in table.closed or table.exclusive and not is_theirs(table):
            continue
        for seat in range(1, table.seats + 1):
            if f"table {table.number}/{seat}" not in taken:
                yield table.number, seat
