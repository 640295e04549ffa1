"""A draft judged by today's rows, and kept as a run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from expo.allocation.checker import Violation, violations
from expo.allocation.effects import Effect, Judged, as_answer, effects, judged, judged_after
from expo.allocation.models import AllocationDraft, AllocationRun
from expo.allocation.problem import Problem
from expo.allocation.services.asking import Places, places_of, problem_of
from expo.allocation.services.remembering import remember, remembered, stamp_of
from expo.allocation.services.replaying import input_of
from expo.allocation.services.solving import keep
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say


@dataclass(frozen=True)
class Verdict:
    """The draft now and as it began: points, wishes, broken rules; and whose wishes changed by it."""

    problem: Problem
    now: Judged
    start: Judged
    effects: list[Effect]

    @property
    def points(self) -> int:
        """Points gained (or lost) since it began."""
        return self.now.points - self.start.points

    @property
    def wishes(self) -> int:
        """Wishes met now less those met when it began."""
        return self.now.wishes - self.start.wishes


@dataclass(frozen=True)
class _Look:
    """The last verdict on a draft: what the draft was then, and the published locks."""

    verdict: Verdict
    begun: Mapping[str, Sequence[str]]
    places: Mapping[str, Sequence[str]]
    locked: Places


def problem_for(session: Session, draft: AllocationDraft) -> Problem:
    """Today's problem with the draft's locks, and with those that others made since it began."""
    edition = session.get_one(Edition, draft.edition_id)
    _, locked = places_of(session, edition)
    return problem_of(session, edition, locks=_locks(draft, locked))


def _locks(draft: AllocationDraft, locked: Places) -> dict[str, tuple[str, ...]]:
    since = {
        code: stands for code, stands in locked.items() if sorted(draft.known.get(code, ())) != sorted(stands)
    }
    own = {code: tuple(draft.placements[code]) for code in draft.locks if code in draft.placements}
    return own | since


def verdict(session: Session, draft: AllocationDraft) -> Verdict:
    """What the draft is worth and which rules it breaks, by the independent checker.

    After an act on a draft that was judged lately only what the act touched is looked at again.
    """
    stamp, key = stamp_of(session, draft.edition_id), ("verdict", draft.id)
    last: _Look | None = remembered(key, stamp)
    if last is None or last.begun != draft.start:
        problem = problem_for(session, draft)
        start, current = judged(problem, draft.start, check=False), judged(problem, draft.placements)
        _, locked = places_of(session, session.get_one(Edition, draft.edition_id))
    else:
        start, locked = last.verdict.start, last.locked
        old = last.verdict.problem
        problem = replace(old, locks=dict(sorted(_locks(draft, locked).items())))
        relocked = {
            code
            for code in old.locks.keys() | problem.locks.keys()
            if old.locks.get(code) != problem.locks.get(code)
        }
        current = judged_after(problem, last.verdict.now, last.places, draft.placements, relocked)
    found = Verdict(problem, current, start, effects(start, current))
    remember(key, stamp, _Look(found, draft.start, draft.placements, locked))
    return found


def keep_draft(
    session: Session, draft: AllocationDraft, *, user_id: int | None = None, job_id: int | None = None
) -> AllocationRun:
    """The draft as a finished run, with bound, explanations and check; it goes on as a draft beside it."""
    from expo.allocation.bound import upper_bound

    problem = problem_for(session, draft)
    if not problem.units or not problem.applicants:
        raise Refused(say("There is nothing to keep: no stands or no accepted exhibitors."))
    bound = upper_bound(problem)
    answer = as_answer(problem, draft.placements, bound.value)
    if answer.objective > bound.value:  # a plan that breaks rules may bring more than any lawful one
        answer = as_answer(problem, draft.placements)
    run = AllocationRun(
        edition_id=draft.edition_id, kind="hand", name=draft.name, parent_id=draft.run_id, seed=0, rounds=0,
        job_id=job_id, created_by=user_id,
        settings={"draft": draft.id, "locks": sorted(draft.locks), "lifted": _lifted(draft)},
    )  # fmt: skip
    keep(session, run, problem, answer, bound)
    return run


def broken_rules(session: Session, run: AllocationRun) -> list[Violation]:
    """What the independent checker finds in a run, from the run's stored input."""
    problem = input_of(session, run)
    return violations(problem, as_answer(problem, run.placements))


def _lifted(draft: AllocationDraft) -> dict[str, list[str]]:
    """Locks known when the draft began that were opened, or moved and settled anew, on purpose."""
    return {
        code: stands
        for code, stands in draft.known.items()
        if code not in draft.locks or not set(stands) <= set(draft.placements.get(code, ()))
    }
