"""A worker that is killed in the middle of a solve: nothing half-done, and another one takes the solve up."""

import os
import signal

from sqlmodel import Session, func, select

from expo.editions.models import Edition
from expo.forums import services
from expo.forums.models import Slot, TimetableRun
from expo.jobs import services as jobs
from tests.expo.jobs.test_worker import over, rows, wait_for, workers  # noqa: F401
from tests.make import a_forum, a_room, a_talk, an_edition

COMPILED = os.environ["NUMBA_CACHE_DIR"]


def counted(rows: Session, model) -> int:  # noqa: F811
    rows.rollback()
    return rows.exec(select(func.count()).select_from(model)).one()


def test_a_solve_whose_worker_was_killed_leaves_nothing_and_is_taken_up_again(rows, workers):  # noqa: F811
    workers.environment["NUMBA_CACHE_DIR"] = COMPILED
    edition = an_edition(rows)
    a_room(rows, edition, code="HALL", capacity=500)
    a_room(rows, edition, code="SIDE", capacity=50)
    forum = a_forum(rows, edition, code="ENE")
    for number in range(8):
        a_talk(rows, forum, code=f"ENE00{number}", minutes=60)
    asked = {"way": "solve", "seed": 3, "rounds": 3_000_000, "answers": 3, "take": True}
    job = jobs.enqueue(rows, "timetable.solve", edition_id=edition.id, **asked)
    number = edition.id
    rows.commit()
    first = workers.start()
    wait_for(rows, job, lambda job: job.done > asked["rounds"], 90)  # one answer found, at the next
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert (job.state, counted(rows, TimetableRun), counted(rows, Slot)) == ("running", 0, 0)
    workers.start()
    wait_for(rows, job, over, 90)
    assert (job.state, job.attempts, job.result["hard"]) == ("done", 2, 0)
    assert (counted(rows, TimetableRun), counted(rows, Slot)) == (3, 8)
    assert services.violations_now(rows, rows.get_one(Edition, number)) == []
