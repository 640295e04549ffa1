"""Real connections racing: one entry for a badge, a limit that holds, counts that add up."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest
from sqlalchemy import text
from sqlmodel import Session

from expo.accounts.tokens import digest
from expo.checkin import services
from expo.checkin.reading import Scan
from expo.checkin.scanned import Scanned
from expo.db import make_engine, plain_url
from tests.expo.checkin.making import a_bearer, a_device, a_gate, a_house

GATES = 32


@pytest.fixture
def engine(fresh_database):
    engine = make_engine(fresh_database)
    yield engine
    engine.dispose()


def at_once(url, tries):
    """Run callables that take a connection, all at the same moment, each on its own."""
    barrier = Barrier(len(tries))

    def one(work):
        with psycopg.connect(plain_url(url), autocommit=True) as connection:
            barrier.wait()
            return work(connection)

    with ThreadPoolExecutor(len(tries)) as pool:
        return list(pool.map(one, tries))


def asked(house, token, gate, scan_id, badge, **more):
    asker = services.Asker(house.edition.id, token=digest(token))
    return lambda connection: services.decide(
        connection, asker, Scan("", gate.id, scan_id, **more), Scanned(person=badge, serial=1)
    )


def ready(engine):
    """A house with 32 gates and as many devices, seen by the test after the session is closed."""
    with Session(engine, expire_on_commit=False) as session:
        house = a_house(session)
        gates = [a_gate(session, house.site, f"G{place}") for place in range(GATES)]
        devices = [a_device(session, house.edition)[1] for _place in range(GATES)]
        session.commit()
    return house, gates, devices


def bearers(engine, house, how_many):
    with Session(engine, expire_on_commit=False) as session:
        people = [a_bearer(session, house)[0].id for _place in range(how_many)]
        session.commit()
    return people


def test_one_badge_at_32_gates_enters_once(engine, fresh_database):
    house, gates, devices = ready(engine)
    (person,) = bearers(engine, house, 1)
    answers = at_once(
        fresh_database,
        [asked(house, devices[i], gates[i], f"s{i}", person) for i in range(GATES)],
    )
    assert sorted(one.verdict for one in answers) == ["ok"] + ["refused"] * (GATES - 1)
    assert {one.reason for one in answers if not one.ok} == {"already_redeemed"}


def test_one_scan_sent_32_times_is_written_once(engine, fresh_database):
    house, gates, devices = ready(engine)
    (person,) = bearers(engine, house, 1)
    answers = at_once(fresh_database, [asked(house, devices[0], gates[0], "same", person)] * GATES)
    assert {(one.id, one.verdict) for one in answers} == {(answers[0].id, "ok")}
    assert sorted(one.replayed for one in answers) == [False] + [True] * (GATES - 1)


def test_an_unreadable_scan_sent_32_times_is_written_once(engine, fresh_database):
    house, gates, devices = ready(engine)
    asker = services.Asker(house.edition.id, token=digest(devices[0]))
    found = Scanned(flaw={"why": "unreadable"})
    work = [lambda c: services.decide(c, asker, Scan("", gates[0].id, "same"), found)] * GATES
    assert len({one.id for one in at_once(fresh_database, work)}) == 1


@pytest.mark.parametrize("limit", [5, 110])
def test_a_limit_that_refuses_is_never_passed(engine, fresh_database, limit):
    house, gates, devices = ready(engine)
    people = bearers(engine, house, limit + 20)
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE gate_area SET people_limit = :limit, when_full = 'refuse' WHERE code = 'SITE'"),
            {"limit": limit},
        )

    def gate(place):
        def work(connection):
            return [
                asked(house, devices[place], gates[place], f"p{person}", person)(connection).verdict
                for person in people[place::GATES]
            ]

        return work

    verdicts = [one for some in at_once(fresh_database, [gate(i) for i in range(GATES)]) for one in some]
    assert (verdicts.count("ok"), verdicts.count("refused")) == (limit, 20)


def test_counts_follow_from_passages_however_people_run_about(engine, fresh_database):
    house, gates, devices = ready(engine)
    people = bearers(engine, house, 6)
    doors = [*gates[:4], house.gates["hall"], house.gates["room"]]

    def gate(place):
        def work(connection):
            for turn in range(30):
                kind = ("entry", "exit")[(turn + place) % 2]
                who, door = people[(turn * 7 + place) % 6], doors[(turn + place) % 6]
                asked(house, devices[place], door, f"t{turn}", who, type=kind)(connection)

        return work

    at_once(fresh_database, [gate(place) for place in range(12)])
    with engine.begin() as connection:
        counted = connection.execute(text(COUNTED)).all()
        connection.execute(text("SELECT gate_place_again(person_id) FROM gate_place"))
        assert connection.execute(text(COUNTED)).all() == counted
        summed = connection.execute(text(SUMMED)).all()
    assert summed == [row for row in counted if row.people]


COUNTED = "SELECT area_id, sum(inside)::bigint AS people FROM gate_count GROUP BY area_id ORDER BY area_id"
SUMMED = """
SELECT a.id AS area_id, count(*) AS people FROM gate_place AS p JOIN gate_area AS i ON i.id = p.area_id
  JOIN gate_area AS a ON a.id = ANY (i.path) GROUP BY a.id ORDER BY a.id
"""


def test_one_code_enrols_one_of_many_devices(engine, fresh_database):
    with Session(engine) as session:
        _device, code = services.make_device(session, a_house(session).edition, "Phone")
        session.commit()

    def work(_connection):
        with Session(engine) as session:
            try:
                services.enrol(session, code)
                session.commit()
            except Exception:
                return False
            return True

    assert sum(at_once(fresh_database, [work] * 8)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE passage SET verdict = 'ok'",
        "DELETE FROM passage",
        "DELETE FROM gate_area WHERE code = 'SITE'",
        "UPDATE gate_area SET parent_id = (SELECT id FROM gate_area WHERE code = 'ROOM') WHERE code = 'HALL'",
        "INSERT INTO gate_count (area_id, day, shard, inside) SELECT id, now(), 1, -1 FROM gate_area",
    ],
)  # fmt: skip
def test_the_database_forbids(engine, fresh_database, statement):
    house, gates, devices = ready(engine)
    (person,) = bearers(engine, house, 1)
    with psycopg.connect(plain_url(fresh_database), autocommit=True) as connection:
        asked(house, devices[0], gates[0], "s", person)(connection)
        with pytest.raises(psycopg.errors.IntegrityError):
            connection.execute(statement)


def test_people_devices_and_editions_may_go(engine, fresh_database):
    house, gates, devices = ready(engine)
    one, two = bearers(engine, house, 2)
    with psycopg.connect(plain_url(fresh_database), autocommit=True) as connection:
        for person in (one, two):
            asked(house, devices[0], gates[0], f"s{person}", person)(connection)
        connection.execute("DELETE FROM badge WHERE person_id = %s", (one,))
        connection.execute("DELETE FROM person WHERE id = %s", (one,))
        connection.execute("DELETE FROM gate_device WHERE id = %s", (house.device.id,))
        rows = connection.execute("SELECT person_id FROM passage ORDER BY id").fetchall()
        left = connection.execute("SELECT sum(inside) FROM gate_count").fetchone()
        assert (rows, left) == ([(None,), (two,)], (1,))
        connection.execute("DELETE FROM edition WHERE id = %s", (house.edition.id,))
        assert connection.execute("SELECT count(*) FROM passage").fetchone() == (0,)
