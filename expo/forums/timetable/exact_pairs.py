"""The hard rules between two talks, in a constraint model."""

from collections import defaultdict
from itertools import combinations, product
from typing import TYPE_CHECKING

from expo.forums.timetable.problem import Talk

if TYPE_CHECKING:
    from expo.forums.timetable.exact import Model


def rooms_hold_one(base: "Model") -> None:
    """No two talks in a room, with the time to set up and to refurnish between them."""
    uses: dict[str, list] = defaultdict(list)
    for talk in base.talks:
        code = talk.code
        for room, var in base.inside[code].items():
            ahead, setup = max(0, talk.setup_min), max(0, base.problem.setup_min)
            uses[room].append(
                base.model.new_optional_interval_var(
                    base.start[code] - ahead, base.size[code] + ahead + setup,
                    base.end[code] + setup, var, f"{code} {room}",
                )
            )  # fmt: skip
    for intervals in uses.values():
        base.model.add_no_overlap(intervals)
    for room in base.problem.rooms:
        if room.change_min > 0:
            here = [t for t in base.talks if t.layout and room.code in base.inside[t.code]]
            for one, two in combinations(here, 2):
                if one.layout != two.layout and base.free & {one.code, two.code}:
                    both = [base.inside[one.code][room.code], base.inside[two.code][room.code]]
                    gaps = (
                        base.problem.turnover(room, one, two),
                        base.problem.turnover(room, two, one),
                    )
                    _apart(base, one, two, gaps, both)


def _apart(base: "Model", one: Talk, two: Talk, gaps: tuple[int, int], literals: list) -> None:
    """One after the other with so many minutes between, in either order, where all literals hold."""
    a, b = one.code, two.code
    first = base.order.setdefault((a, b), base.model.new_bool_var(f"{a} before {b}"))
    base.model.add(base.start[b] >= base.end[a] + gaps[0]).only_enforce_if([*literals, first])
    base.model.add(base.start[a] >= base.end[b] + gaps[1]).only_enforce_if([*literals, first.negated()])


def people_are_in_one_place(base: "Model") -> None:
    """Nobody in two talks at once, with the way between buildings."""
    theirs: dict[str, list[Talk]] = defaultdict(list)
    for talk in base.talks:
        for who in dict.fromkeys(talk.people):
            theirs[who].append(talk)
    done = set()
    for talks in theirs.values():
        for one, two in combinations(talks, 2):
            if (one.code, two.code) in done or not base.free & {one.code, two.code}:
                continue
            done.add((one.code, two.code))
            held = [base.held[one.code], base.held[two.code]]
            _apart(base, one, two, (0, 0), held)
            for here, there in product(_buildings(base, one), _buildings(base, two)):
                if way := base.problem.travel(here, there):
                    for r, q in product(_buildings(base, one)[here], _buildings(base, two)[there]):
                        both = [base.inside[one.code][r], base.inside[two.code][q]]
                        _apart(base, one, two, (way, way), both)


def _buildings(base: "Model", talk: Talk) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code in base.inside[talk.code]:
        found[base.rooms[code].building].append(code)
    return found


def alone_and_in_order(base: "Model") -> None:
    """Nothing beside what stands alone, and what follows another talk starts after it."""
    by_code = {talk.code: talk for talk in base.talks}
    for one, two in combinations(base.talks, 2):
        if (one.alone or two.alone) and base.free & {one.code, two.code}:
            _apart(base, one, two, (0, 0), [base.held[one.code], base.held[two.code]])
    for talk in base.talks:
        for first in dict.fromkeys(talk.after):
            if first in by_code and first != talk.code and base.free & {first, talk.code}:
                base.model.add(base.start[talk.code] >= base.end[first]).only_enforce_if(
                    [base.held[talk.code], base.held[first]]
                )
