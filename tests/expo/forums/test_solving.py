"""Solves are kept as they were, explain themselves, can be repeated, compared and taken over."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from expo.errors import Refused
from expo.forums import services
from expo.forums.models import Availability, Room, Slot, Talk, TalkSpeaker, TimetableRun, between
from expo.forums.services import Asked
from tests.make import a_forum, a_room, a_speaker, a_talk, an_edition
from tests.signing import sign_in

ZONE = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2023, 6, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def edition(session):
    edition = an_edition(session)
    a_room(session, edition, code="HALL", capacity=500)
    a_room(session, edition, code="SIDE", capacity=50)
    forum = a_forum(session, edition, code="ENE")
    for number in range(4):
        a_talk(session, forum, code=f"ENE00{number}", minutes=60)
    session.flush()
    return edition


def slots(session) -> int:
    return len(session.exec(select(Slot)).all())


def test_a_solve_changes_nothing_until_it_is_taken_over(session, edition):
    run = services.solve(session, edition, Asked(seed=3, rounds=2_000))
    assert (run.hard, len(run.places), slots(session), run.taken_at) == (0, 4, 0, None)
    services.take(session, edition, run)
    assert slots(session) == 4
    assert run.taken_at is not None
    assert services.violations_now(session, edition) == []


def test_the_same_answer_comes_out_again_also_after_the_rows_have_changed(session, edition):
    run = services.solve(session, edition, Asked(seed=3, rounds=2_000))
    session.exec(select(Room).where(Room.code == "SIDE")).one().capacity = 9
    session.flush()
    assert services.repeat(session, run) == 0
    assert run.repeated_at is not None


def test_an_answer_that_no_longer_holds_is_not_taken_over(session, edition):
    run = services.solve(session, edition, Asked(seed=3, rounds=2_000))
    for room in session.exec(select(Room)).all():
        session.add(
            Availability(edition_id=edition.id, room_id=room.id, during=between(at(18, 9), at(18, 10)))
        )
    session.flush()
    with pytest.raises(Refused, match="no longer holds"):
        services.take(session, edition, run)
    assert slots(session) == 0


def test_what_was_answered_stays_as_it_is(session, edition):
    run = services.solve(session, edition, Asked(seed=3, rounds=2_000))
    run.total = 1.0
    with pytest.raises(IntegrityError, match="timetable_answer_stays"):
        session.flush()


def test_a_repair_moves_only_what_must_move_and_says_that_it_is_proven(session, edition):
    services.build(session, edition, seed=1, rounds=2_000)
    slot = session.exec(select(Slot)).first()
    talk = session.get_one(Talk, slot.talk_id)
    speaker = a_speaker(session, edition, code="SP1")
    session.add(TalkSpeaker(talk_id=talk.id, speaker_id=speaker.id))
    late = between(slot.during.upper, at(16, 18))
    session.add(Availability(edition_id=edition.id, speaker_id=speaker.id, during=late))
    session.flush()
    run = services.solve(session, edition, Asked("replan", seed=1, rounds=2_000))
    assert (run.moved, run.proven, run.hard) == ([talk.code], True, 0)
    services.take(session, edition, run)
    assert services.violations_now(session, edition) == []


def test_what_cannot_be_is_explained_with_proposals(session, edition):
    talk = session.exec(select(Talk).where(Talk.code == "ENE000")).one()
    talk.equipment = ["stage"]
    session.flush()
    run = services.solve(session, edition, Asked(seed=1, rounds=2_000))
    assert run.unplaced == ["ENE000"]
    assert [one["code"] for one in run.reasons] == ["no_room_equipped"]
    assert [(one["code"], one["talk"], one["proven"]) for one in run.proposals] == [("bring", "ENE000", True)]


def test_the_organiser_looks_at_compares_and_takes_an_answer_over(client, session, edition):
    runs = [services.solve(session, edition, Asked(seed=seed, rounds=2_000)) for seed in (1, 2)]
    sign_in(client, session, role="organiser", edition=edition)
    home = f"/{edition.code}/console/timetable/solves"
    page = client.get(f"{home}/{runs[0].id}")
    assert page.status_code == 200
    assert "What moves" in page.text
    compared = client.get(f"{home}/compare?run={runs[0].id}&run={runs[1].id}")
    assert compared.status_code == 200
    assert "Elsewhere than in the first" in compared.text
    assert client.get(f"{home}/compare?run={runs[0].id}").status_code == 302
    assert client.post(f"{home}/{runs[0].id}/take").status_code == 302
    assert slots(session) == 4
    assert client.get(f"{home}/999999").status_code == 404
    assert client.get(f"{home}/99999999999").status_code == 404
    assert (
        client.post(f"/{edition.code}/console/timetable/replan", data={"replan-seed": "1"}).status_code == 200
    )


def test_solves_are_for_organisers(client, session, edition):
    run = services.solve(session, edition, Asked(seed=1, rounds=1_000))
    sign_in(client, session, role="finance", edition=edition)
    address = f"/{edition.code}/console/timetable/solves/{run.id}"
    assert client.get(address).status_code == 403
    assert client.post(f"{address}/take").status_code == 403
    assert session.exec(select(TimetableRun)).one().taken_at is None
