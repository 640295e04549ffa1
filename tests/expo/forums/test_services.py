"""Asking, building, releasing and reading the programme."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from expo.editions.models import Day
from expo.errors import Refused
from expo.forums import services
from expo.forums.models import Availability, Slot, TalkSpeaker, between
from tests.make import a_forum, a_person, a_room, a_speaker, a_talk, an_edition, stars

ZONE = ZoneInfo("Asia/Shanghai")
ROUNDS = 2_000


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2023, 6, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def edition(session):
    """Two rooms, an opening that stands alone, two talks of one speaker, one of nobody."""
    edition = an_edition(session)
    hall = a_room(session, edition, code="HALL", capacity=500, booths=2)
    a_room(session, edition, code="SIDE", capacity=50)
    opening = a_forum(session, edition, code="OPEN", is_main=True, kind="ceremony")
    energy = a_forum(session, edition, code="ENE", hue=2)
    a_talk(
        session, opening, code="OPEN01", kind="ceremony", minutes=60, alone=True,
        fixed_room="HALL", fixed_start=at(15, 9), interpretation=["zh", "ru"],
    )  # fmt: skip
    one = a_talk(session, energy, code="ENE001", minutes=30, on_date=date(2023, 6, 16))
    two = a_talk(session, energy, code="ENE002", minutes=45, after=["ENE001"])
    a_talk(session, energy, code="ENE003", minutes=30)
    speaker = a_speaker(session, edition, code="SP1", name={"en": "Aigul Bekova"})
    for talk in (one, two):
        session.add(TalkSpeaker(talk_id=talk.id, speaker_id=speaker.id))
    session.add(Availability(edition_id=edition.id, room_id=hall.id, during=between(at(15, 9), at(15, 18))))
    for _ in range(3):
        stars(session, a_person(session, edition), one, two)
    session.flush()
    return edition


def test_the_problem_counts_minutes_from_the_first_programme_minute(session, edition):
    problem = services.problem_of(session, edition)
    assert [(day.start, day.end, day.breaks) for day in problem.days] == [
        (0, 540, ((180, 240),)),
        (1440, 1980, ((1620, 1680),)),
    ]
    assert [room.available for room in problem.rooms] == [((0, 540),), ()]
    talks = {talk.code: talk for talk in problem.talks}
    assert (talks["OPEN01"].fixed_start, talks["OPEN01"].fixed_room, talks["OPEN01"].booths) == (0, "HALL", 2)
    assert (talks["ENE001"].days, talks["ENE001"].people, talks["ENE001"].demand) == ((1,), ("SP1",), 3)
    assert talks["ENE002"].after == ("ENE001",)
    assert len(problem.stars()) == 3
    assert problem.previous is None


def test_an_edition_without_programme_hours_is_refused_in_words(session):
    edition = an_edition(session)
    for day in session.exec(select(Day).where(Day.edition_id == edition.id)).all():
        day.programme_from = None
    session.flush()
    with pytest.raises(Refused, match="programme hours"):
        services.problem_of(session, edition)


def test_building_places_every_talk_and_breaks_no_rule(session, edition):
    run = services.build(session, edition, seed=1, rounds=ROUNDS)
    assert (run.hard, run.unplaced) == (0, [])
    assert services.violations_now(session, edition) == []
    slots = {row.talk_id: row for row in session.exec(select(Slot)).all()}
    assert len(slots) == 4
    assert min(slot.starts_at for slot in slots.values()) == at(15, 9)


def test_building_again_leaves_pinned_talks_where_they_are(session, edition):
    services.build(session, edition, seed=1, rounds=ROUNDS)
    slot = session.exec(select(Slot).order_by(Slot.id.desc())).first()
    slot.locked = True
    session.flush()
    before = (slot.id, slot.room_id, slot.starts_at)
    services.build(session, edition, seed=2, rounds=ROUNDS)
    kept = session.get(Slot, before[0])
    assert (kept.id, kept.room_id, kept.starts_at) == before
    assert services.violations_now(session, edition) == []


def test_a_talk_pinned_where_it_cannot_be_is_named(session, edition):
    services.build(session, edition, seed=1, rounds=ROUNDS)
    slot = session.exec(select(Slot)).first()
    slot.locked, slot.during = True, between(at(15, 12), at(15, 12, 30))
    session.flush()
    with pytest.raises(Refused, match="Unpin"):
        services.build(session, edition, seed=1, rounds=ROUNDS)


def test_a_release_keeps_its_places_when_the_draft_changes(session, edition):
    services.build(session, edition, seed=1, rounds=ROUNDS)
    first = services.release(session, edition, note="First")
    before = services.programme(session, edition)
    talk = before.item("ENE003")
    slot = session.exec(select(Slot).where(Slot.talk_id == talk.id)).one()
    slot.during = between(at(15, 17, 30), at(15, 18))
    if talk.start == at(15, 17, 30):
        slot.during = between(at(15, 16), at(15, 16, 30))
    session.flush()
    assert first.version == "1"
    assert services.programme(session, edition) == before
    assert services.release(session, edition).version == "2"
    assert services.programme(session, edition) != before
    assert services.programme(session, edition, "1") == before


def test_a_version_is_released_once(session, edition):
    services.build(session, edition, seed=1, rounds=ROUNDS)
    services.release(session, edition, "1.0")
    with pytest.raises(Refused, match="exists already"):
        services.release(session, edition, "1.0")
    with pytest.raises(Refused, match="letters, digits"):
        services.release(session, edition, "../etc")


def test_nothing_is_released_without_places_or_with_a_broken_rule(session, edition):
    with pytest.raises(Refused, match="No talk has a place"):
        services.release(session, edition)
    services.build(session, edition, seed=1, rounds=ROUNDS)
    slot = session.exec(select(Slot)).first()
    slot.during = between(at(15, 12), at(15, 12, 30))
    session.flush()
    with pytest.raises(Refused, match="breaks"):
        services.release(session, edition)


def test_a_rebuild_after_a_release_changes_nothing_without_need(session, edition):
    services.build(session, edition, seed=1, rounds=ROUNDS)
    services.release(session, edition)
    run = services.build(session, edition, seed=9, rounds=ROUNDS)
    assert run.parts["changes"] == 0


def test_the_programme_is_read_with_its_people_and_in_local_time(session, edition):
    services.build(session, edition, seed=1, rounds=ROUNDS)
    services.release(session, edition)
    programme = services.programme(session, edition)
    assert [item.code for item in programme.items][0] == "OPEN01"
    assert programme.items[0].start.isoformat() == "2023-06-15T09:00:00+08:00"
    assert [part.name for part in programme.item("ENE001").speakers] == [{"en": "Aigul Bekova"}]
    assert [(track.code, track.letter) for track in programme.tracks] == [("OPEN", "A"), ("ENE", "B")]


def test_a_talk_taken_out_is_cancelled_in_the_calendar(session, edition):
    services.build(session, edition, seed=1, rounds=ROUNDS)
    services.release(session, edition)
    gone = services.programme(session, edition).item("ENE003")
    session.delete(session.exec(select(Slot).where(Slot.talk_id == gone.id)).one())
    session.flush()
    services.release(session, edition)
    calendar = services.feed(session, edition, "ics", "https://expo.example").decode()
    event = next(part for part in calendar.split("BEGIN:VEVENT") if str(gone.guid) in part)
    assert "STATUS:CANCELLED" in event
    assert "SEQUENCE:1" in event
    assert calendar.count("STATUS:CONFIRMED") == 3
