"""Rooms made, changed and taken away; ways between buildings; what holds for the whole programme."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, select

from expo.editions.models import Day, Edition
from expo.errors import Refused
from expo.forums.hours import rest_minutes
from expo.forums.models import ProgrammeSettings, ReleasedSlot, Room, Slot, Talk, Travel
from expo.forums.presence import Row
from expo.forums.services.asking import settings_of
from expo.forums.services.presence import keep_presence, presence_of
from expo.forums.services.refusals import check_seal, in_words
from expo.words import say

ROOM_FIELDS = ("code", "name", "building", "capacity", "booths", "equipment", "layouts", "change_min")


def room_values(session: Session, edition: Edition, room: Room) -> dict[str, Any]:
    """A room as its form takes it."""
    return {name: getattr(room, name) for name in ROOM_FIELDS} | {
        "free": [row._asdict() for row in presence_of(session, edition, room)]
    }


def save_room(
    session: Session,
    edition: Edition,
    room: Room | None,
    values: Mapping[str, Any],
    free: Iterable[Row],
    seen: str = "",
) -> Room:
    """A new room, or other values for one. Talks fixed in it follow a new code.

    Refused for a code that is taken, layouts with more seats than any person could count, or a stale form.
    """
    with in_words(session):
        if room is None:
            room = Room(edition_id=edition.id, code="", capacity=1)
        else:
            session.refresh(room, with_for_update=True)
            check_seal(seen, room_values(session, edition, room))
            if room.code != values["code"]:
                _rename(session, edition, room.code, values["code"])
        for name in ROOM_FIELDS:
            setattr(room, name, values[name])
        session.add(room)
        session.flush()
        keep_presence(session, edition, room, free)
    return room


def _rename(session: Session, edition: Edition, old: str, new: str) -> None:
    session.execute(
        update(Talk).where(Talk.edition_id == edition.id, Talk.fixed_room == old).values(fixed_room=new)
    )


def delete_room(session: Session, edition: Edition, room: Room) -> None:
    """Take a room away. Refused while talks are in it, now or in a released version, or fixed to it."""
    used = session.exec(select(func.count()).select_from(Slot).where(Slot.room_id == room.id)).one()
    fixed = session.exec(
        select(func.count()).select_from(Talk).where(
            Talk.edition_id == edition.id, Talk.fixed_room == room.code
        )
    ).one()  # fmt: skip
    if used or fixed:
        raise Refused(
            say(
                "%(count)s talks are in room %(room)s or fixed to it. Move them first.",
                count=max(used, fixed), room=room.code,
            )
        )  # fmt: skip
    if session.exec(select(ReleasedSlot.id).where(ReleasedSlot.room_id == room.id).limit(1)).first():
        raise Refused(
            say(
                "Room %(room)s is in a released version, which stays readable. Give it no time instead: an "
                "availability before the fair.", room=room.code,
            )
        )  # fmt: skip
    session.delete(room)
    session.flush()


def ways(session: Session, edition: Edition) -> dict[tuple[str, str], int]:
    """The minutes somebody measured between buildings, by pair in order."""
    rows = session.exec(
        select(Travel.one, Travel.other, Travel.minutes).where(Travel.edition_id == edition.id)
    ).all()
    return {(one, other): minutes for one, other, minutes in rows}


def save_ways(
    session: Session,
    edition: Edition,
    setup_min: int,
    travel_min: int,
    measured: Mapping[tuple[str, str], int | None],
) -> None:
    """Keep the usual minutes and those measured between two buildings (None: the usual ones)."""
    kept = settings_of(session, edition)
    kept.setup_min, kept.travel_min = setup_min, travel_min
    session.add(kept)
    session.execute(delete(Travel).where(Travel.edition_id == edition.id))
    for (one, other), minutes in measured.items():
        if minutes is not None and one != other:
            first, second = sorted((one, other))
            session.add(Travel(edition_id=edition.id, one=first, other=second, minutes=minutes))
    session.flush()


def kept_settings(session: Session, edition: Edition) -> ProgrammeSettings:
    """The usual minutes."""
    return settings_of(session, edition)


def save_days(session: Session, edition: Edition, given: Iterable[Mapping[str, Any]]) -> None:
    """Programme hours and breaks by day: dicts of date, since, until (both or neither) and breaks.

    Refused where a day has only one of its hours, or breaks that are out of order or outside the hours.
    """
    there = {day.date: day for day in session.exec(select(Day).where(Day.edition_id == edition.id))}
    with in_words(session):
        for row in given:
            _check_day(row)
            day = there.get(row["date"])
            if day is None and row["since"] is None:
                continue
            day = day or Day(edition_id=edition.id, date=row["date"])
            day.programme_from, day.programme_until = row["since"], row["until"]
            day.breaks = [[f"{a:%H:%M}", f"{b:%H:%M}"] for a, b in row["breaks"]]
            session.add(day)


def _check_day(row: Mapping[str, Any]) -> None:
    since, until, breaks = row["since"], row["until"], row["breaks"]
    if (since is None) != (until is None):
        raise Refused(
            say("%(day)s: type both the first and the last hour, or neither.", day=str(row["date"]))
        )
    if not breaks:
        return
    fits = since is not None
    if since is not None:
        overnight = until <= since
        rests = [rest_minutes(a, b, since, overnight) for a, b in breaks]
        first, last = (60 * hour.hour + hour.minute for hour in (since, until))
        edges = [first, *(minute for rest in rests for minute in rest), last + 1440 * overnight]
        fits = edges == sorted(edges) and all(a < b for a, b in rests)
    if not fits:
        raise Refused(say("%(day)s: breaks follow one another within the hours.", day=str(row["date"])))
