"""Registrations counted: by day at the venue, by country, by chosen answer."""

from datetime import date, timedelta

from sqlalchemy import Date, cast, func, text
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.registration.models import Person

LIVE = ("pending", "waiting", "confirmed")
MOST_DAYS = 366


def per_day(session: Session, edition: Edition) -> list[tuple[date, int]]:
    """How many registered on each day (of the venue's clock) from the first to the last, empty ones too.

    Of more than a year only the last one.
    """
    day = cast(func.timezone(edition.timezone, Person.registered_at), Date)
    rows = session.execute(
        select(day, func.count()).where(Person.edition_id == edition.id).group_by(day).order_by(day)
    ).all()
    found = {row[0]: row[1] for row in rows}
    if not found:
        return []
    last = max(found)
    first = max(min(found), last - timedelta(days=MOST_DAYS))
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [(one, found.get(one, 0)) for one in days]


def weeks(days: list[tuple[date, int]]) -> list[tuple[date, int]]:
    """Counts of days as those of weeks, each by its Monday."""
    found: dict[date, int] = {}
    for day, count in days:
        monday = day - timedelta(days=day.weekday())
        found[monday] = found.get(monday, 0) + count
    return list(found.items())


def per_country(session: Session, edition: Edition) -> list[tuple[str, int]]:
    """How many registrations live of each country, the most first; '' for those who did not say."""
    number = func.count()
    rows = session.execute(
        select(Person.country, number)
        .where(Person.edition_id == edition.id, Person.state.in_(LIVE))
        .group_by(Person.country)
        .order_by(number.desc(), Person.country)
    )
    return [(row[0], row[1]) for row in rows]


def per_answer(session: Session, edition: Edition) -> dict[int, dict[str, int]]:
    """How often each option was chosen, by question, among registrations that live."""
    rows = session.execute(
        text(
            "SELECT a.question_id, v.value, count(*) FROM answer a"
            " JOIN question q ON q.id = a.question_id JOIN person p ON p.id = a.person_id,"
            " LATERAL jsonb_array_elements_text(CASE jsonb_typeof(a.value) WHEN 'array' THEN a.value"
            " ELSE jsonb_build_array(a.value) END) AS v(value)"
            " WHERE q.edition_id = :edition AND q.kind IN ('choice', 'choices', 'yesno')"
            " AND p.state IN ('pending', 'waiting', 'confirmed') GROUP BY 1, 2"
        ),
        {"edition": edition.id},
    )
    found: dict[int, dict[str, int]] = {}
    for question_id, value, count in rows:
        found.setdefault(question_id, {})[value] = count
    return found
