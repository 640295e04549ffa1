"""What the database forbids, whoever writes to it; and the job that builds."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.db import make_engine
from expo.forums.jobs import solve
from expo.forums.models import Slot, TalkSpeaker, TimetableRun, between
from expo.jobs.models import Job
from tests.expo.forums.making import at
from tests.make import a_forum, a_room, a_speaker, a_talk, an_edition


class Ear:
    """Hears what a job reports."""

    def __init__(self):
        self.heard = []

    def progress(self, done, total, objective=None, bound=None, message=None):
        self.heard.append((done, total, str(message)))

    def cancelled(self):
        return False


def _placed(session, edition, talk, room, start, end):
    session.add(Slot(edition_id=edition.id, talk_id=talk.id, room_id=room.id, during=between(start, end)))


def test_two_connections_cannot_give_one_room_to_two_talks(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        edition = an_edition(session)
        forum, room = a_forum(session, edition), a_room(session, edition)
        talks = [a_talk(session, forum, minutes=60) for _ in range(2)]
        session.commit()
        ids = edition.id, room.id, [talk.id for talk in talks]

    together = Barrier(2)

    def hold(talk_id: int, start) -> str:
        with Session(engine) as session:
            session.connection()
            together.wait()
            during = between(start, start.replace(hour=10))
            session.add(Slot(edition_id=ids[0], talk_id=talk_id, room_id=ids[1], during=during))
            try:
                session.commit()
            except IntegrityError as error:
                return error.orig.diag.constraint_name
        return ""

    with ThreadPoolExecutor(2) as pool:
        for _ in range(20):
            answers = pool.map(hold, ids[2], (at(15, 9), at(15, 9, 30)))
            assert sorted(answers) == ["", "slot_one_talk_a_room"]
            with Session(engine) as session:
                session.execute(delete(Slot))
                session.commit()
    engine.dispose()


def test_nobody_is_in_two_places_at_once(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        edition = an_edition(session)
        forum, speaker = a_forum(session, edition), a_speaker(session, edition)
        for minute in (0, 15):
            talk, room = a_talk(session, forum), a_room(session, edition)
            session.add(TalkSpeaker(talk_id=talk.id, speaker_id=speaker.id))
            session.flush()
            _placed(session, edition, talk, room, at(15, 9, minute), at(15, 9, minute + 30))
        with pytest.raises(IntegrityError, match="talk_speaker_one_place"):
            session.commit()
    engine.dispose()


def test_the_job_builds_and_says_how_far_it_is(session):
    edition = an_edition(session, seed=7)
    a_room(session, edition)
    forum = a_forum(session, edition)
    for _ in range(3):
        a_talk(session, forum)
    ear = Ear()
    job = Job(kind="timetable.solve", edition_id=edition.id, arguments={"rounds": 1000})
    result = solve(session, job, ear)
    run = session.exec(select(TimetableRun)).one()
    assert (result["run"], result["hard"], run.seed, run.rounds) == (run.id, 0, 7, 1000)
    assert ear.heard[-1] == (1000, 1000, "Moving and swapping talks; nothing collides any more.")
    assert run.taken_at is not None
    assert len(session.exec(select(Slot)).all()) == 3
    assert solve(session, job, ear)["hard"] == 0
