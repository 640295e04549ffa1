"""A programme of another system as an edition: made once, brought up to date when it comes again."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from babel.core import get_global
from babel.numbers import get_territory_currencies
from sqlalchemy import delete, insert, text, update
from sqlmodel import Session, select

from expo.audit.services import note, quietly
from expo.db import refresh_statistics
from expo.editions.models import CODE_PATTERN, Day, Edition
from expo.editions.services import RESERVED, edition_by_code
from expo.errors import Refused
from expo.forums.incoming.rows import kind_of, origin_of, texts_of, track_rows, unique_codes
from expo.forums.incoming.values import Plan
from expo.forums.models import Forum, ProgrammeSettings, Room, Speaker, Talk, TalkSpeaker
from expo.forums.services.placing import Spot, replace
from expo.languages import LANGUAGES
from expo.words import say

USUAL_SEATS = 100
"""Seats of a room of which the file says nothing."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Imported:
    """What an import did: talks that are new, known already, without a place, and no longer in the file."""

    edition: Edition
    new: int
    known: int
    without_place: int
    gone: int


def edition_for(session: Session, plan: Plan, code: str) -> Edition:
    """The edition that a programme goes into: the one of that code, or a new one that is not public yet.

    Refused for a code no edition can have, and for an edition that has talks of which the file holds none.
    Imports under one code take turns until they commit.
    """
    if not re.fullmatch(CODE_PATTERN, code) or len(code) > 40:
        raise Refused(say("A code is made of small letters, digits and single hyphens, like qingdao-2023."))
    if code in RESERVED:
        raise Refused(say("No edition can be called %(code)s: the site has pages there.", code=code))
    session.execute(text("SELECT pg_advisory_xact_lock(hashtext('import'), hashtext(:code))"), {"code": code})
    edition = edition_by_code(session, code)
    if edition is None:
        edition = Edition(code=code, **_about(plan))
        session.add(edition)
        session.flush()
        return edition
    held = set(session.exec(select(Talk.guid).where(Talk.edition_id == edition.id)).all())
    if held and not held & {one.event.guid for one in plan.talks}:
        raise Refused(
            say("The edition %(code)s has another programme already; import under another code.", code=code)
        )
    return edition


def import_programme(
    session: Session, edition: Edition, plan: Plan, progress: Progress = lambda done, total: None
) -> Imported:
    """Bring an edition's programme to what the plan says; talks are known again by their guid.

    Places are a new draft: what was released stays as it is until the next release. A talk that the file no
    longer has is withdrawn.
    """
    steps = 5
    with quietly(session):
        _hours(session, edition, plan)
        progress(1, steps)
        forums = _forums(session, edition, plan)
        rooms = _rooms(session, edition, plan)
        progress(2, steps)
        speakers = _speakers(session, edition, plan)
        talks, new = _talks(session, edition, plan, forums)
        progress(3, steps)
        _parts(session, plan, talks, speakers)
        progress(4, steps)
        spots = {
            talks[one.event.guid][1]: Spot(rooms[one.event.room], one.event.start, False)
            for one in plan.talks
            if one.placed
        }
        session.flush()
        replace(session, edition, spots, kind="import")
        gone = _withdraw(session, edition, {number for number, _ in talks.values()})
    progress(steps, steps)
    done = Imported(edition, new, len(talks) - new, len(talks) - len(spots), gone)
    note(
        session,
        "imported",
        "edition",
        edition.id,
        {"talks": len(talks), "new": new, "without_place": done.without_place, "gone": gone},
        edition.id,
    )
    refresh_statistics(session, "talk", "talk_speaker", "slot", "speaker")
    return done


def _about(plan: Plan) -> dict[str, Any]:
    schedule = plan.schedule
    country = get_global("zone_territories").get(schedule.zone, "")
    money = list(get_territory_currencies(country)) if country else []
    spoken = {one.event.language for one in plan.talks} & set(LANGUAGES)
    return {
        "name": {"en": schedule.title},
        "country": country,
        "timezone": schedule.zone,
        "currency": money[-1] if money else "EUR",
        "languages": [code for code in LANGUAGES if code in spoken | {"en"}],
        "starts_on": schedule.starts_on,
        "ends_on": schedule.ends_on,
        "is_public": False,
    }


def _hours(session: Session, edition: Edition, plan: Plan) -> None:
    schedule = plan.schedule
    if edition.timezone != schedule.zone:
        edition.timezone = schedule.zone
    edition.starts_on, edition.ends_on = schedule.starts_on, schedule.ends_on
    breaks = dict(session.exec(select(Day.date, Day.breaks).where(Day.edition_id == edition.id)).all())
    session.execute(delete(Day).where(Day.edition_id == edition.id))
    session.add_all(
        Day(
            edition_id=edition.id,
            date=day,
            programme_from=since,
            programme_until=until,
            breaks=breaks.get(day, []),
        )
        for day, since, until in plan.days
    )
    settings = session.get(ProgrammeSettings, edition.id)
    if settings is None:
        session.add(ProgrammeSettings(edition_id=edition.id, setup_min=plan.setup_min))
    else:
        settings.setup_min = min(settings.setup_min, plan.setup_min)
    session.flush()


def _forums(session: Session, edition: Edition, plan: Plan) -> dict[str, Any]:
    """Ids by the name of the track; forums are known again by their English name."""
    held = session.exec(select(Forum).where(Forum.edition_id == edition.id)).all()
    found = {forum.name.get("en", ""): forum.id for forum in held}
    rows = track_rows(plan, found, {forum.code for forum in held}, any(forum.is_main for forum in held))
    made = [Forum(edition_id=edition.id, position=len(held) + n, **row) for n, row in enumerate(rows)]
    session.add_all(made)
    session.flush()
    found |= {forum.name["en"]: forum.id for forum in made}
    return {track: found[track or plan.schedule.title] for track in plan.schedule.tracks}


def _rooms(session: Session, edition: Edition, plan: Plan) -> dict[str, str]:
    """Codes by the name of the room; rooms are known again by their English name."""
    held = session.exec(select(Room).where(Room.edition_id == edition.id)).all()
    found = {room.name.get("en", ""): room.code for room in held}
    fresh = [name for name in plan.schedule.rooms if name not in found]
    codes = unique_codes(fresh, "ROOM", set(found.values()))
    session.add_all(
        Room(edition_id=edition.id, code=codes[name], name={"en": name}, capacity=USUAL_SEATS)
        for name in fresh
    )
    return {name: found.get(name) or codes[name] for name in plan.schedule.rooms}


def _speakers(session: Session, edition: Edition, plan: Plan) -> dict[str, Any]:
    """Ids by code."""
    people = {person.code: person for one in plan.talks for person in one.people}
    held = {
        row.code: row for row in session.exec(select(Speaker).where(Speaker.edition_id == edition.id)).all()
    }
    for code, person in people.items():
        if code in held and person.name not in held[code].name.values():
            held[code].name = held[code].name | {"en": person.name}
    made = [
        Speaker(edition_id=edition.id, code=code, name={"en": person.name})
        for code, person in people.items()
        if code not in held
    ]
    session.add_all(made)
    session.flush()
    return {row.code: row.id for row in (*held.values(), *made)}


def _talks(
    session: Session, edition: Edition, plan: Plan, forums: Mapping[str, int]
) -> tuple[dict[Any, tuple[Any, str]], int]:
    """(id, code) by guid, and how many talks are new."""
    held = {row.guid: row for row in session.exec(select(Talk).where(Talk.edition_id == edition.id)).all()}
    taken = {row.code for row in held.values()}
    made: list[Talk] = []
    for one in plan.talks:
        event = one.event
        row = held.get(event.guid)
        if row is None:
            code = unique_codes([event.code], "T", taken, exact=6)[event.code]
            taken.add(code)
            row = Talk(edition_id=edition.id, guid=event.guid, code=code, kind=kind_of(event))
            made.append(row)
        row.forum_id, row.minutes = forums[event.track], event.minutes
        row.title, row.abstract = (
            texts_of(event.title, event.language),
            texts_of(event.abstract, event.language),
        )
        row.language, row.origin = event.language or "en", origin_of(one)
        row.state = "confirmed" if row.state == "withdrawn" else row.state
    session.add_all(made)
    session.flush()
    every = (*held.values(), *made)
    wanted = {one.event.guid for one in plan.talks}
    return {row.guid: (row.id, row.code) for row in every if row.guid in wanted}, len(made)


def _parts(
    session: Session, plan: Plan, talks: Mapping[Any, tuple[int, str]], speakers: Mapping[str, int]
) -> None:
    """Who is at which talk, anew; clashes with places of before are looked for once all places are new."""
    numbers = [number for number, _ in talks.values()]
    session.execute(delete(TalkSpeaker).where(TalkSpeaker.talk_id.in_(numbers)))
    rows = [
        {
            "talk_id": talks[one.event.guid][0],
            "speaker_id": speakers[person.code],
            "role": "speaker",
            "position": n,
        }
        for one in plan.talks
        for n, person in enumerate(one.people, 1)
    ]
    if rows:
        session.execute(insert(TalkSpeaker), rows)


def _withdraw(session: Session, edition: Edition, wanted: set[int]) -> int:
    gone = session.exec(
        select(Talk.id).where(
            Talk.edition_id == edition.id, Talk.id.not_in(wanted), Talk.state != "withdrawn"
        )
    ).all()
    if gone:
        session.execute(update(Talk).where(Talk.id.in_(gone)).values(state="withdrawn"))
    return len(gone)
