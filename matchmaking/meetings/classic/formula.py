"""The classical form as clauses: hard ones for the rules, a soft one for each break of a participant."""

from __future__ import annotations

from pysat.card import CardEnc, EncType
from pysat.formula import WCNF, IDPool

from .problem import Problem

PAIRWISE_UP_TO = 6
"""Of so few at most one: said pair by pair. Above it the ladder is smaller."""


class Formula:
    """The clauses of a problem whose meetings may take the `allowed` slots.

    Two implied rules make the search short: somebody is busy in as many slots as there are meetings, and
    in one slot at most 2 × tables people are busy. The second is left out on request (`people=False`): where
    tables are scarce its many clauses cost more than they show. A third says what a day without a break is:
    busy exactly from its start for as long as there are meetings, and so each of its meetings within that
    stretch. For the last a meeting is also said to be "not before" a slot: ranges are learned in few clauses
    that way.
    """

    def __init__(self, problem: Problem, allowed: list[set[int]], *, people: bool = True) -> None:
        self.wcnf = WCNF()
        self._pool = IDPool()
        self._problem = problem
        self._at = {
            (number, slot): self._pool.id(("at", number, slot))
            for number, slots in enumerate(allowed, 1)
            for slot in sorted(slots)
        }
        self._busy: dict[tuple[int, int], int] = {}
        self._breaks: dict[int, list[int]] = {}
        self._since: dict[tuple[int, int], int] = {}
        for number, slots in enumerate(allowed, 1):
            self._card([self._at[number, slot] for slot in sorted(slots)], 1, exactly=True)
            self._range(number, slots)
        for who in problem.meetings_of:
            self._person(who)
        self._tables(people)
        self._order(allowed)
        for who in problem.meetings_of:
            self._day(who)
        self._fairness()

    def slots(self, model: list[int]) -> list[int]:
        """The slot of each meeting in a model."""
        true = {literal for literal in model if literal > 0}
        found = {number: slot for (number, slot), literal in self._at.items() if literal in true}
        return [found[number] for number in range(1, len(self._problem.meetings) + 1)]

    def phases(self, slots: list[int]) -> list[int]:
        """The literals that hold in a schedule, for a solver to try first."""
        return [
            literal if slots[number - 1] == slot else -literal for (number, slot), literal in self._at.items()
        ]

    def held(self, slots: list[int], free: set[int]) -> list[int]:
        """The literals that keep all meetings but the free ones (from 1) in the slots of a schedule."""
        return [self._at[number, slot] for number, slot in enumerate(slots, 1) if number not in free]

    def _add(self, *clause: int | None) -> None:
        self.wcnf.append([literal for literal in clause if literal is not None])

    def _card(self, literals: list[int], bound: int, *, exactly: bool = False) -> None:
        """At most (or exactly) `bound` of the literals."""
        if bound == 1:
            encoding = EncType.pairwise if len(literals) <= PAIRWISE_UP_TO else EncType.ladder
        else:
            encoding = EncType.totalizer
        if exactly:
            made = CardEnc.equals(literals, bound, vpool=self._pool, encoding=encoding)
        elif bound < len(literals):
            made = CardEnc.atmost(literals, bound, vpool=self._pool, encoding=encoding)
        else:
            return
        for clause in made.clauses:
            self.wcnf.append(clause)

    def _range(self, number: int, slots: set[int]) -> None:
        """Whether a meeting is not before a slot, said of every slot but the first."""
        for slot in range(2, self._problem.slots + 1):
            self._since[number, slot] = self._pool.id(("since", number, slot))
        for slot in range(1, self._problem.slots + 1):
            here, since, after = (
                self._at.get((number, slot)),
                self._since.get((number, slot)),
                self._since.get((number, slot + 1)),
            )
            if since and after:
                self._add(-after, since)
            if here and since:
                self._add(-here, since)
            if here and after:
                self._add(-here, -after)
            self._add(here, -since if since else None, after)

    def _person(self, who: int) -> None:
        """At most one meeting at a time; in which slots the participant is busy, and in how many."""
        numbers = self._problem.meetings_of[who]
        for slot in range(1, self._problem.slots + 1):
            here = [self._at[number, slot] for number in numbers if (number, slot) in self._at]
            if not here:
                continue
            busy = self._busy[who, slot] = self._pool.id(("busy", who, slot))
            self._add(-busy, *here)
            for literal in here:
                self._add(-literal, busy)
            self._card(here, 1)
        days = [
            self._busy[who, slot] for slot in range(1, self._problem.slots + 1) if (who, slot) in self._busy
        ]
        self._card(days, len(numbers), exactly=True)

    def _tables(self, people: bool) -> None:
        problem = self._problem
        for slot in range(1, problem.slots + 1):
            held = [self._at[n, slot] for n in range(1, len(problem.meetings) + 1) if (n, slot) in self._at]
            self._card(held, problem.tables)
            if people:
                busy = [self._busy[who, slot] for who in problem.meetings_of if (who, slot) in self._busy]
                self._card(busy, 2 * problem.tables)

    def _order(self, allowed: list[set[int]]) -> None:
        for first, second in self._problem.order:
            for slot in allowed[first - 1]:
                for other in allowed[second - 1]:
                    if other <= slot:
                        self._add(-self._at[first, slot], -self._at[second, other])
            for slot in range(2, self._problem.slots):
                self._add(-self._since[first, slot], self._since[second, slot + 1])

    def _day(self, who: int) -> None:
        """Where somebody's breaks end, and how many there are: `_breaks[who][j]` is true for more than j."""
        meetings = len(self._problem.meetings_of[who])
        begun = self._begun(who)
        ends = []
        for slot in range(3, self._problem.slots + 1):
            busy, idle, before = self._busy.get((who, slot)), self._busy.get((who, slot - 1)), begun[slot - 2]
            if busy and before:
                end = self._pool.id(("end", who, slot))
                self._add(-busy, -before, idle, end)
                self._add(-end, busy)
                self._add(-end, before)
                if idle:
                    self._add(-end, -idle)
                ends.append(end)
        counts = self._breaks[who] = self._counted(who, ends, min(meetings - 1, len(ends)))
        for literal in counts:
            self.wcnf.append([-literal], weight=1)
        if counts:
            self._without_break(who, begun, counts[0])

    def _begun(self, who: int) -> list[int | None]:
        """By slot: a variable that says whether somebody met in it or before; None where nobody can have."""
        begun: list[int | None] = [None]
        for slot in range(1, self._problem.slots + 1):
            before, busy = begun[-1], self._busy.get((who, slot))
            if before is None or busy is None:
                begun.append(before or busy)
                continue
            now = self._pool.id(("begun", who, slot))
            self._add(-before, now)
            self._add(-busy, now)
            self._add(-now, before, busy)
            begun.append(now)
        return begun

    def _counted(self, who: int, ends: list[int], most: int) -> list[int]:
        """Unary count of the true literals among `ends`, which are never more than `most`."""
        counts: list[int] = []
        for i, end in enumerate(ends):
            grown = []
            for j in range(min(most, i + 1)):
                now = self._pool.id(("count", who, i, j))
                lower, same = counts[j - 1] if j else None, counts[j] if j < len(counts) else None
                if same:
                    self._add(-same, now)
                self._add(-end, -lower if lower else None, now)
                self._add(-now, same, end)
                if lower:
                    self._add(-now, same, lower)
                grown.append(now)
            if most and len(counts) == most:
                self._add(-end, -counts[-1])
            counts = grown
        return counts

    def _without_break(self, who: int, begun: list[int | None], broken: int) -> None:
        """Implied: busy where the day has begun, but not so many slots ago as there are meetings."""
        meetings = len(self._problem.meetings_of[who])
        for slot in range(1, self._problem.slots + 1):
            busy, past = self._busy.get((who, slot)), begun[slot - meetings] if slot > meetings else None
            now = begun[slot]
            if now:
                self._add(broken, -now, past, busy)
            if busy and past:
                self._add(broken, -busy, -past)
            for number in self._problem.meetings_of[who]:
                since, late = self._since.get((number, slot + 1)), self._since.get((number, slot + meetings))
                if since:
                    self._add(now, since)
                if now and late:
                    self._add(broken, -now, -late)

    def _fairness(self) -> None:
        """Breaks differ by no more than allowed: a floor common to all, and nobody far above it."""
        difference = self._problem.max_break_difference
        if difference is None:
            return
        days = [self._breaks.get(who, []) for who in range(1, self._problem.participants + 1)]
        floor: dict[int, int] = {}
        for j in range(min(map(len, days), default=0)):
            floor[j] = self._pool.id(("floor", j))
            for counts in days:
                self._add(-floor[j], counts[j])
        for counts in days:
            for j in range(difference, len(counts)):
                self._add(-counts[j], floor.get(j - difference))
