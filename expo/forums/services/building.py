"""Building the working timetable and judging it."""

from collections.abc import Callable

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.forums.models import Room, Slot, Talk
from expo.forums.services.asking import hours_for, problem_of
from expo.forums.timetable import problem as ask
from expo.forums.timetable.checker import Violation, violations
from expo.forums.timetable.soft import soft_costs

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
