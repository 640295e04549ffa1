"""The figures and cards of an edition's front page: a fixed number of queries, however large the expo."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from sqlalchemy import distinct, func
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.editions.models import Day, Edition
from expo.exhibitors.models import Exhibitor, Organisation
from expo.forums.models import Forum
from expo.forums.services import programme
from expo.languages import LanguageMap
from expo.plan.models import is_told
from expo.venue.models import Stand, Zone
from expo.venue.signs import letter_of


def exhibitors_by_country(session: Session, edition: Edition) -> dict[str, int]:
    """Country → how many public exhibitors come from it, the most first."""
    number = func.count(Exhibitor.id)
    rows = session.execute(
        select(Organisation.country, number)
        .join(Exhibitor, Exhibitor.organisation_id == Organisation.id)
        .where(Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted")
        .group_by(Organisation.country)
        .order_by(number.desc(), Organisation.country)
    )
    return dict(map(tuple, rows))


class ZoneCard(NamedTuple):
    """A zone on the front page and in the banner; `weight` is its net area in m², which the banner draws."""

    code: str
    letter: str
    hue: int
    name: LanguageMap
    description: LanguageMap
    gross_m2: int
    weight: int
    exhibitors: int


def zones(session: Session, edition: Edition) -> list[ZoneCard]:
    """The zones by code with how many exhibitors the plan names there."""
    here = (
        select(Stand.zone_id, func.count(distinct(Allotment.exhibitor_id)).label("number"))
        .join(Allotment, Allotment.stand_id == Stand.id)
        .where(Stand.edition_id == edition.id, is_told())
        .group_by(Stand.zone_id)
        .subquery()
    )
    rows = session.execute(
        select(
            Zone.code, Zone.hue, Zone.name, Zone.description, Zone.gross_m2, Zone.net_m2,
            func.coalesce(here.c.number, 0),
        )
        .outerjoin(here, here.c.zone_id == Zone.id)
        .where(Zone.edition_id == edition.id)
        .order_by(Zone.code)
    )  # fmt: skip
    return [ZoneCard(row[0], letter_of(place), *row[1:]) for place, row in enumerate(rows)]


@dataclass(frozen=True)
class DayCard:
    """A day of the edition: the hours of its programme, if any, and how many released talks begin on it."""

    date: date
    opens: time | None
    closes: time | None
    talks: int


class ForumCard(NamedTuple):
    """A forum, lettered as in the programme."""

    code: str
    letter: str
    hue: int
    name: LanguageMap
    description: LanguageMap
    kind: str
    talks: int


class Opening(NamedTuple):
    """The first talk of the main event: where everything begins."""

    code: str
    title: LanguageMap
    start: datetime
    room: LanguageMap


@dataclass(frozen=True)
class Stage:
    """The programme on the front page. Before a release it has days and forums but no talks."""

    days: list[DayCard]
    forums: list[ForumCard]
    talks: int
    opening: Opening | None


def stage(session: Session, edition: Edition) -> Stage:
    """Days, forums and the opening, out of the released programme."""
    tracks = session.execute(
        select(Forum.code, Forum.hue, Forum.name, Forum.description, Forum.kind)
        .where(Forum.edition_id == edition.id)
        .order_by(Forum.is_main.desc(), Forum.position, Forum.id)
    ).all()
    released = programme(session, edition)
    items = released.items if released else ()
    by_forum = Counter(item.track.code for item in items)
    by_day = Counter(item.day for item in items)
    first = next((item for item in items if item.track.is_main), None)
    cards = [
        ForumCard(
            row.code, letter_of(place), row.hue, row.name, row.description, row.kind, by_forum[row.code]
        )  # fmt: skip
        for place, row in enumerate(tracks)
    ]
    opening = Opening(first.code, first.title, first.start, first.room.name) if first else None
    return Stage(_days(session, edition, by_day), cards, len(items), opening)


def _days(session: Session, edition: Edition, talks: Counter[date]) -> list[DayCard]:
    rows = session.execute(
        select(Day.date, Day.programme_from, Day.programme_until)
        .where(Day.edition_id == edition.id)
        .order_by(Day.date)
    )
    return [DayCard(day, opens, closes, talks[day]) for day, opens, closes in rows]


def addresses(session: Session, edition: Edition) -> tuple[list[str], list[str]]:
    """Codes of public exhibitors and of released talks, for the site map."""
    firms = session.execute(
        select(Exhibitor.code)
        .where(Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted")
        .order_by(Exhibitor.code)
    )
    released = programme(session, edition)
    talks = sorted(item.code for item in released.items) if released else []
    return list(firms.scalars()), talks
