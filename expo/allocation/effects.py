"""What a plan edited by hand is worth, which rules it breaks and whose wishes it meets."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from expo.allocation.board import Board, touches
from expo.allocation.checker import Violation, violations, violations_of
from expo.allocation.objective import objective_of, wish_points
from expo.allocation.problem import Allocation, Applicant, Problem, Unit, Wish
from expo.allocation.reasons import MET_FROM_PERCENT

Places = Mapping[str, Sequence[str]]
ORDER = (
    "unit_twice", "unknown_unit", "unknown_applicant", "locked_away", "lock", "zone", "split", "area",
    "wasteful", "raw", "shape", "power", "water", "height", "load", "rivals", "member_area", "unplaced",
    "objective", "bound",
)  # fmt: skip
"""The checker's rules in the order in which they are told."""
BY_STAND = frozenset({"unit_twice", "unknown_unit", "locked_away", "lock"})
"""Rules whose detail names stands."""


@dataclass(frozen=True)
class Judged:
    """Points, broken rules and the wishes met by each exhibitor."""

    points: int
    broken: tuple[Violation, ...]
    met: Mapping[str, frozenset[Wish]]

    @property
    def wishes(self) -> int:
        """How many wishes are met in all."""
        return sum(map(len, self.met.values()))


@dataclass(frozen=True)
class Effect:
    """What changed for one exhibitor: wishes met now and not before, and the other way round."""

    code: str
    gained: tuple[Wish, ...]
    lost: tuple[Wish, ...]


def judged(problem: Problem, placements: Places, *, check: bool = True) -> Judged:
    """A plan looked at by the independent checker (unless only its worth is asked); it may hold anything."""
    answer = as_answer(problem, placements)
    broken = _in_order(violations(problem, answer)) if check else ()
    return Judged(answer.objective, broken, met(problem, answer.placements))


def judged_after(
    problem: Problem, before: Judged, was: Places, placements: Places, changed: Collection[str] = ()
) -> Judged:
    """The same as `judged` of the placements, from what it said of `was` under the same problem.

    Only who stands elsewhere now, shares or shared a stand with them, or is in `changed` (whose lock was set
    or lifted) is looked at again: what the others break stays as it was.
    """
    moved = {
        code
        for code in was.keys() | placements.keys()
        if tuple(was.get(code, ())) != tuple(placements.get(code, ()))
    }
    floor = {stand for code in moved for places in (was, placements) for stand in places.get(code, ())}
    again = moved | set(changed)
    again |= {code for code, stands in placements.items() if not floor.isdisjoint(stands)}
    answer = as_answer(problem, placements)
    board = Board(problem, answer.placements)
    leads = {board.lead[code] for code in again if code in board.lead}
    party = again | {code for lead in leads for code in board.party(lead)}
    taken = {stand for code in again for stand in answer.placements.get(code, ())}
    kept = [one for one in before.broken if not _speaks_of(one, party, taken)]
    broken = _in_order({*kept, *violations_of(problem, answer.placements, again)})
    return Judged(answer.objective, broken, met(problem, answer.placements))


def _speaks_of(one: Violation, party: Collection[str], taken: Collection[str]) -> bool:
    """Whether `violations_of` would say it anew if it still held."""
    if one.applicant in party or (one.rule == "rivals" and one.detail in party):
        return True
    return one.rule in BY_STAND and not set(one.detail.split()).isdisjoint(taken)


def _in_order(found: Iterable[Violation]) -> tuple[Violation, ...]:
    return tuple(sorted(found, key=lambda one: (ORDER.index(one.rule), one.applicant, one.detail)))


def as_answer(problem: Problem, placements: Places, bound: int | None = None) -> Allocation:
    """A plan that nobody solved as an answer to the problem."""
    known = {unit.code for unit in problem.units}
    applicants = {applicant.code for applicant in problem.applicants}
    whole = {code: tuple(stands) for code, stands in placements.items() if stands}
    sound = {
        code: tuple(stand for stand in stands if stand in known)
        for code, stands in whole.items()
        if code in applicants
    }
    points = objective_of(problem, sound)
    gap = round(100 * (bound - points) / bound, 4) if bound else None
    return Allocation(
        placements=whole,
        objective=points,
        bound=bound,
        gap_pct=gap,
        curve=(),
        unplaced=tuple(a.code for a in problem.applicants if a.code not in whole),
        seed=0,
        rounds=0,
    )


def met(problem: Problem, placements: Places) -> dict[str, frozenset[Wish]]:
    """The wishes that are met at least by half, by exhibitor."""
    known = {unit.code for unit in problem.units}
    applicants = {applicant.code for applicant in problem.applicants}
    sound = {
        code: tuple(stand for stand in stands if stand in known)
        for code, stands in placements.items()
        if code in applicants
    }
    board = Board(problem, sound)
    full = problem.weights.wish * max(problem.weights.rank_percent[:1], default=0) // 100

    def is_met(applicant: Applicant, wish: Wish, own: list[Unit]) -> bool:
        if wish.kind == "beside":
            other = board.blocks.get(board.lead.get(wish.target, ""), [])
            return any(touches(u, v) for u in own for v in other)
        points = wish_points(problem, 1000, Wish(wish.kind, wish.target, 1), own)
        return bool(full) and 100 * points >= MET_FROM_PERCENT * full

    found = {}
    for applicant in problem.applicants:
        own = board.blocks.get(board.lead[applicant.code], [])
        found[applicant.code] = frozenset(
            wish for wish in applicant.wishes if own and is_met(applicant, wish, own)
        )
    return found


def effects(before: Judged, after: Judged) -> list[Effect]:
    """Whose wishes are met otherwise in the second plan than in the first."""
    found = []
    for code in sorted(before.met.keys() | after.met.keys()):
        was, now = before.met.get(code, frozenset()), after.met.get(code, frozenset())
        if was != now:
            found.append(Effect(code, _by_rank(now - was), _by_rank(was - now)))
    return found


def _by_rank(wishes: frozenset[Wish]) -> tuple[Wish, ...]:
    return tuple(sorted(wishes, key=lambda wish: (wish.rank, wish.kind, wish.target)))
