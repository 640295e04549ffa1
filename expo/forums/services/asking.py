"""The timetable problem of an edition, read from its rows."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import column, func, table
from sqlalchemy.orm import defer
from sqlmodel import Session, select

from expo.editions.models import Day, Edition
from expo.errors import Refused
from expo.forums.hours import Hours, hours_of
from expo.forums.models import (
    HELD,
    Availability,
    Forum,
    ProgrammeSettings,
    Release,
    ReleasedSlot,
    Room,
    Slot,
    Speaker,
    Talk,
    TalkSpeaker,
    Travel,
)
from expo.forums.timetable import problem as ask
from expo.words import say

CHANGE_PRICE = 20.0
"""What moving a talk away from its released place costs, in the solver's units (listeners)."""

WEIGHTS = ask.Weights(track=60.0)
"""A forum that wanders is worse for people than the solver's own balance says: on the reference edition 60
keeps
96 of 120 talks in their forum's room (15: 69) for 4 % more clashes among starred talks."""

# Who starred what is kept a room above (people know talks, not the reverse). The view holds the stars of
# those known by name or address: a browser, which one program could be a thousand of, asks for nothing.
_star = table("demand", column("follower_id"), column("talk_id"))


def hours_for(session: Session, edition: Edition) -> Hours:
    """The programme hours of the edition. Refused where no day has any."""
    rows = session.exec(
        select(Day.date, Day.programme_from, Day.programme_until, Day.breaks).where(
            Day.edition_id == edition.id
        )
    ).all()
    hours = hours_of(edition.zone_info, [tuple(row) for row in rows])
    if hours is None:
        raise Refused(say("No day has programme hours yet. Give at least one day a first and a last hour."))
    return hours


def problem_of(session: Session, edition: Edition) -> ask.Problem:
    """The timetable to be solved, from the rows as they are. Refused where no day has programme hours."""
    return read_problem(session, edition, hours_for(session, edition))


def read_problem(session: Session, edition: Edition, hours: Hours, *, with_stars: bool = True) -> ask.Problem:
    """The same where the hours are at hand already; without stars it is only good for hard rules."""
    rooms = session.exec(select(Room).where(Room.edition_id == edition.id).order_by(Room.code)).all()
    speakers = session.exec(
        select(Speaker.id, Speaker.code).where(Speaker.edition_id == edition.id).order_by(Speaker.code)
    ).all()
    free = _availability(session, edition, hours)
    rows = _talk_rows(session, edition)
    held = frozenset(talk.code for talk, _ in rows)
    kept = settings_of(session, edition)
    people = _people_codes(session, edition)
    stars = _stars(session, {talk.id: number for number, (talk, _) in enumerate(rows)}) if with_stars else []
    demand: dict[int, int] = defaultdict(int)
    for row in stars:
        for number in row:
            demand[number] += 1
    locks, previous = _places(session, edition, hours)
    return ask.Problem(
        days=hours.days,
        rooms=tuple(
            ask.Room(
                r.code,
                r.capacity,
                r.building,
                frozenset(r.equipment),
                r.booths,
                free["room", r.id],
                r.layouts,
                r.change_min,
            )
            for r in rooms
        ),
        speakers=tuple(ask.Speaker(code, free["speaker", number]) for number, code in speakers),
        talks=tuple(
            _asked(talk, forum, people[talk.id], demand[number], hours, held)
            for number, (talk, forum) in enumerate(rows)
        ),
        fans=ask.Fans.of(stars),
        travel_min=_travel(session, edition, {room.building for room in rooms}, kept.travel_min),
        setup_min=kept.setup_min,
        previous=previous,
        change_price=CHANGE_PRICE if previous else 0.0,
        locks=locks,
        weights=WEIGHTS,
    )


def _talk_rows(session: Session, edition: Edition) -> Sequence[Any]:
    return session.exec(
        select(Talk, Forum.code)
        .join(Forum, Forum.id == Talk.forum_id)
        .where(Talk.edition_id == edition.id, Talk.state.in_(HELD))
        .options(defer(Talk.title), defer(Talk.abstract))  # long, and no rule asks for them
        .order_by(Talk.code)
    ).all()


def settings_of(session: Session, edition: Edition) -> ProgrammeSettings:
    """What holds for the whole programme; the house's own values where nobody said anything."""
    return session.get(ProgrammeSettings, edition.id) or ProgrammeSettings(edition_id=edition.id)


def _travel(
    session: Session, edition: Edition, buildings: set[str], usual: int
) -> dict[tuple[str, str], int]:
    """Minutes between every two buildings: those somebody measured, else the usual ones."""
    found = {(a, b): usual for a in buildings for b in buildings if a < b}
    rows = session.exec(
        select(Travel.one, Travel.other, Travel.minutes).where(Travel.edition_id == edition.id)
    )
    return found | {(one, other): minutes for one, other, minutes in rows}


def _asked(
    talk: Talk, forum: str, people: tuple[str, ...], demand: int, hours: Hours, held: frozenset[str]
) -> ask.Talk:
    day = None if talk.on_date is None else hours.index_of(talk.on_date)
    return ask.Talk(
        code=talk.code,
        forum=forum,
        minutes=talk.minutes,
        people=people,
        demand=demand,
        equipment=frozenset(talk.equipment),
        booths=len(set(talk.interpretation) - {talk.language}),
        after=tuple(code for code in talk.after if code in held),
        fixed_start=None if talk.fixed_start is None else hours.minute(talk.fixed_start),
        fixed_room=talk.fixed_room or None,
        alone=talk.alone,
        days=() if talk.on_date is None else (-1 if day is None else day,),
        layout=talk.layout,
        seats=talk.seats,
        setup_min=talk.setup_min,
    )


def _availability(
    session: Session, edition: Edition, hours: Hours
) -> dict[tuple[str, int], tuple[ask.Span, ...]]:
    """Free spans by ("room" | "speaker", id); () where nothing is said: always."""
    found: dict[tuple[str, int], tuple[ask.Span, ...]] = defaultdict(tuple)
    rows = session.exec(
        select(Availability.room_id, Availability.speaker_id, Availability.during).where(
            Availability.edition_id == edition.id
        )
    ).all()
    for room_id, speaker_id, during in rows:
        key = ("room", room_id) if room_id else ("speaker", speaker_id)
        found[key] += (hours.span(during.lower, during.upper),)
    return found


def _people_codes(session: Session, edition: Edition) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    rows = session.exec(
        select(TalkSpeaker.talk_id, Speaker.code)
        .join(Speaker, Speaker.id == TalkSpeaker.speaker_id)
        .where(Speaker.edition_id == edition.id)
        .order_by(TalkSpeaker.talk_id, Speaker.code)
    ).all()
    for talk_id, code in rows:
        found[talk_id] += (code,)
    return found


def _stars(session: Session, number_of: dict[int, int]) -> list[list[int]]:
    """One list of talk numbers a follower."""
    rows = session.execute(
        select(_star.c.follower_id, _star.c.talk_id)
        .where(_star.c.talk_id.in_(list(number_of)))
        .order_by(_star.c.follower_id, _star.c.talk_id)
    )
    by_follower: dict[int, list[int]] = defaultdict(list)
    for follower_id, talk_id in rows:
        by_follower[follower_id].append(number_of[talk_id])
    return list(by_follower.values())


def pinned_rows(session: Session, edition: Edition) -> Sequence[Any]:
    """(talk code, room code, time range) of every slot the organiser pinned."""
    return session.exec(
        select(Talk.code, Room.code, Slot.during)
        .join(Talk, Talk.id == Slot.talk_id)
        .join(Room, Room.id == Slot.room_id)
        .where(Slot.edition_id == edition.id, Slot.locked)
    ).all()


def _places(
    session: Session, edition: Edition, hours: Hours
) -> tuple[dict[str, ask.Place], dict[str, ask.Place] | None]:
    """Pinned places, and those of the released version (None before the first release)."""
    locks = {code: (room, hours.minute(during.lower)) for code, room, during in pinned_rows(session, edition)}
    latest = select(func.max(Release.id)).where(Release.edition_id == edition.id).scalar_subquery()
    rows = session.exec(
        select(Talk.code, Room.code, ReleasedSlot.during)
        .join(Talk, Talk.id == ReleasedSlot.talk_id)
        .join(Room, Room.id == ReleasedSlot.room_id)
        .where(ReleasedSlot.release_id == latest)
    ).all()
    return locks, {code: (room, hours.minute(during.lower)) for code, room, during in rows} or None
