"""Solving, with an independent check: a finished run is kept with all it was asked, and may be taken over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import TimetableInput, TimetableRun
from expo.forums.services import placing
from expo.forums.services.asking import WEIGHTS, hours_for, read_problem
from expo.forums.services.building import draft_of
from expo.forums.timetable import inputs
from expo.forums.timetable import problem as ask
from expo.forums.timetable.baseline import first_fit
from expo.forums.timetable.checker import violations
from expo.forums.timetable.impossible import why_impossible
from expo.words import say

if TYPE_CHECKING:
    from expo.forums.timetable.replan import Replanned

Progress = Callable[[int, int, float, int, str], None]
MOST_REASONS = 40


@dataclass(frozen=True)
class Asked:
    """How to solve: `kind` "solve" places all talks that are not pinned, "replan" repairs the draft."""

    kind: str = "solve"
    seed: int = 0
    rounds: int = ask.DEFAULT_ROUNDS
    weights: ask.Weights = WEIGHTS
    change_price: float | None = None


def solve(
    session: Session,
    edition: Edition,
    asked: Asked,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    user_id: int | None = None,
) -> TimetableRun:
    """A kept run with its answer, its figures and why talks are left out. The draft stays as it is.

    Cancelled, the best found so far is kept. Refused without programme hours, or when the answer breaks a
    rule of the independent checker.
    """
    from expo.forums.timetable.elastic import remedy
    from expo.forums.timetable.solve import SOLVER_VERSION

    hours = hours_for(session, edition)
    problem = replace(read_problem(session, edition, hours), weights=asked.weights)
    if asked.change_price is not None and problem.previous:
        problem = replace(problem, change_price=asked.change_price)
    if asked.kind == "replan":
        problem = replace(problem, previous=draft_of(session, edition, problem).places)
    found = _answered(problem, asked.kind, asked.seed, asked.rounds, progress, cancelled)
    answer = found.answer
    broken = [one for one in violations(problem, answer) if one.rule != "unplaced"]
    if broken:
        raise Refused(
            say(
                "The timetable that was found breaks hard rules (%(count)s), so nothing was changed.",
                count=len(broken),
            )
        )
    way_out = remedy(problem, answer, cancelled=cancelled) if answer.unplaced else None
    plain = inputs.as_plain(problem)
    run = TimetableRun(
        edition_id=edition.id, kind=asked.kind, seed=asked.seed, rounds=asked.rounds,
        weights=asdict(asked.weights) | {"changes": problem.change_price},
        input_digest=inputs.digest(plain), input_id=_input(session, edition, plain),
        solver_version=SOLVER_VERSION, libraries=inputs.libraries(), origin=hours.origin,
        places={code: [room, start] for code, (room, start) in answer.places.items()},
        hard=answer.hard, total=answer.total, baseline=first_fit(problem).total, violations=len(broken),
        parts=dict(answer.parts), curve=[list(point) for point in answer.curve],
        unplaced=list(answer.unplaced), moved=list(found.moved),
        proven=found.proven if asked.kind == "replan" else None,
        reasons=[_reason(one) for one in why_impossible(problem)[:MOST_REASONS]] if answer.unplaced else [],
        proposals=[asdict(one) | {"proven": way_out.proven} for one in way_out.proposals] if way_out else [],
        created_by=user_id,
    )  # fmt: skip
    session.add(run)
    session.flush()
    return run


def _answered(
    problem: ask.Problem, kind: str, seed: int, rounds: int,
    progress: Progress | None = None, cancelled: Callable[[], bool] | None = None,
) -> Replanned:  # fmt: skip
    from expo.forums.timetable.replan import Replanned, replan
    from expo.forums.timetable.solve import build_timetable

    if kind == "replan":
        return replan(problem, problem.previous or {}, seed=seed, rounds=rounds, progress=progress,
                      cancelled=cancelled)  # fmt: skip
    answer = build_timetable(problem, seed=seed, rounds=rounds, progress=progress, cancelled=cancelled)
    return Replanned(answer, (), proven=False)


def _reason(reason) -> dict:
    return {"code": reason.code, "talks": list(reason.talks), "figures": _plain(reason.figures)}


def _plain(value):
    """As JSON keeps it: tuples as lists, array scalars as plain numbers."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.item() if hasattr(value, "item") else value


def _input(session: Session, edition: Edition, plain: dict) -> int:
    """The row of this input, made unless a run with the same one has made it."""
    which = {"edition_id": edition.id, "digest": inputs.digest(plain)}
    row = which | {"content": inputs.packed(plain), "created_at": now()}
    session.execute(insert(TimetableInput).values(**row).on_conflict_do_nothing())
    return session.execute(select(TimetableInput.id).filter_by(**which)).scalar_one()


def take(session: Session, edition: Edition, run: TimetableRun) -> None:
    """Make a run's answer the working timetable, at once or not at all.

    Refused where rooms, people or pins have changed since so that it no longer holds.
    """
    if run.origin is None:
        raise Refused(say("This solve was made before answers were kept, so it cannot be taken over."))
    placing.hold(session, edition)
    hours = hours_for(session, edition)
    problem = read_problem(session, edition, hours)
    known = {talk.code for talk in problem.talks}
    shift = hours.minute(run.origin)
    places = {code: (room, start + shift) for code, (room, start) in run.places.items() if code in known}
    broken = [
        one
        for one in violations(problem, ask.Timetable(places, (), 0, 0.0, {}))
        if one.rule != "unplaced" or one.talk in problem.locks
    ]
    lost = sorted(
        {one.talk for one in broken if one.talk in problem.locks and one.rule in ("unplaced", "lock")}
    )
    if lost and set(lost) <= set(run.unplaced):
        raise Refused(
            say("Pinned talks cannot be held where they are pinned: %(talks)s. Unpin them.", talks=lost)
        )
    if lost:
        raise Refused(say("Somebody pinned or moved a talk meanwhile. Build the timetable again."))
    if broken:
        raise Refused(
            say(
                "Rooms, people or talks have changed since this was solved, so it no longer holds: %(talks)s."
                " Solve it again.",
                talks=sorted({one.talk for one in broken})[:6],
            )
        )
    spots = {code: placing.Spot(room, hours.instant(start)) for code, (room, start) in places.items()}
    placing.replace(session, edition, spots, kind="build")
    run.taken_at = now()
    session.add(run)
    session.flush()


def build(
    session: Session,
    edition: Edition,
    seed: int = 0,
    rounds: int = ask.DEFAULT_ROUNDS,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> TimetableRun:
    """Solve and take the answer over: all unpinned places are replaced at once, or none."""
    run = solve(session, edition, Asked("solve", seed, rounds), progress=progress, cancelled=cancelled)
    take(session, edition, run)
    return run


def repeat(session: Session, run: TimetableRun, progress: Progress | None = None) -> int:
    """Solve a run's stored input once more; how many talks came out elsewhere (0: the same answer).

    The finding is noted on the run. Refused without a stored input, or when the run was stopped early.
    """
    row = session.get(TimetableInput, run.input_id) if run.input_id else None
    if row is None:
        raise Refused(say("This solve was made before inputs were kept, so it cannot be repeated."))
    if was_cut_short(run):
        raise Refused(say("This solve was stopped before its end, so it cannot be repeated."))
    plain = inputs.unpacked(row.content)
    if inputs.digest(plain) != run.input_digest:
        raise Refused(
            say("The stored input is not the one that the solve was made of. Ask an administrator.")
        )
    found = _answered(inputs.from_plain(plain), run.kind, run.seed, run.rounds, progress)
    again = {code: [room, start] for code, (room, start) in found.answer.places.items()}
    run.repeated_differing = sum(again.get(code) != run.places.get(code) for code in {*again, *run.places})
    run.repeated_at = now()
    session.add(run)
    session.flush()
    return run.repeated_differing


def was_cut_short(run: TimetableRun) -> bool:
    """Whether somebody stopped the search; what it had by then is a valid answer all the same."""
    return bool(run.curve) and run.curve[-1][0] < run.rounds
