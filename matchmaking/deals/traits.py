"""Which deals have a trait, packed in blocks of a thousand numbers: any question is an intersection of those.

A block of a trait lists its deals by number, two bytes each; of goods it says what they are worth there, and
the block of all deals what each is worth, its type and stage and whether it counts as an outcome.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from struct import pack, unpack
from typing import Any, NamedTuple

from matchmaking.deals.stages import STAGES, TYPES

BLOCK = 1024
"""Numbers of a block, as the view deal_trait_fact cuts them."""
ALL = ("all", "")
WITH_WORTH = frozenset({"all", "chapter", "section"})
_LOW = (1 << 32) - 1
_TYPE = 32
"""How far apart the bytes of two types are; within one come the stages, two bytes each."""


class Fact(NamedTuple):
    """That a deal has a trait, what it is worth there in minor units, and its type and stage as a byte."""

    number: int
    dimension: str
    key: str
    minor: int
    kind: int


class Packed(NamedTuple):
    """A trait's deals in a block: numbers (two bytes each), worths (eight) and kinds (one), in order."""

    dimension: str
    key: str
    block: int
    numbers: bytes
    minors: bytes
    kinds: bytes


Place = tuple[str, str, int]
"""Dimension, key and block of a row."""


def kind_of(byte: int) -> tuple[str, str, bool]:
    """Type, stage and whether it counts, of the byte that the database makes of them."""
    return TYPES[byte // _TYPE], STAGES[byte % _TYPE // 2 - 1], bool(byte % 2)


def place_of(fact: Fact) -> Place:
    """Where a fact is packed."""
    return fact.dimension, fact.key, fact.number // BLOCK


def repacked(rows: Iterable[Packed], gone: Iterable[Fact], come: Iterable[Fact]) -> list[Packed]:
    """Rows after deals lost facts and got others; a row left without any has no numbers."""
    open_ = {row[:3]: _Open(row) for row in rows}
    for fact in gone:
        open_[place_of(fact)].drop(fact)
    for fact in come:
        place = place_of(fact)
        open_.setdefault(place, _Open(Packed(*place, b"", b"", b""))).put(fact)
    return [one.closed(place) for place, one in open_.items()]


class _Open:
    """A row that is being written."""

    def __init__(self, row: Packed):
        self.numbers = list(unpack(f">{len(row.numbers) // 2}h", row.numbers))
        self.minors = bytearray(row.minors)
        self.kinds = bytearray(row.kinds)

    def put(self, fact: Fact) -> None:
        """A deal that is there already gets what is said now."""
        number = fact.number % BLOCK
        at = bisect_left(self.numbers, number)
        there = self.numbers[at : at + 1] == [number]
        self.numbers[at : at + there] = [number]
        if fact.dimension in WITH_WORTH:
            self.minors[8 * at : 8 * (at + there)] = pack(">q", fact.minor)
        if fact.dimension == "all":
            self.kinds[at : at + there] = bytes([fact.kind])

    def drop(self, fact: Fact) -> None:
        number = fact.number % BLOCK
        at = bisect_left(self.numbers, number)
        if self.numbers[at : at + 1] == [number]:
            del self.numbers[at], self.minors[8 * at : 8 * at + 8], self.kinds[at : at + 1]

    def closed(self, place: Place) -> Packed:
        numbers = pack(f">{len(self.numbers)}h", *self.numbers)
        return Packed(*place, numbers, bytes(self.minors), bytes(self.kinds))


@dataclass(frozen=True)
class Wanted:
    """What is asked for: of each dimension one of some keys; a type, a stage, outcomes alone; '' is any."""

    traits: Mapping[str, Collection[str]]
    type: str = ""
    stage: str = ""
    counted: bool = False

    def places(self) -> list[tuple[str, str]]:
        """Dimension and key of everything that has to be read."""
        return [ALL, *((name, key) for name, keys in self.traits.items() for key in keys)]


class Found(NamedTuple):
    """The numbers of the deals in order, and (type, stage, counts) → how many and what they are worth.

    By goods only their share of a deal counts.
    """

    numbers: Sequence[int]
    worth: dict[tuple[str, str, bool], tuple[int, int]]


def find(rows: Sequence[Packed], wanted: Wanted) -> Found:
    """The deals that have all that is asked for, out of the rows of `wanted.places()`; exact to the unit."""
    import numpy as np

    size = BLOCK * (1 + max((row.block for row in rows), default=-1))
    everything = [row for row in rows if row.dimension == "all"]
    at = _numbers(np, everything)
    kinds = np.zeros(size, np.uint8)
    kinds[at] = np.frombuffer(b"".join(row.kinds for row in everything), np.uint8)
    asked = np.array([_is_asked(byte, wanted) for byte in range(256)])
    chosen = np.zeros(size, bool)
    chosen[at] = asked[kinds[at]]
    worth_of = everything
    for name in wanted.traits:
        mine = [row for row in rows if row.dimension == name]
        having = np.zeros(size, bool)
        having[_numbers(np, mine)] = True
        chosen &= having
        worth_of = mine if name in WITH_WORTH else worth_of
    minors = np.zeros(size, np.int64)
    minors[_numbers(np, worth_of)] = np.frombuffer(b"".join(row.minors for row in worth_of), ">i8")
    numbers = np.flatnonzero(chosen)
    return Found(numbers, _added(np, kinds[numbers], minors[numbers]))


def _numbers(np: Any, rows: Sequence[Packed]) -> Any:
    within = np.frombuffer(b"".join(row.numbers for row in rows), ">i2")
    starts = np.array([row.block * BLOCK for row in rows], np.int64)
    lengths = np.array([len(row.numbers) // 2 for row in rows], np.int64)
    return within + np.repeat(starts, lengths)


def _is_asked(byte: int, wanted: Wanted) -> bool:
    if not _known(byte):
        return False
    type_, stage, counted = kind_of(byte)
    return wanted.type in ("", type_) and wanted.stage in ("", stage) and (counted or not wanted.counted)


@cache
def _known(byte: int) -> bool:
    return byte // _TYPE < len(TYPES) and 1 <= byte % _TYPE // 2 <= len(STAGES)


def _added(np: Any, kinds: Any, minors: Any) -> dict[tuple[str, str, bool], tuple[int, int]]:
    """Sums by kind. Halves of 32 bits add up exactly as floating point; together they are exact integers."""
    counts = np.bincount(kinds)
    high, low = (np.bincount(kinds, half) for half in (minors >> 32, minors & _LOW))
    return {
        kind_of(byte): (int(counts[byte]), (int(high[byte]) << 32) + int(low[byte]))
        for byte in map(int, np.flatnonzero(counts))
    }
