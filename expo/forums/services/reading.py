"""The programme as people read it: released versions and the draft, by plain columns."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.forums.feeds.calendar import schedule_ics
from expo.forums.feeds.frab_json import schedule_json
from expo.forums.feeds.frab_xml import schedule_xml
from expo.forums.feeds.parts import links_of
from expo.forums.history import Appearance, Revision, revisions
from expo.forums.models import Forum, Release, ReleasedSlot, Room, Slot, Speaker, Talk, TalkSpeaker
from expo.forums.programme import Fair, Item, Part, Place, Programme, Track
from expo.forums.services.releasing import release_of, releases


def programme(session: Session, edition: Edition, version: str | None = None) -> Programme | None:
    """A released programme (the latest unless a version is named); None where there is none.

    Six queries, however many talks.
    """
    which = release_of(session, edition, version)
    if which is None:
        return None
    return _programme(session, edition, which, ReleasedSlot, ReleasedSlot.release_id == which.id)


def draft_programme(session: Session, edition: Edition) -> Programme:
    """The working timetable as a programme."""
    return _programme(session, edition, None, Slot, Slot.edition_id == edition.id)


def _programme(
    session: Session, edition: Edition, which: Release | None, slots: Any, chosen: Any
) -> Programme:
    tracks = _tracks(session, edition)
    rooms = _rooms(session, edition)
    parts = _parts(session, slots, chosen)
    zone = edition.zone_info
    rows = session.execute(
        select(
            Talk.id, Talk.code, Talk.guid, Talk.title, Talk.abstract, Talk.kind, Talk.language,
            Talk.interpretation, Talk.alone, Talk.forum_id, slots.room_id, slots.during,
        )
        .join(Talk, Talk.id == slots.talk_id)
        .where(chosen)
    ).all()  # fmt: skip
    items = [
        Item(
            row.id, row.code, row.guid, row.title, row.abstract, row.kind, row.language,
            tuple(row.interpretation), row.alone, tracks[row.forum_id], rooms[row.room_id],
            row.during.lower.astimezone(zone), row.during.upper.astimezone(zone), parts[row.id],
        )
        for row in rows
    ]  # fmt: skip
    return Programme(
        Fair(edition.code, edition.name, edition.starts_on, edition.ends_on, edition.timezone),
        which.version if which else "",
        which.note if which else "",
        which.released_at if which else None,
        tuple(tracks.values()),
        tuple(rooms.values()),
        tuple(sorted(items, key=lambda item: (item.start, item.room.code, item.code))),
    )


def _tracks(session: Session, edition: Edition) -> dict[int, Track]:
    """Forums by id, the main event first; letters A, B, … in that order."""
    rows = session.execute(
        select(Forum.id, Forum.code, Forum.name, Forum.description, Forum.kind, Forum.is_main, Forum.hue)
        .where(Forum.edition_id == edition.id)
        .order_by(Forum.is_main.desc(), Forum.id)
    ).all()
    return {row[0]: Track(*row[1:], chr(65 + number % 26)) for number, row in enumerate(rows)}


def _rooms(session: Session, edition: Edition) -> dict[int, Place]:
    """Rooms by id, the largest first."""
    rows = session.execute(
        select(Room.id, Room.code, Room.name, Room.building, Room.capacity)
        .where(Room.edition_id == edition.id)
        .order_by(Room.capacity.desc(), Room.code)
    ).all()
    return {row[0]: Place(*row[1:]) for row in rows}


def _parts(session: Session, slots: Any, chosen: Any) -> dict[int, tuple[Part, ...]]:
    rows = session.execute(
        select(
            TalkSpeaker.talk_id, Speaker.id, Speaker.code, Speaker.name, Speaker.title, Speaker.biography,
            Speaker.organisation, Speaker.country, TalkSpeaker.role,
        )
        .join(Speaker, Speaker.id == TalkSpeaker.speaker_id)
        .join(slots, slots.talk_id == TalkSpeaker.talk_id)
        .where(chosen)
        .order_by(TalkSpeaker.talk_id, TalkSpeaker.position, TalkSpeaker.id)
    ).all()  # fmt: skip
    found: dict[int, tuple[Part, ...]] = defaultdict(tuple)
    for row in rows:
        found[row[0]] += (Part(*row[1:]),)
    return found


def history(session: Session, edition: Edition, version: str) -> tuple[dict[int, Revision], list[Item]]:
    """How each talk came to where it is in `version`, and the talks of former versions that it lacks."""
    past = list(reversed(releases(session, edition)))
    past = past[: [one.version for one in past].index(version) + 1]
    number = {one.id: position for position, one in enumerate(past)}
    rows = session.exec(
        select(
            ReleasedSlot.release_id, ReleasedSlot.talk_id, ReleasedSlot.room_id, ReleasedSlot.during
        ).where(ReleasedSlot.release_id.in_(list(number)))
    ).all()
    found = revisions(
        [one.released_at for one in past],
        [Appearance(number[r], talk, room, during.lower, during.upper) for r, talk, room, during in rows],
    )
    return found, _removed(session, edition, found)


def _removed(session: Session, edition: Edition, found: dict[int, Revision]) -> list[Item]:
    gone = {talk_id: one.last for talk_id, one in found.items() if one.cancelled}
    tracks, rooms, zone = _tracks(session, edition), _rooms(session, edition), edition.zone_info
    talks = session.exec(select(Talk).where(Talk.id.in_(list(gone))).order_by(Talk.code)).all()
    return [
        Item(
            talk.id, talk.code, talk.guid, talk.title, talk.abstract, talk.kind, talk.language,
            tuple(talk.interpretation), talk.alone, tracks[talk.forum_id], rooms[gone[talk.id].room_id],
            gone[talk.id].start.astimezone(zone), gone[talk.id].end.astimezone(zone),
        )
        for talk in talks
    ]  # fmt: skip


def feed(
    session: Session,
    edition: Edition,
    fmt: str,
    site: str,
    language: str = "en",
    version: str | None = None,
    only: str = "",
) -> bytes | None:
    """A released programme as 'xml', 'json' or 'ics'; None where there is none.

    `site` is the site's address without a slash at its end; `only` keeps a single talk (by code).
    """
    found = programme(session, edition, version)
    if found is None:
        return None
    if only:
        found = replace(found, items=tuple(item for item in found.items if item.code == only))
        if not found.items:
            return None
    links = links_of(site, edition.code)
    if fmt == "xml":
        return schedule_xml(found, links, language)
    if fmt == "json":
        return schedule_json(found, links, language)
    past, removed = history(session, edition, found.version)
    return schedule_ics(found, links, language, past, () if only else removed)
