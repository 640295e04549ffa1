"""Building the working timetable and judging it."""

from collections.abc import Callable, Sequence

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.hours import Hours
from expo.forums.models import Room, Slot, Talk, TimetableRun
from expo.forums.services.asking import hours_for, pinned_rows, problem_of, read_problem
from expo.forums.services.placing import Spot, hold, replace
from expo.forums.timetable import problem as ask
from expo.forums.timetable.checker import Violation, violations
from expo.forums.timetable.soft import soft_costs
from expo.forums.timetable.solve import DEFAULT_ROUNDS, build_timetable
from expo.words import say

Progress = Callable[[int, int, float, int, str], None]


def draft_of(session: Session, edition: Edition, problem: ask.Problem) -> ask.Timetable:
    """The working timetable as it stands, with its own figures."""
    rows = session.exec(
        select(Talk.code, Room.code, Slot.during)
        .join(Talk, Talk.id == Slot.talk_id)
        .join(Room, Room.id == Slot.room_id)
        .where(Slot.edition_id == edition.id)
    ).all()
    hours = hours_for(session, edition)
    places = {code: (room, hours.minute(during.lower)) for code, room, during in rows}
    unplaced = tuple(talk.code for talk in problem.talks if talk.code not in places)
    parts = soft_costs(problem, places) if problem.talks else {}
    return ask.Timetable(places, unplaced, len(unplaced), sum(parts.values()), parts)


def violations_now(session: Session, edition: Edition) -> list[Violation]:
    """Every hard rule that the working timetable breaks, talks without a place included."""
    problem = problem_of(session, edition)
    return violations(problem, draft_of(session, edition, problem))


def build(
    session: Session,
    edition: Edition,
    seed: int = 0,
    rounds: int = DEFAULT_ROUNDS,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> TimetableRun:
    """Solve and write the working timetable: all unpinned places are replaced at once, or none.

    Refused if the answer breaks a rule of the independent checker, or somebody pinned a talk meanwhile.
    """
    hours = hours_for(session, edition)
    problem = read_problem(session, edition, hours)
    answer = build_timetable(problem, seed=seed, rounds=rounds, progress=progress, cancelled=cancelled)
    lost = sorted(set(problem.locks) - set(answer.places))
    if lost:
        raise Refused(
            say(
                "Pinned talks cannot be held where they are pinned: %(talks)s. Unpin them.",
                talks=lost,
            )
        )
    broken = [one for one in violations(problem, answer) if one.rule != "unplaced"]
    if broken:
        raise Refused(
            say(
                "The timetable that was found breaks hard rules (%(count)s), so nothing was changed.",
                count=len(broken),
            )
        )
    _write(session, edition, hours, problem, answer)
    run = TimetableRun(
        edition_id=edition.id,
        seed=seed,
        rounds=rounds,
        hard=answer.hard,
        total=answer.total,
        parts=dict(answer.parts),
        curve=[list(point) for point in answer.curve],
        unplaced=list(answer.unplaced),
    )
    session.add(run)
    session.flush()
    return run


def _write(
    session: Session, edition: Edition, hours: Hours, problem: ask.Problem, answer: ask.Timetable
) -> None:
    hold(session, edition)
    pinned = pinned_rows(session, edition)
    locks = {code: (room, hours.minute(during.lower)) for code, room, during in pinned}
    if locks != dict(problem.locks):
        raise Refused(say("Somebody pinned or moved a talk meanwhile. Build the timetable again."))
    spots = {code: Spot(room, hours.instant(start)) for code, (room, start) in answer.places.items()} | {
        code: Spot(room, during.lower) for code, room, during in pinned
    }
    replace(session, edition, spots, kind="build")


def runs(session: Session, edition: Edition, limit: int = 20) -> Sequence[TimetableRun]:
    """The edition's solves, the newest first."""
    return session.exec(
        select(TimetableRun)
        .where(TimetableRun.edition_id == edition.id)
        .order_by(TimetableRun.id.desc())
        .limit(limit)
    ).all()
