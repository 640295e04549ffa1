"""Rooms and forums, with what is in them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.forums.models import HELD, Availability, Forum, Room, Slot, Talk


def rooms(session: Session, edition: Edition) -> Sequence[Any]:
    """(room, talks now in it, rows of availability), by code."""
    talks = select(Slot.room_id, func.count().label("n")).group_by(Slot.room_id).subquery()
    spans = select(Availability.room_id, func.count().label("n")).group_by(Availability.room_id).subquery()
    return session.execute(
        select(Room, func.coalesce(talks.c.n, 0).label("talks"), func.coalesce(spans.c.n, 0).label("spans"))
        .outerjoin(talks, talks.c.room_id == Room.id)
        .outerjoin(spans, spans.c.room_id == Room.id)
        .where(Room.edition_id == edition.id)
        .order_by(Room.building, Room.code)
    ).all()


def room_by_code(session: Session, edition: Edition, code: str) -> Room | None:
    """The room of that code."""
    return session.exec(select(Room).where(Room.edition_id == edition.id, Room.code == code)).one_or_none()


def equipment_words(session: Session, edition: Edition) -> list[str]:
    """The words for equipment that rooms and talks of the edition use, in order."""
    found = set()
    for model in (Room, Talk):
        word = func.jsonb_array_elements_text(model.equipment)
        found |= set(session.exec(select(word).where(model.edition_id == edition.id)))
    return sorted(found, key=str.casefold)


def layout_words(session: Session, edition: Edition) -> list[str]:
    """The layouts that rooms can take and talks ask for."""
    words = set(
        session.exec(select(func.jsonb_object_keys(Room.layouts)).where(Room.edition_id == edition.id))
    )
    asked = session.exec(select(Talk.layout).where(Talk.edition_id == edition.id).distinct())
    return sorted((words | set(asked)) - {""}, key=str.casefold)


def forums(session: Session, edition: Edition) -> Sequence[Any]:
    """(forum, talks held, minutes of them), the main event first."""
    held = (
        select(Talk.forum_id, func.count().label("talks"), func.sum(Talk.minutes).label("minutes"))
        .where(Talk.edition_id == edition.id, Talk.state.in_(HELD))
        .group_by(Talk.forum_id)
        .subquery()
    )
    return session.execute(
        select(
            Forum, func.coalesce(held.c.talks, 0).label("talks"),
            func.coalesce(held.c.minutes, 0).label("minutes"),
        )
        .outerjoin(held, held.c.forum_id == Forum.id)
        .where(Forum.edition_id == edition.id)
        .order_by(Forum.is_main.desc(), Forum.position, Forum.id)
    ).all()  # fmt: skip


def forum_by_code(session: Session, edition: Edition, code: str) -> Forum | None:
    """The forum of that code."""
    return session.exec(select(Forum).where(Forum.edition_id == edition.id, Forum.code == code)).one_or_none()
