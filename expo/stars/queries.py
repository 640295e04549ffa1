"""Reads of stars: how many a talk has, what is starred together, the way from building to building."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import desc, func
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.forums.models import Travel
from expo.forums.services.asking import settings_of
from expo.stars.models import Star, demand

LEAST_TOGETHER = 5
"""Followers that must have starred both talks before it is told: nobody is to be found out by it."""
MOST_TOGETHER = 5


def star_counts(session: Session, talk_id: int) -> tuple[int, int]:
    """How many followers starred a talk, and how many of them are known by name or address."""
    every = select(func.count()).where(Star.talk_id == talk_id).scalar_subquery()
    known = select(func.count()).select_from(demand).where(demand.c.talk_id == talk_id).scalar_subquery()
    return tuple(session.execute(select(every, known)).one())


def starred_with(session: Session, edition: Edition, talk_id: int) -> list[int]:
    """The talks that those known who starred this one starred most often as well, by id."""
    here, there = demand.alias("here"), demand.alias("there")
    together = func.count().label("together")
    rows: Any = session.execute(
        select(there.c.talk_id, together)
        .select_from(here)
        .join(there, there.c.follower_id == here.c.follower_id)
        .where(here.c.talk_id == talk_id, there.c.talk_id != talk_id, here.c.edition_id == edition.id)
        .group_by(there.c.talk_id)
        .having(func.count() >= LEAST_TOGETHER)
        .order_by(desc(together), there.c.talk_id)
        .limit(4 * MOST_TOGETHER)
    ).all()
    return [row.talk_id for row in rows]


def walk_of(session: Session, edition: Edition) -> tuple[Callable[[str, str], int], int]:
    """Minutes from building to building, and the longest of them."""
    usual = settings_of(session, edition).travel_min
    rows = session.exec(
        select(Travel.one, Travel.other, Travel.minutes).where(Travel.edition_id == edition.id)
    ).all()
    measured = {frozenset((one, other)): minutes for one, other, minutes in rows}

    def walk(one: str, other: str) -> int:
        return 0 if one == other else measured.get(frozenset((one, other)), usual)

    return walk, max([usual, *measured.values()])
