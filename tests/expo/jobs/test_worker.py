"""Jobs through a real worker in a process of its own: done, refused, stopped, killed and taken up again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from sqlmodel import Session

from expo.db import make_engine
from expo.jobs import services
from expo.jobs.models import Job
from expo.settings import ROOT

# A worker that knows three kinds of work besides the house's own.
WORKER = """
import sys, time
from app import create_app
from expo.errors import Refused
from expo.jobs.handlers import handler
from expo.jobs.worker import work
from expo.words import say

@handler("test.count")
def count(session, job, report):
    for done in range(job.arguments["to"]):
        report.progress(done, job.arguments["to"], objective=done, message=say("Counting to %(to)s", to=9))
        if report.cancelled():
            break
        time.sleep(0.05)
    return {"counted": done + 1}

@handler("test.refuse")
def refuse(session, job, report):
    raise Refused(say("The %(what)s is missing.", what="floor"))

@handler("test.break")
def crash(session, job, report):
    raise RuntimeError("secret detail")

app = create_app(log_level="error")
work(app, sys.argv[1], 1.0)
"""


class Workers:
    """Workers on one database; `start` and `kill` them."""

    def __init__(self, url: str, instance: str):
        self.url = url
        self.environment = os.environ | {"EXPO_DATABASE_URL": url, "EXPO_INSTANCE": instance}
        self.running: list[subprocess.Popen] = []

    def start(self) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER, self.url],
            cwd=ROOT,
            env=self.environment,
            stderr=subprocess.DEVNULL,
        )
        self.running.append(process)
        return process

    def stop(self) -> None:
        for process in self.running:
            process.send_signal(signal.SIGKILL)
            process.wait()


@pytest.fixture
def workers(fresh_database, tmp_path) -> Iterator[Workers]:
    workers = Workers(fresh_database.replace("postgresql+psycopg", "postgresql"), str(tmp_path))
    yield workers
    workers.stop()


@pytest.fixture
def rows(fresh_database) -> Iterator[Session]:
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        yield session
    engine.dispose()


def queue(rows: Session, kind: str, **arguments) -> Job:
    job = services.enqueue(rows, kind, edition_id=None, **arguments)
    rows.commit()
    return job


def wait_for(rows: Session, job: Job, reached, seconds: float = 120) -> Job:
    """The job as soon as `reached(job)` holds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        rows.commit()
        rows.refresh(job)
        if reached(job):
            return job
        time.sleep(0.05)
    raise AssertionError(f"still {job.state}, {job.done} of {job.total}, after {seconds} s")


def over(job: Job) -> bool:
    return job.is_over


def test_a_job_is_done_with_progress_and_result(rows, workers):
    job = queue(rows, "test.count", to=12)
    workers.start()
    wait_for(rows, job, over)
    assert (job.state, job.result, job.done, job.total) == ("done", {"counted": 12}, 12, 12)
    assert job.message == {"message": "Counting to %(to)s", "values": {"to": 9}}
    assert len(job.curve) >= 1


def test_a_refusal_is_said_and_a_crash_keeps_its_details(rows, workers):
    refused, crashed = queue(rows, "test.refuse"), queue(rows, "test.break")
    workers.start()
    wait_for(rows, refused, over)
    wait_for(rows, crashed, over)
    assert (refused.state, refused.error) == ("failed", "The floor is missing.")
    assert crashed.state == "failed"
    assert "secret" not in crashed.error


def test_a_running_job_stops_when_asked_and_keeps_what_it_has(rows, workers):
    job = queue(rows, "test.count", to=2_000)
    workers.start()
    wait_for(rows, job, lambda job: job.done > 0)
    services.cancel(rows, job)
    rows.commit()
    wait_for(rows, job, over)
    assert job.state == "cancelled"
    assert 0 < job.result["counted"] < 2_000


def test_a_job_whose_worker_was_killed_is_finished_by_another(rows, workers):
    job = queue(rows, "test.count", to=40)
    first = workers.start()
    wait_for(rows, job, lambda job: job.done > 0)
    first.send_signal(signal.SIGKILL)
    first.wait()
    workers.start()
    wait_for(rows, job, over)
    assert (job.state, job.result, job.attempts) == ("done", {"counted": 40}, 2)
