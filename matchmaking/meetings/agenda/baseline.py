"""The agenda a patient person would write: dearest request first, at the first slot that suits both."""

from collections import Counter

from .checker import score_of
from .problem import Agenda, Pair, PairCode, Person, Problem
from .seating import give_tables


def greedy_agenda(problem: Problem) -> Agenda:
    """Locked meetings with a slot, then locked ones without, then must-meets, then by score."""
    wanted = {p.code: p for p in problem.pairs}
    order = sorted(problem.pairs, key=lambda p: (not p.must, -p.score, p.code))
    locks = sorted(problem.locks, key=lambda lock: (lock[2] is None, lock))
    desk = _Desk(problem)
    for buyer, supplier, slot in locks:
        pair = wanted.get((buyer, supplier), Pair(buyer, supplier, 0.0))
        desk.place(pair, range(problem.slots) if slot is None else [slot])
    for pair in order:
        desk.place(pair, range(problem.slots))
    people = desk.people if any(p.people for p in problem.parties) else {}
    meetings = give_tables(problem, desk.slot_of, people, quickly=True)
    worth = score_of(problem, Agenda(meetings, 0.0, 0.0, 0.0, 0, people=people))
    return Agenda(
        meetings, worth.objective, worth.objective, 0.0, worth.breaks, musts=worth.musts, people=people
    )


class _Desk:
    """What is taken so far."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.party = {p.code: p for p in problem.parties}
        self.folk = {p.code: p.people or (Person(p.code),) for p in problem.parties}
        self.busy: set[tuple[str, int]] = set()
        self.left = {p.code: p.max_meetings for p in problem.parties}
        self.seats: Counter[tuple[int | None, int]] = Counter()
        self.slot_of: dict[PairCode, int] = {}
        self.people: dict[PairCode, tuple[str, str]] = {}
        self.must_sit = dict(problem.sitting)
        owned = {p.fixed_table for p in problem.parties}
        tables = {n: problem.table(n) for n in range(problem.tables)}
        everybody = [one for n, one in tables.items() if n not in owned or not one.exclusive]
        self.common = [
            sum(t.seats for t in everybody if slot not in t.closed) for slot in range(problem.slots)
        ]

    def place(self, pair: Pair, slots) -> None:
        buyer, supplier = self.party[pair.buyer], self.party[pair.supplier]
        fixed = {buyer.fixed_table, supplier.fixed_table} - {None}
        if pair.code in self.slot_of or pair.code in self.problem.forbidden or len(fixed) > 1:
            return
        if not self.left[pair.buyer] or not self.left[pair.supplier]:
            return
        table = next(iter(fixed), None)
        for slot in slots:
            two = self._two(pair, slot)
            if two and self._suits(pair, slot, table):
                self.busy |= {(two[0], slot), (two[1], slot)}
                for who in pair.code:
                    self.left[who] -= 1
                for pool in self._pools(table):
                    self.seats[pool, slot] += 1
                self.slot_of[pair.code], self.people[pair.code] = slot, two
                return

    def _two(self, pair: Pair, slot: int) -> tuple[str, str] | None:
        """The first of either side who have time."""
        chosen: list[str] = []
        for side, party in enumerate(pair.code):
            must = self.must_sit[pair.code][side] if pair.code in self.must_sit else None
            for one in self.folk[party]:
                away = slot in self.party[party].unavailable | one.unavailable
                if not away and must in (None, one.code) and (one.code, slot) not in self.busy:
                    chosen.append(one.code)
                    break
        return (chosen[0], chosen[1]) if len(set(chosen)) == 2 else None

    def _pools(self, table: int | None) -> list[int | None]:
        """The fixed table, and the seats of everybody where it takes one of them."""
        if table is None:
            return [None]
        return [table] if self.problem.table(table).exclusive else [table, None]

    def _room(self, pool: int | None, slot: int) -> int:
        if pool is None:
            return self.common[slot]
        one = self.problem.table(pool)
        return 0 if slot in one.closed else one.seats

    def _suits(self, pair: Pair, slot: int, table: int | None) -> bool:
        if pair.half and pair.half != ("am" if self.problem.is_morning(slot) else "pm"):
            return False
        if any(self.seats[pool, slot] >= self._room(pool, slot) for pool in self._pools(table)):
            return False
        for first, second in self.problem.precedences:
            if pair.code == first and self.slot_of.get(second, slot + 1) <= slot:
                return False
            if pair.code == second and self.slot_of.get(first, slot - 1) >= slot:
                return False
        return True
