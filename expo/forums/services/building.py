"""Building the working timetable and judging it."""

from collections.abc import Callable

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.forums.hours import Hours
from expo.forums.models import Room, Slot, Talk
from expo.forums.services.asking import hours_for, problem_of, read_problem
from expo.forums.timetable import problem as ask
from expo.forums.timetable.checker import Violation, violations, violations_of
from expo.forums.timetable.soft import soft_costs

Progress = Callable[[int, int, float, int, str], None]


def places_of(session: Session, edition: Edition, hours: Hours) -> dict[str, ask.Place]:
    """Talk code → (room code, minute), of the working timetable."""
    rows = session.exec(
        select(Talk.code, Room.code, Slot.during)
        .join(Talk, Talk.id == Slot.talk_id)
        .join(Room, Room.id == Slot.room_id)
        .where(Slot.edition_id == edition.id)
    ).all()
    return {code: (room, hours.minute(during.lower)) for code, room, during in rows}


def draft_of(session: Session, edition: Edition, problem: ask.Problem) -> ask.Timetable:
    """The working timetable as it stands, with its own figures."""
    places = places_of(session, edition, hours_for(session, edition))
    unplaced = tuple(talk.code for talk in problem.talks if talk.code not in places)
    parts = soft_costs(problem, places) if problem.talks else {}
    return ask.Timetable(places, unplaced, len(unplaced), sum(parts.values()), parts)


def violations_now(session: Session, edition: Edition) -> list[Violation]:
    """Every hard rule that the working timetable breaks, talks without a place included."""
    problem = problem_of(session, edition)
    return violations(problem, draft_of(session, edition, problem))


def violations_at(session: Session, edition: Edition, code: str) -> list[Violation]:
    """The hard rules that one talk breaks where it is: as `violations_now`, without judging the others."""
    hours = hours_for(session, edition)
    problem = read_problem(session, edition, hours, with_stars=False)
    return violations_of(problem, places_of(session, edition, hours), code)
