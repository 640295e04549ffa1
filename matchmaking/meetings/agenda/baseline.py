"""The agenda a patient person would write: dearest request first, at the first slot that suits both."""

from .checker import score_of
from .problem import Agenda, Pair, Problem
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
    meetings = give_tables(problem, desk.slot_of)
    worth = score_of(problem, Agenda(meetings, 0.0, 0.0, 0.0, 0))
    return Agenda(meetings, worth.objective, worth.objective, 0.0, worth.breaks, musts=worth.musts)


class _Desk:
    """What is taken so far."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.party = {p.code: p for p in problem.parties}
        self.busy = {p.code: set(p.unavailable) for p in problem.parties}
        self.left = {p.code: p.max_meetings for p in problem.parties}
        self.seats: dict[tuple[int | None, int], int] = {}
        self.slot_of: dict[tuple[str, str], int] = {}
        self.common = problem.tables - len({p.fixed_table for p in problem.parties} - {None})

    def place(self, pair: Pair, slots) -> None:
        buyer, supplier = self.party[pair.buyer], self.party[pair.supplier]
        fixed = {buyer.fixed_table, supplier.fixed_table} - {None}
        if pair.code in self.slot_of or pair.code in self.problem.forbidden or len(fixed) > 1:
            return
        if not self.left[pair.buyer] or not self.left[pair.supplier]:
            return
        table = next(iter(fixed), None)
        for slot in slots:
            if self._suits(pair, slot, table):
                for who in pair.code:
                    self.busy[who].add(slot)
                    self.left[who] -= 1
                self.seats[(table, slot)] = self.seats.get((table, slot), 0) + 1
                self.slot_of[pair.code] = slot
                return

    def _suits(self, pair: Pair, slot: int, table: int | None) -> bool:
        if slot in self.busy[pair.buyer] or slot in self.busy[pair.supplier]:
            return False
        if pair.half and pair.half != ("am" if self.problem.is_morning(slot) else "pm"):
            return False
        if self.seats.get((table, slot), 0) >= (self.common if table is None else 1):
            return False
        for first, second in self.problem.precedences:
            if pair.code == first and self.slot_of.get(second, slot + 1) <= slot:
                return False
            if pair.code == second and self.slot_of.get(first, slot - 1) >= slot:
                return False
        return True
