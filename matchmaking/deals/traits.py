"""Which deals have a trait, packed in blocks of a thousand numbers: any question is an intersection of those.

A block of a trait has a bit for every number, the highest first; of goods it says beside it what each deal is
worth there, and the block of all deals what each is worth, its type and stage and whether it counts.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from struct import pack
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
    """A trait in a block: a bit for each number; in the order of those set worths (8 bytes) and kinds (1)."""

    dimension: str
    key: str
    block: int
    bits: bytes
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
    """Rows after deals lost facts and got others; a row left without any has no bit set."""
    open_ = {row[:3]: _Open(row) for row in rows}
    for fact in gone:
        open_[place_of(fact)].drop(fact)
    for fact in come:
        place = place_of(fact)
        open_.setdefault(place, _Open(Packed(*place, bytes(BLOCK // 8), b"", b""))).put(fact)
    return [
        Packed(*place, bytes(one.bits), bytes(one.minors), bytes(one.kinds)) for place, one in open_.items()
    ]


class _Open:
    """A row that is being written."""

    def __init__(self, row: Packed):
        self.bits, self.minors, self.kinds = map(bytearray, row[3:])

    def put(self, fact: Fact) -> None:
        """A deal that is there already gets what is said now."""
        at, there = self._look(fact)
        self.bits[fact.number % BLOCK // 8] |= 128 >> fact.number % 8
        if fact.dimension in WITH_WORTH:
            self.minors[8 * at : 8 * (at + there)] = pack(">q", fact.minor)
        if fact.dimension == ALL[0]:
            self.kinds[at : at + there] = bytes([fact.kind])

    def drop(self, fact: Fact) -> None:
        """A deal that is not there stays away."""
        at, there = self._look(fact)
        self.bits[fact.number % BLOCK // 8] &= ~(128 >> fact.number % 8)
        del self.minors[8 * at : 8 * (at + there)], self.kinds[at : at + there]

    def _look(self, fact: Fact) -> tuple[int, int]:
        """How many deals of the block come before, and whether (1) or not (0) the deal is there."""
        upto = int.from_bytes(self.bits, "big") >> BLOCK - 1 - fact.number % BLOCK
        return (upto >> 1).bit_count(), upto & 1


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
    """The deals that have all that is asked for, out of the rows of `wanted.places()` in the order of their
    blocks; exact to the unit."""
    import numpy as np

    blocks = 1 + max((row.block for row in rows), default=-1)
    everything = [row for row in rows if row.dimension == ALL[0]]
    known = _grid(np, everything, blocks)
    chosen, priced, having = known.copy(), everything, known
    for name in wanted.traits:
        mine = [row for row in rows if row.dimension == name]
        grid = _grid(np, mine, blocks)
        chosen &= grid
        priced, having = (mine, grid) if name in WITH_WORTH else (priced, having)
    chosen = np.unpackbits(chosen).view(bool)
    kinds = _of(np, everything, "kinds", np.uint8)[chosen[np.unpackbits(known).view(bool)]]
    minors = _of(np, priced, "minors", ">i8")[chosen[np.unpackbits(having).view(bool)]]
    asked = np.array([_is_asked(byte, wanted) for byte in range(256)])[kinds]
    return Found(np.flatnonzero(chosen)[asked], _added(np, kinds[asked], minors[asked]))


def _grid(np: Any, rows: Sequence[Packed], blocks: int) -> Any:
    """The bits of some keys of a dimension, block after block: set where any of the keys has it."""
    grid = np.zeros((blocks, BLOCK // 8), np.uint8)
    for key in {row.key for row in rows}:
        mine = [row for row in rows if row.key == key]
        bits = np.frombuffer(b"".join(row.bits for row in mine), np.uint8)
        grid[[row.block for row in mine]] |= bits.reshape(-1, BLOCK // 8)
    return grid


def _of(np: Any, rows: Sequence[Packed], name: str, kind: Any) -> Any:
    return np.frombuffer(b"".join(getattr(row, name) for row in rows), kind)


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
