"""The timetable as a constraint model (CP-SAT): hard rules, some of which may give way at a price."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from expo.forums.timetable.board import fits, wish_of
from expo.forums.timetable.exact_pairs import alone_and_in_order, people_are_in_one_place, rooms_hold_one
from expo.forums.timetable.problem import Place, Problem, Room, Span, Talk
from expo.forums.timetable.spans import merged, stretches
from expo.forums.timetable.watch import watched

LATE_MIN = 60
"""Minutes by which a day may be made longer."""
PRICES = {
    "unpin": 40, "late": 90, "room_longer": 50, "person_longer": 60, "room_choice": 45, "bring": 55,
    "seats": 70, "shorten": 35, "left_out": 400,
}  # fmt: skip
"""What it costs that a need gives way; only their order and rough distance matter."""


@dataclass(frozen=True)
class Give:
    """A need that gives way: its code (see PRICES), the talk, and the room or person concerned."""

    code: str
    talk: str
    who: str = ""


@dataclass(frozen=True)
class Found:
    """The best answer of a model: places, what gave way, and whether nothing cheaper exists."""

    places: Mapping[str, Place]
    given: tuple[Give, ...]
    minutes: Mapping[str, int]
    """the length of talks that were shortened"""
    cost: int
    proven: bool


class Model:
    """A model of some `free` talks beside others that stay where `places` has them.

    With `gives` every rule about a single talk may give way at its price; otherwise talks may only be left
    out. A free talk may also stay where `places` has it when that is off the grid.
    """

    def __init__(
        self, problem: Problem, free: Iterable[str], places: Mapping[str, Place], *, gives: bool
    ) -> None:
        self.problem, self.gives = problem, gives
        self.model = cp_model.CpModel()
        self.free = set(free)
        self.homes = places
        self.talks = [t for t in problem.talks if t.minutes > 0 and (t.code in self.free or t.code in places)]
        self.rooms = {room.code: room for room in problem.rooms}
        self.start: dict[str, cp_model.IntVar] = {}
        self.starts: dict[str, set[int]] = {}
        self.held: dict[str, cp_model.IntVar] = {}
        self.size: dict[str, cp_model.LinearExpr | int] = {}
        self.end: dict[str, cp_model.LinearExpr] = {}
        self.inside: dict[str, dict[str, cp_model.IntVar]] = {}
        self.prices: list[tuple[Give, cp_model.IntVar, int]] = []
        for talk in self.talks:
            self._vary(talk) if talk.code in self.free else self._settle(talk, places[talk.code])
        self.order: dict[tuple[str, str], cp_model.IntVar] = {}
        rooms_hold_one(self)
        people_are_in_one_place(self)
        alone_and_in_order(self)

    def solve(
        self, budget: float, cancelled: Callable[[], bool] | None = None, patience_s: float | None = None
    ) -> Found | None:
        """The cheapest answer within `budget` deterministic seconds; None where there was none in time.

        After `patience_s` by the clock it ends all the same, for what need not come out the same twice.
        """
        self.model.minimize(sum(price * var for _, var, price in self.prices))
        self._begin_at_home()
        solver = cp_model.CpSolver()
        solver.parameters.max_deterministic_time = budget
        if patience_s is not None:
            solver.parameters.max_time_in_seconds = patience_s
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 0
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.max_presolve_iterations = 1
        with watched(solver, cancelled):
            status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        held = [talk.code for talk in self.talks if solver.value(self.held[talk.code])]
        return Found(
            {
                code: (
                    next(room for room, var in self.inside[code].items() if solver.value(var)),
                    solver.value(self.start[code]),
                )
                for code in held
            },
            tuple(give for give, var, _ in self.prices if give.code and solver.value(var)),
            {code: solver.value(self.size[code]) for code in held},
            round(solver.objective_value),
            status == cp_model.OPTIMAL,
        )

    def _begin_at_home(self) -> None:
        """Let the search begin where the talks are, nothing giving way but those without a place."""
        hints = {
            var.index: (var, 0) for give, var, _ in self.prices if give.code not in ("left_out", "moved", "")
        }
        for code in self.free & set(self.starts):
            place = self.homes.get(code)
            begin = place[1] if place else min(self.starts[code], default=0)
            chosen = {self.held[code]: place is not None, self.start[code]: begin}
            for room, var in self.inside[code].items():
                chosen[var] = place is not None and room == place[0]
            hints |= {var.index: (var, int(value)) for var, value in chosen.items()}
        for var, value in hints.values():
            self.model.add_hint(var, value)

    def price_of_seats(self) -> None:
        """Make every listener without a seat cost what the problem says."""
        weight = self.problem.weights.overflow
        for talk in self.talks:
            for code, var in self.inside[talk.code].items():
                short = talk.demand - (self.rooms[code].seats(talk.layout) or 0)
                if short > 0:
                    self.prices.append((Give("", talk.code, code), var, round(weight * short)))

    def price_of_moving(self, homes: Mapping[str, Place], price: int) -> None:
        """Make every talk that is not where `homes` has it cost `price`."""
        for code, (room, start) in homes.items():
            if code not in self.free or code not in self.start:
                continue
            stays = self.model.new_bool_var(f"stays {code}")
            if room in self.inside[code] and start in self.starts[code]:
                self.model.add(self.start[code] == start).only_enforce_if(stays)
                self.model.add_implication(stays, self.inside[code][room])
            else:
                self.model.add(stays == 0)
            self.prices.append((Give("moved", code), stays.negated(), price))

    def _settle(self, talk: Talk, place: Place) -> None:
        one = self.model.new_constant(1)
        self.start[talk.code] = self.model.new_constant(place[1])
        self.held[talk.code], self.inside[talk.code] = one, {place[0]: one}
        self.size[talk.code] = talk.minutes
        self.end[talk.code] = self.start[talk.code] + talk.minutes

    def _vary(self, talk: Talk) -> None:
        model, code = self.model, talk.code
        day_time = self._day_time(talk)
        self.starts[code] = set(self._grid(talk, day_time))
        if not self.starts[code] or code in talk.after:
            self._nowhere(talk)
            return
        held = self.held[code] = model.new_bool_var(f"held {code}")
        self.start[code] = model.new_int_var_from_domain(
            cp_model.Domain.from_values(sorted(self.starts[code])), f"start {code}"
        )
        self._give(Give("left_out", code), held.negated())
        self.size[code], self.end[code] = self._length(talk)
        self._times(talk, day_time)
        fixed = wish_of(self.problem, talk)[1]
        chosen = {}
        for room in self.problem.rooms:
            if price := self._room_price(talk, room, fixed):
                var = chosen[room.code] = model.new_bool_var(f"{code} in {room.code}")
                for give in price:
                    if give.code:
                        self._give(give, var)
                self._room_hours(talk, room, var)
        self.inside[code] = chosen
        model.add(sum(chosen.values()) == held)

    def _nowhere(self, talk: Talk) -> None:
        none = self.model.new_constant(0)
        self.start[talk.code], self.held[talk.code] = none, none
        self.inside[talk.code], self.size[talk.code], self.end[talk.code] = (
            {},
            talk.minutes,
            talk.minutes + none,
        )
        self._give(Give("left_out", talk.code), self.model.new_constant(1))

    def _give(self, give: Give, var) -> None:
        self.prices.append((give, var, PRICES[give.code]))

    def _day_time(self, talk: Talk) -> list[Span]:
        """Programme time of the talk's days; where needs may give way, days are longer by an hour."""
        spans = stretches(self.problem, talk.days)
        if not self.gives:
            return spans
        ends = {day.end for day in self.problem.days}
        begins = sorted(day.start for day in self.problem.days)
        longer = {end: min([end + LATE_MIN, *(b for b in begins if b >= end)]) for end in ends}
        return [(a, longer.get(b, b)) for a, b in spans]

    def _grid(self, talk: Talk, day_time: list[Span]) -> Iterable[int]:
        step = max(1, self.problem.step_min)
        begin = {day.index: day.start for day in self.problem.days}
        extra = {self.homes[talk.code][1]} if talk.code in self.homes else set()
        wish = wish_of(self.problem, talk)[0]
        extra |= set() if wish is None else {wish}
        for a, b in day_time:
            day = max((start for start in begin.values() if start <= a), default=a)
            first = a + (day - a) % step
            yield from range(first, b - talk.minutes + 1, step)
            yield from (at for at in extra if a <= at and at + talk.minutes <= b)

    def _length(self, talk: Talk):
        """Its minutes and its end; a quarter may be cut off where that is 5 minutes or more."""
        cut, start = talk.minutes // 4 // 5 * 5, self.start[talk.code]
        if not self.gives or cut < 5:
            return talk.minutes, start + talk.minutes
        short = self.model.new_bool_var(f"short {talk.code}")
        self._give(Give("shorten", talk.code), short)
        end = self.model.new_int_var(0, max(self.starts[talk.code]) + talk.minutes, f"end {talk.code}")
        size = talk.minutes - cut * short
        self.model.add(end == start + size)
        return size, end

    def _times(self, talk: Talk, day_time: list[Span]) -> None:
        """What its fixed start, its people and the day's end allow, unless it gives way."""
        code, wish = talk.code, wish_of(self.problem, talk)[0]
        if wish is not None:
            self._within(code, {wish} & self.starts[code], Give("unpin", code))
        people = {who.code: who.available for who in self.problem.speakers if who.available}
        for person in dict.fromkeys(talk.people):
            if person in people:
                self._within(code, _inside(self.starts[code], talk, merged(people[person])),
                             Give("person_longer", code, person))  # fmt: skip
        if self.gives:
            usual = stretches(self.problem, talk.days)
            self._within(code, _inside(self.starts[code], talk, usual), Give("late", code))

    def _within(self, code: str, starts: set[int], give: Give) -> None:
        """Only these starts while the talk is held, or the need gives way."""
        if starts == self.starts[code]:
            return
        literals = [self.held[code]]
        if self.gives:
            var = self.model.new_bool_var(f"{give}")
            self._give(give, var)
            literals.append(var.negated())
        allowed = cp_model.Domain.from_values(sorted(starts))
        self.model.add_linear_expression_in_domain(self.start[code], allowed).only_enforce_if(literals)

    def _room_price(self, talk: Talk, room: Room, fixed: str | None) -> list[Give]:
        """What has to give way for the talk to be in the room: [Give("")] for nothing, [] for never."""
        if fits(talk, room) and fixed in (None, room.code):
            return [Give("", talk.code)]
        if not self.gives:
            return []
        seats = room.seats(talk.layout)
        needs = [
            ("unpin", fixed not in (None, room.code)),
            ("room_choice", bool(talk.rooms) and room.code not in talk.rooms),
            ("bring", not talk.equipment <= room.equipment or talk.booths > room.booths),
            ("seats", seats is None or seats < talk.seats),
        ]
        return [Give(code, talk.code, room.code) for code, needed in needs if needed]

    def _room_hours(self, talk: Talk, room: Room, var: cp_model.IntVar) -> None:
        starts = _inside(self.starts[talk.code], talk, merged(room.available)) if room.available else None
        if starts is None or starts == self.starts[talk.code]:
            return
        literals = [var]
        if self.gives:
            longer = self.model.new_bool_var(f"{room.code} longer for {talk.code}")
            self._give(Give("room_longer", talk.code, room.code), longer)
            literals.append(longer.negated())
        allowed = cp_model.Domain.from_values(sorted(starts))
        self.model.add_linear_expression_in_domain(self.start[talk.code], allowed).only_enforce_if(literals)


def _inside(starts: Iterable[int], talk: Talk, spans: Iterable[Span]) -> set[int]:
    """The starts from which a talk lies wholly in one of the spans."""
    whole = list(spans)
    return {at for at in starts if any(a <= at and at + talk.minutes <= b for a, b in whole)}
