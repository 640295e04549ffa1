"""What an agenda is built from and what comes out: plain frozen values, codes instead of rows."""

from dataclasses import dataclass, field
from typing import Literal

Side = Literal["buyer", "supplier"]
Half = Literal["am", "pm"]
PairCode = tuple[str, str]
Meeting = tuple[str, str, int, int]

POINT = 10_000
"""Scores count to four decimals: every sum is made of whole ten-thousandths, so equal is equal."""


@dataclass(frozen=True)
class Person:
    """Somebody who sits in meetings; the same code in two parties is one person, in one place at once."""

    code: str
    unavailable: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Party:
    """One buyer or supplier, met at its fixed table if it has one.

    Each of its `people` meets somebody else at the same time; a party without any is one person of its own
    code. `unavailable` holds for all of them.
    """

    code: str
    side: Side
    unavailable: frozenset[int] = frozenset()
    min_meetings: int = 0
    max_meetings: int = 10_000
    fixed_table: int | None = None
    people: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Table:
    """So many meetings at once, none in the closed slots.

    Somebody's fixed table is for nobody else if `exclusive`; otherwise others take the seats left over.
    """

    seats: int = 1
    closed: frozenset[int] = frozenset()
    exclusive: bool = True


PLAIN = Table()


@dataclass(frozen=True)
class Pair:
    """A requested meeting, `score` >= 0 being its worth to both; `half` keeps it to morning or afternoon."""

    buyer: str
    supplier: str
    score: float
    must: bool = False
    half: Half | None = None

    @property
    def code(self) -> PairCode:
        return (self.buyer, self.supplier)


@dataclass(frozen=True)
class Problem:
    """Everything the agenda has to respect.

    Slots are numbered from 0 through all days; a day has `day_slots` of them (0: one single day) and its
    first `morning_slots` are the morning. Tables are numbered 0 … tables - 1; `furniture` describes them in
    that order where they are not all plain. A lock (buyer, supplier, slot) is held for certain, at that slot
    unless it is None, by the two people `sitting` names for it, if any. A precedence (first, second) keeps
    the first meeting before the second whenever both are held. `change_price` is what one meeting of
    `previous` costs, in score, when it is dropped or moved to another slot; `shortfall_price` what one
    meeting missing to somebody's minimum costs. With 0 the minimum only decides between agendas of equal
    score.
    """

    parties: tuple[Party, ...]
    pairs: tuple[Pair, ...]
    slots: int
    morning_slots: int
    tables: int
    locks: tuple[tuple[str, str, int | None], ...] = ()
    forbidden: frozenset[PairCode] = frozenset()
    precedences: tuple[tuple[PairCode, PairCode], ...] = ()
    previous: tuple[Meeting, ...] = ()
    change_price: float = 0.0
    shortfall_price: float = 0.0
    day_slots: int = 0
    furniture: tuple[Table, ...] = ()
    sitting: tuple[tuple[PairCode, tuple[str, str]], ...] = ()

    def __post_init__(self) -> None:
        complaints = [*_bad_parties(self), *_bad_pairs(self), *_bad_people(self)]
        if complaints:
            raise ValueError("; ".join(complaints[:5]))

    @property
    def day_length(self) -> int:
        return self.day_slots or self.slots

    def table(self, number: int) -> Table:
        return self.furniture[number] if self.furniture else PLAIN

    def is_morning(self, slot: int) -> bool:
        return slot % self.day_length < self.morning_slots


@dataclass(frozen=True)
class Agenda:
    """The meetings held, sorted by slot then table, and how good they are.

    `objective` and `bound` are scores less the prices of changes and shortfalls, after the must-meets:
    `musts` of them are held and no agenda holds more than `musts_bound`. `gap_pct` is the larger of the two
    distances. `breaks` counts idle groups between somebody's consecutive meetings on one day. `unmet` gives
    each request not held a reason code of `explain`; `short` the meetings missing to a minimum. `curve`
    holds (rounds, objective, breaks) as the search went on. `people` says who sits in which meeting, where
    it is not the parties themselves; `table_moves` how often somebody changes table between two meetings.
    """

    meetings: tuple[Meeting, ...]
    objective: float
    bound: float
    gap_pct: float
    breaks: int
    unmet: dict[PairCode, str] = field(default_factory=dict)
    curve: tuple[tuple[int, float, int], ...] = ()
    seed: int = 0
    musts: int = 0
    musts_bound: int = 0
    short: dict[str, int] = field(default_factory=dict)
    changes: int = 0
    people: dict[PairCode, tuple[str, str]] = field(default_factory=dict)
    table_moves: int = 0


class ScoreError(ValueError):
    """The scores are too large to be summed exactly; divide them all by a thousand."""


class LockError(ValueError):
    """The locks cannot all be held; `clashes` lists (code, buyer, supplier) for each that cannot."""

    def __init__(self, clashes: tuple[tuple[str, str, str], ...]) -> None:
        super().__init__("; ".join(f"{code}: {buyer} with {supplier}" for code, buyer, supplier in clashes))
        self.clashes = clashes


def points(score: float) -> int:
    """A score in whole ten-thousandths."""
    return round(score * POINT)


def _bad_parties(problem: Problem) -> list[str]:
    codes = [p.code for p in problem.parties]
    bad = ["two parties share a code"] if len(set(codes)) != len(codes) else []
    for p in problem.parties:
        if p.fixed_table is not None and not 0 <= p.fixed_table < problem.tables:
            bad.append(f"{p.code} has table {p.fixed_table}, which does not exist")
    return bad


def _bad_people(problem: Problem) -> list[str]:
    bad = []
    if problem.furniture and len(problem.furniture) != problem.tables:
        bad.append(f"{len(problem.furniture)} tables are described, there are {problem.tables}")
    for p in problem.parties:
        if len({one.code for one in p.people}) != len(p.people):
            bad.append(f"two people of {p.code} share a code")
    known = {p.code: {one.code for one in p.people} or {p.code} for p in problem.parties}
    for (buyer, supplier), (one, other) in problem.sitting:
        if one not in known.get(buyer, ()) or other not in known.get(supplier, ()):
            bad.append(f"{one} with {other} do not sit for {buyer} with {supplier}")
    return bad


def _bad_pairs(problem: Problem) -> list[str]:
    side = {p.code: p.side for p in problem.parties}
    codes = [p.code for p in problem.pairs]
    bad = ["a pair is listed twice"] if len(set(codes)) != len(codes) else []
    locked = [(b, s) for b, s, _ in problem.locks]
    if len(set(locked)) != len(locked):
        bad.append("a pair is locked twice")
    for buyer, supplier in [*codes, *locked]:
        if side.get(buyer) != "buyer" or side.get(supplier) != "supplier":
            bad.append(f"{buyer} with {supplier} is not a known buyer with a known supplier")
    bad += [f"{p.buyer} with {p.supplier} has a negative score" for p in problem.pairs if p.score < 0]
    return bad
