"""A programme of another system as an edition: there and back, again, and solved anew."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier
from types import SimpleNamespace

import pytest
from lxml import etree
from sqlmodel import Session, func, select

from expo.db import make_engine
from expo.editions.models import Edition
from expo.editions.services import edition_by_code
from expo.errors import Refused
from expo.forums import services
from expo.forums.incoming.arranging import plan_of
from expo.forums.incoming.reading import schedule_of
from expo.forums.models import Slot, Talk
from expo.jobs.handlers import handler_of
from expo.jobs.models import Job
from tests.expo.forums.incoming.dialects import conference
from tests.make import an_edition
from tests.page import problems
from tests.signing import sign_in

SITE = "https://expo.example"


def brought(session, data: bytes, code: str = "mesh"):
    plan = plan_of(schedule_of(data, "Europe/Berlin"))
    edition = services.edition_for(session, plan, code)
    done = services.import_programme(session, edition, plan)
    session.commit()
    return edition, done


def told(data: bytes) -> set[tuple]:
    """What must come back: everything that other programs go by."""
    root = etree.fromstring(data)
    return {
        (
            event.get("guid"), event.get("id"), event.findtext("date"), event.findtext("start"),
            event.findtext("duration").zfill(5), room.get("name"), event.findtext("title"),
            *(event.findtext(name) or None for name in ("track", "language", "subtitle", "type")),
            tuple((one.get("id"), one.text) for one in event.iterfind("persons/person")), day.get("date"),
            tuple((one.get("href"), one.text) for one in event.iterfind("links/link")),
        )
        for day in root.iter("day") for room in day.iter("room") for event in room.iter("event")
    }  # fmt: skip


@pytest.mark.parametrize("dialect", ["frab", "pretalx"])
def test_what_goes_in_comes_out(session, dialect):
    data = conference(dialect, events=100, rooms=4, days=2)
    edition, done = brought(session, data)
    assert (done.new, done.without_place) == (100, 0)
    services.release(session, edition)
    assert told(services.feed(session, edition, "xml", SITE)) == told(data)


def test_the_same_file_again_changes_nothing(session):
    data = conference("pretalx")
    edition, _ = brought(session, data)
    before = session.exec(
        select(Talk.code, Talk.guid).where(Talk.edition_id == edition.id).order_by(Talk.id)
    ).all()
    again, done = brought(session, data)
    assert (again.id, done.new, done.known, done.gone) == (edition.id, 0, 40, 0)
    assert (
        session.exec(
            select(Talk.code, Talk.guid).where(Talk.edition_id == edition.id).order_by(Talk.id)
        ).all()
        == before
    )
    assert len(session.exec(select(Slot).where(Slot.edition_id == edition.id)).all()) == 40


def test_a_talk_that_is_gone_is_withdrawn_and_comes_back(session):
    edition, _ = brought(session, conference("frab", events=40))
    _, done = brought(session, conference("frab", events=38))
    assert (done.new, done.known, done.gone) == (0, 38, 2)
    _, done = brought(session, conference("frab", events=40))
    assert (done.known, done.gone) == (40, 0)
    assert set(session.exec(select(Talk.state).where(Talk.edition_id == edition.id)).all()) == {"confirmed"}


def test_one_conference_may_be_two_editions(session):
    first, _ = brought(session, conference("frab"), "mesh")
    second, done = brought(session, conference("frab"), "mesh-two")
    assert (first.id != second.id, done.new) == (True, 40)


def test_another_programme_is_not_written_over(session):
    edition, _ = brought(session, conference("frab"))
    plan = plan_of(schedule_of(conference("pentabarf")))
    for code, reason in (
        (edition.code, "another programme"),
        ("No Code", "small letters"),
        ("static", "pages there"),
    ):
        with pytest.raises(Refused, match=reason):
            services.edition_for(session, plan, code)
    assert services.edition_for(session, plan, an_edition(session).code)


def test_a_night_of_a_congress_is_solved_anew_released_and_told(session):
    edition, _ = brought(session, conference("frab", events=120, rooms=3, days=2))
    problem = services.problem_of(session, edition)
    assert (len(problem.talks), len(problem.days), problem.setup_min) == (120, 2, 0)
    assert services.violations_now(session, edition) == []
    run = services.build(session, edition, seed=1, rounds=200_000)
    assert run.hard == 0
    services.release(session, edition)
    days = etree.fromstring(services.feed(session, edition, "xml", SITE)).findall("day")
    assert sum(len(day.findall("room/event")) for day in days) == 120
    assert all(
        day.get("start") <= event.findtext("date") < day.get("end")
        for day in days
        for event in day.iterfind("room/event")
    )


def test_the_page_looks_first_and_then_queues_a_job(client, session):
    address = "/editions/import-schedule"

    def send(data, **more):
        return client.post(address, data={"file": (BytesIO(data), "schedule.xml"), "code": "mesh", **more})

    assert send(conference("frab")).status_code == 401
    sign_in(client, session, role="organiser")
    assert problems(client.get(address).text) == []
    look = send(conference("frab"), dry_run="1")
    assert "40 events" in look.text
    assert "names no time zone" in look.text
    assert edition_by_code(session, "mesh") is None
    assert "no schedule.xml" in send(b"<html/>").text
    queued = send(conference("frab"))
    assert queued.status_code == 302
    assert edition_by_code(session, "mesh") is None, "a job that fails must leave nothing behind"
    assert send(conference("frab")).location == queued.location, "nobody needs two imports under one code"
    assert problems(client.get(queued.location).text) == []
    job = session.exec(select(Job).where(Job.kind == "programme.import")).one()
    report = SimpleNamespace(progress=lambda *done, **more: None)
    told = handler_of("programme.import")(session, job, report)
    job.state, job.result = "done", told
    session.commit()
    assert (told["talks"], told["without_place"], job.edition_id) == (
        40,
        0,
        edition_by_code(session, "mesh").id,
    )
    assert "/mesh/console/timetable" in client.get(queued.location).text
    assert client.get(f"{queued.location}/progress.json").json["state"] == "done"


def test_two_imports_at_once_make_one_edition_with_each_talk_once(fresh_database):
    engine = make_engine(fresh_database)
    plan = plan_of(schedule_of(conference("frab"), "Europe/Berlin"))
    gate = Barrier(3)

    def bring(_number):
        with Session(engine) as session:
            gate.wait(20)
            edition = services.edition_for(session, plan, "mesh")
            done = services.import_programme(session, edition, plan)
            session.commit()
            return done.new

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(bring, range(3))) == [0, 0, 40]
    with Session(engine) as session:
        assert session.exec(select(func.count()).select_from(Edition)).one() == 1
        assert session.exec(select(func.count()).select_from(Slot)).one() == 40
    engine.dispose()
