"""Visitors and visits: sums, groups, lengths of stay, and the rows behind them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.figures.models import DaySum, Stay, Visit
from expo.registration.models import Person

PART = 5000


@dataclass(frozen=True)
class Total:
    """One day, or all of them: visits of visitors, visitors who are there for the first time, and people who
    are no visitors."""

    visits: int = 0
    firsts: int = 0
    others: int = 0

    @property
    def returning(self) -> int:
        """Visitors who were there on an earlier day."""
        return self.visits - self.firsts


@dataclass(frozen=True)
class Breakdown:
    """Visits or visitors by country and by kind, and the people who are no visitors by kind."""

    countries: list[tuple[str, int]]
    kinds: list[tuple[str, int]]
    others: list[tuple[str, int]]


def totals(session: Session, edition: Edition) -> dict[date, Total]:
    """Every day's sums."""
    visits = func.coalesce(func.sum(DaySum.visits).filter(DaySum.counted), 0)
    firsts = func.coalesce(func.sum(DaySum.firsts).filter(DaySum.counted), 0)
    others = func.coalesce(func.sum(DaySum.visits).filter(~DaySum.counted), 0)
    rows = session.execute(
        select(DaySum.day, visits, firsts, others)
        .where(DaySum.edition_id == edition.id)
        .group_by(DaySum.day)
        .order_by(DaySum.day)
    )
    return {day: Total(*counts) for day, *counts in rows}


def breakdown(session: Session, edition: Edition, day: date | None = None) -> Breakdown:
    """A day's visits by group; without one, all visitors of the event, each once."""
    number = DaySum.visits if day else DaySum.firsts
    query = select(
        DaySum.country, DaySum.kind, DaySum.counted, func.sum(number), func.sum(DaySum.visits)
    ).where(DaySum.edition_id == edition.id)
    if day:
        query = query.where(DaySum.day == day)
    countries: dict[str, int] = defaultdict(int)
    kinds: dict[str, int] = defaultdict(int)
    others: dict[str, int] = defaultdict(int)
    for country, kind, counted, count, visits in session.execute(
        query.group_by(DaySum.country, DaySum.kind, DaySum.counted)
    ):
        if counted:
            countries[country] += count
            kinds[kind] += count
        else:
            others[kind] += visits

    def ranked(found: dict[str, int]) -> list[tuple[str, int]]:
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))

    return Breakdown(ranked(countries), ranked(kinds), ranked(others))


def stays(session: Session, edition: Edition, day: date) -> Sequence[tuple[int, int]]:
    """(quarters of an hour, visitors) of those who left through a gate."""
    rows = session.execute(
        select(Stay.quarter, Stay.people)
        .where(Stay.edition_id == edition.id, Stay.day == day)
        .order_by(Stay.quarter)
    )
    return [(quarter, people) for quarter, people in rows]


def evidence(session: Session, edition: Edition, day: date | None = None) -> Iterator[Any]:
    """The rows behind the sums, for auditors: a person's number instead of a name; read part by part."""
    query = (
        select(
            Visit.day, Person.code, Visit.kind, Visit.country, Visit.counted, Visit.is_first, Visit.entries,
            Visit.first_at, Visit.last_at, Visit.inside_s,
        )
        .outerjoin(Person, Person.id == Visit.person_id)
        .where(Visit.edition_id == edition.id)
        .order_by(Visit.day, Visit.id)
    )  # fmt: skip
    if day:
        query = query.where(Visit.day == day)
    yield from session.execute(query.execution_options(yield_per=PART))
