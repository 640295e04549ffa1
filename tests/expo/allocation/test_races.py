"""Many people at once: publishing, taking back, locking and giving; and a process killed in the middle."""

import os
import signal
import subprocess
import sys
import threading

from sqlalchemy import create_engine, text
from sqlmodel import Session, select

from expo.allocation import queries, services
from expo.allocation.models import AllocationRun, Allotment, Publication
from expo.db import plain_url
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.settings import ROOT
from expo.venue.models import Stand
from tests.expo.allocation.rows import a_fair, a_firm

CONNECTIONS = 32


def at_once(engine, verbs) -> list[str]:
    """Each verb on a connection of its own, all let go together: "" or the sentence of its refusal."""
    gate, answers = threading.Barrier(len(verbs), timeout=60), {}

    def run(i, verb):
        with Session(engine) as session:
            gate.wait()
            try:
                verb(session)
                session.commit()
                answers[i] = ""
            except Refused as refused:
                session.rollback()
                answers[i] = str(refused)
            except Exception as error:
                session.rollback()
                answers[i] = f"!{type(error).__name__}: {error}"

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[i] for i in range(len(verbs))]


def test_thirty_two_people_at_once_leave_one_consistent_plan(fresh_database):
    engine = create_engine(fresh_database, pool_size=CONNECTIONS, max_overflow=4)
    with Session(engine) as session:
        fair = a_fair(session)
        firms = [a_firm(session, fair, f"X{i}", wishes=[("corner", "")]).id for i in range(4)]
        late = a_firm(session, fair, "LATE", state="draft")
        runs = [services.solve(session, fair.edition, seed, 100).id for seed in (1, 2)]
        late.state = "accepted"
        edition, stand, newcomer = fair.edition.id, fair.stands["B-06"].id, late.id
        session.commit()

    def publish(number):
        return lambda s: services.publish(s, s.get(AllocationRun, number))

    def withdraw(s):
        services.withdraw(s, s.get(Edition, edition), "A test.")

    def lock(i):
        return lambda s: services.lock(s, s.get(Exhibitor, firms[i]))

    def unlock(i):
        return lambda s: services.unlock(s, s.get(Exhibitor, firms[i]))

    def give(s):
        services.give_stand(s, s.get(Stand, stand), s.get(Exhibitor, newcomer))

    verbs = [
        publish(runs[0]),
        publish(runs[1]),
        withdraw,
        lock(0),
        unlock(0),
        lock(1),
        give,
        publish(runs[0]),
    ]
    answers = at_once(engine, verbs * (CONNECTIONS // len(verbs)))
    assert [answer for answer in answers if answer.startswith("!")] == []
    with Session(engine) as session:
        allotted = session.exec(select(Allotment.stand_id)).all()
        published = session.exec(select(AllocationRun).where(AllocationRun.state == "published")).all()
        numbers = session.exec(select(Publication.number).order_by(Publication.number)).all()
        current = queries.occupied(session, session.get(Edition, edition))
        assert len(set(allotted)) == len(allotted)
        assert list(numbers) == list(range(1, len(numbers) + 1))
        assert len(published) <= 1
        for run in published:
            assert all(set(stands) <= set(current[code]) for code, stands in run.placements.items())
    engine.dispose()


KILLED = """
import sys, time
from sqlalchemy import create_engine, event
from sqlmodel import Session
from expo.schema import load_all_models
load_all_models()
from expo.allocation import services
from expo.allocation.models import AllocationRun
from expo.db import driver_url
engine = create_engine(driver_url(sys.argv[1]))

@event.listens_for(engine, "after_cursor_execute")
def stop(connection, cursor, statement, parameters, context, many):
    if statement.startswith("INSERT INTO allotment"):
        print("half done", flush=True)
        time.sleep(60)

with Session(engine) as session:
    services.publish(session, session.get(AllocationRun, int(sys.argv[2])))
    session.commit()
"""


def test_a_process_killed_while_publishing_leaves_the_former_plan(fresh_database):
    engine = create_engine(fresh_database)
    with Session(engine) as session:
        fair = a_fair(session)
        a_firm(session, fair, "X", wishes=[("stand", "A-01")])
        services.publish(session, services.solve(session, fair.edition, 1, 100))
        a_firm(session, fair, "Y", points=9, wishes=[("stand", "A-02")])
        second = services.solve(session, fair.edition, 1, 100).id
        edition = fair.edition.id
        session.commit()
    arguments = [sys.executable, "-c", KILLED, plain_url(fresh_database), str(second)]
    process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "half done\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with Session(engine) as session:
        session.execute(text("SET lock_timeout = '20s'"))
        assert queries.occupied(session, session.get(Edition, edition)) == {"X": ["A-01"]}
        services.publish(session, session.get(AllocationRun, second))
        assert queries.occupied(session, session.get(Edition, edition)).keys() == {"X", "Y"}
    engine.dispose()


def test_a_stand_is_given_once_though_many_reach_for_it(fresh_database):
    engine = create_engine(fresh_database)
    with Session(engine) as session:
        fair = a_fair(session)
        firms = [a_firm(session, fair, f"X{i}").id for i in range(6)]
        stand = fair.stands["A-01"].id
        session.commit()

    def reach(firm):
        return lambda session: services.give_stand(
            session, session.get(Stand, stand), session.get(Exhibitor, firm)
        )

    answers = at_once(engine, [reach(firm) for firm in firms])
    with Session(engine) as session:
        assert len(session.exec(select(Allotment)).all()) == 1
    engine.dispose()
    assert answers.count("") == 1
    assert sum(answer.startswith("Stand A-01 is taken by Firm") for answer in answers) == 5


def test_of_two_runs_published_at_once_one_whole_plan_remains(fresh_database):
    engine = create_engine(fresh_database)
    with Session(engine) as session:
        fair = a_fair(session)
        for i in range(5):
            a_firm(session, fair, f"X{i}", wishes=[("corner", "")])
        first = services.solve(session, fair.edition, 1, 200)
        others = {code: [f"B-0{i + 1}"] for i, code in enumerate(first.placements)}
        runs = [first, AllocationRun(**first.model_dump(exclude={"id", "placements"}), placements=others)]
        session.add(runs[1])
        session.flush()
        numbers = [run.id for run in runs]
        edition = fair.edition
        session.commit()
        session.refresh(edition)

        def publish(number):
            return lambda own: services.publish(own, own.get(AllocationRun, number))

        assert at_once(engine, [publish(number) for number in numbers]) == ["", ""]
        session.expire_all()
        (published,) = session.exec(select(AllocationRun).where(AllocationRun.state == "published"))
        assert queries.occupied(session, edition) == published.placements
        assert sorted(row.state for row in queries.runs(session, edition)) == ["published", "superseded"]
    engine.dispose()
