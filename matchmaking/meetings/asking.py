"""From an edition's parties, wishes and tables to the solver's problem, and from its agenda back."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from matchmaking.meetings.agenda.problem import Agenda, Pair, PairCode, Party, Person, Problem, Table
from matchmaking.meetings.answers import Place

SHORTFALL_PRICE = 50.0
"""Points given up, at most, to bring somebody one meeting nearer to the minimum promised."""

CHANGE_PRICE = 400.0
"""Points that one meeting dropped or moved costs in a repair: more than the meetings it could bring."""

ASKED, AGREED = 20.0, 40.0
"""Points on top of the score for a meeting that one side asked for, and for one that both want."""


@dataclass(frozen=True)
class Side:
    """A buyer or an exhibitor. Slots count from 1; `delegates` are (id, slots that person cannot take)."""

    id: int
    organisation: int
    unavailable: frozenset[int]
    least: int
    most: int
    delegates: tuple[tuple[int, frozenset[int]], ...] = ()


@dataclass(frozen=True)
class Wish:
    """A pair that may meet, of 100 points, and how much either side wants it (see `requests.queries`)."""

    buyer: int
    exhibitor: int
    score: float
    must: bool = False
    half: str | None = None
    slot: int | None = None
    standing: str = "recommended"


@dataclass(frozen=True)
class Desk:
    """A table: its number, seats, whose it is, and the slots in which it is closed."""

    number: int
    seats: int = 1
    exclusive: bool = False
    buyer: int | None = None
    exhibitor: int | None = None
    closed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Set:
    """A meeting of the agenda in force; one that is `settled` (locked, held, begun) stays as it is."""

    place: Place
    settled: bool


@dataclass(frozen=True)
class Ask:
    """Everything the agenda is made from. `past` is the last slot that has begun (0: none)."""

    buyers: tuple[Side, ...]
    exhibitors: tuple[Side, ...]
    wishes: tuple[Wish, ...]
    desks: tuple[Desk, ...]
    slots: int
    day_slots: int
    morning_slots: int
    current: tuple[Set, ...] = ()
    past: int = 0
    refused: frozenset[tuple[int, int]] = frozenset()


def problem_of(ask: Ask, kind: str) -> Problem:
    """The solver's problem.

    "whole" keeps only what is settled, "rest" everything that is planned and possible, and adds; "repair"
    starts from the agenda in force, and every meeting dropped or moved costs dearly. What has begun is over:
    nobody gets a new meeting there.
    """
    here = _Index(ask)
    kept = [one.place for one in ask.current if one.settled or (kind == "rest" and here.possible(one.place))]
    planned = [one.place for one in ask.current if here.known(one.place)] if kind == "repair" else kept
    locks = {_pair(place): place for place in kept}
    agreed = {} if kind == "rest" else _agreed(ask, locks)
    held = here.slots_of(kept)
    return Problem(
        parties=(
            *(here.party(one, "buyer", held) for one in ask.buyers),
            *(here.party(one, "supplier", held) for one in ask.exhibitors),
        ),
        pairs=tuple(_pair_of(one) for one in ask.wishes),
        slots=ask.slots,
        morning_slots=ask.morning_slots,
        tables=len(ask.desks),
        locks=tuple((*pair, place.slot - 1) for pair, place in locks.items())
        + tuple((*pair, slot - 1) for pair, slot in agreed.items()),
        forbidden=frozenset(pair for b, x in ask.refused if (pair := (f"b{b}", f"x{x}")) not in locks),
        previous=tuple((*_pair(one), one.slot - 1, here.number[one.table]) for one in planned),
        change_price=CHANGE_PRICE if kind == "repair" else 0.0,
        shortfall_price=SHORTFALL_PRICE,
        day_slots=ask.day_slots,
        furniture=tuple(_table(desk, kept) for desk in ask.desks),
        sitting=tuple((pair, here.people(place)) for pair, place in locks.items()),
    )


def without(problem: Problem, clashes: Iterable[tuple[str, str, str]]) -> Problem | None:
    """The problem without the agreed times that cannot be; None where settled ones clash."""
    named = {(buyer, supplier) for _code, buyer, supplier in clashes}
    settled = {pair for pair, _people in problem.sitting}
    kept = tuple(lock for lock in problem.locks if lock[:2] in settled or lock[:2] not in named)
    return replace(problem, locks=kept) if len(kept) < len(problem.locks) else None


def places_of(ask: Ask, agenda: Agenda) -> list[Place]:
    """The agenda's meetings by slot and table, with a seat each; those settled keep theirs.

    A settled meeting to come is only moved where its table is somebody else's alone by now.
    """
    tables = {(m[0], m[1]): ask.desks[m[3]].number for m in agenda.meetings}
    settled = {
        pair: one.place
        for one in ask.current
        if one.settled
        for pair in (_pair(one.place),)
        if one.place.slot <= ask.past or tables.get(pair) == one.place.table
    }
    taken: dict[tuple[int, int], set[int]] = defaultdict(set)
    for place in settled.values():
        taken[place.slot, place.table].add(place.seat)
    found = []
    for buyer, supplier, slot, table in agenda.meetings:
        kept = settled.get((buyer, supplier))
        if kept:
            found.append(kept)
            continue
        number = ask.desks[table].number
        seats = taken[slot + 1, number]
        seat = next(n for n in range(1, len(seats) + 2) if n not in seats)
        seats.add(seat)
        one, other = agenda.people.get((buyer, supplier), (buyer, supplier))
        found.append(
            Place(int(buyer[1:]), int(supplier[1:]), slot + 1, number, seat, _delegate(one), _delegate(other))
        )
    return found


def _delegate(code: str) -> int | None:
    return int(code[1:]) if code[0] == "d" else None


def _pair(place: Place) -> PairCode:
    return (f"b{place.buyer}", f"x{place.exhibitor}")


def _pair_of(wish: Wish) -> Pair:
    bonus = {"agreed": AGREED, "asked": ASKED}.get(wish.standing, 0.0)
    half = wish.half if wish.half in ("am", "pm") else None
    return Pair(f"b{wish.buyer}", f"x{wish.exhibitor}", float(wish.score) + bonus, wish.must, half)


class _Index:
    """The parties and tables of an edition by what names them."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.number = {desk.number: i for i, desk in enumerate(ask.desks)}
        self.desk = {desk.number: desk for desk in ask.desks}
        self.buyer = {one.id: one for one in ask.buyers}
        self.exhibitor = {one.id: one for one in ask.exhibitors}
        self.own = {f"b{d.buyer}": self.number[d.number] for d in ask.desks if d.buyer}
        self.own |= {f"x{d.exhibitor}": self.number[d.number] for d in ask.desks if d.exhibitor}

    def party(self, one: Side, side: str, held: Mapping[str, frozenset[int]]) -> Party:
        """Where somebody sits on a settled meeting, the past and other absences do not count."""
        code = f"{'b' if side == 'buyer' else 'x'}{one.id}"
        away = frozenset(n - 1 for n in one.unavailable if 1 <= n <= self.ask.slots) | frozenset(
            range(self.ask.past)
        )
        named = [(f"d{n}", frozenset(t - 1 for t in absent)) for n, absent in one.delegates]
        people = tuple(
            Person(who, (absent | away) - held.get(who, frozenset()))
            for who, absent in named or [(f"o{one.organisation}", frozenset())]
        )
        most = max(one.most, len(held.get(code, ())))
        return Party(code, side, frozenset(), min(one.least, most), most, self.own.get(code), people)

    def slots_of(self, places: Iterable[Place]) -> dict[str, frozenset[int]]:
        """Slots by party and by person."""
        found: dict[str, set[int]] = defaultdict(set)
        for place in places:
            for code in (*_pair(place), *self.people(place)):
                found[code].add(place.slot - 1)
        return {code: frozenset(slots) for code, slots in found.items()}

    def people(self, place: Place) -> tuple[str, str]:
        buyer, exhibitor = self.buyer[place.buyer], self.exhibitor[place.exhibitor]
        return (
            f"d{place.buyer_delegate}" if place.buyer_delegate else f"o{buyer.organisation}",
            f"d{place.exhibitor_delegate}" if place.exhibitor_delegate else f"o{exhibitor.organisation}",
        )

    def known(self, place: Place) -> bool:
        return place.table in self.desk and place.buyer in self.buyer and place.exhibitor in self.exhibitor

    def possible(self, place: Place) -> bool:
        """Whether a planned meeting can stay as it is: both there, nobody said no, the table open."""
        if not self.known(place) or (place.buyer, place.exhibitor) in self.ask.refused:
            return False
        desk = self.desk[place.table]
        away = self.buyer[place.buyer].unavailable | self.exhibitor[place.exhibitor].unavailable
        for side, who in (
            (self.buyer[place.buyer], place.buyer_delegate),
            (self.exhibitor[place.exhibitor], place.exhibitor_delegate),
        ):
            away |= next((absent for n, absent in side.delegates if n == who), frozenset())
        return place.slot not in away | desk.closed and place.seat <= desk.seats


def _table(desk: Desk, kept: Sequence[Place]) -> Table:
    """Settled meetings stay even where a table was closed or made smaller since."""
    at = Counter(one.slot for one in kept if one.table == desk.number)
    closed = frozenset(t - 1 for t in desk.closed if t not in at)
    return Table(max([desk.seats, *at.values()]), closed, desk.exclusive)


def _agreed(ask: Ask, locks: dict[PairCode, Place]) -> dict[PairCode, int]:
    """Agreed slots that are still to come: both said yes to that time. The caller drops what cannot be."""
    return {
        pair: wish.slot
        for wish in ask.wishes
        if wish.slot
        and ask.past < wish.slot <= ask.slots
        and (pair := (f"b{wish.buyer}", f"x{wish.exhibitor}")) not in locks
    }
