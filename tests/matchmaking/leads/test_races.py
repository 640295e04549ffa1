"""Many phones of a stand at once: one lead, numbers without holes, nothing twice."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlmodel import Session, select

from expo.badges.queries import ring_of
from expo.db import make_engine
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from matchmaking.leads.marks import read_scan
from matchmaking.leads.models import Lead, LeadLetter, LeadVisit
from matchmaking.leads.services import Scanner, Sending, capture, save_letter, send
from tests.matchmaking.leads.staged import NOON, a_stand, a_visitor, scanned


def test_twelve_phones_scan_two_visitors_each_scan_sent_twice(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        edition, exhibitor = a_stand(session)
        secrets = [a_visitor(session, edition)[1] for _ in range(2)]
        ids = edition.id, exhibitor.id
        session.commit()
    gate = Barrier(12, timeout=30)

    def scan(place: int) -> None:
        with Session(engine) as session:
            edition, exhibitor = session.get_one(Edition, ids[0]), session.get_one(Exhibitor, ids[1])
            raw = {"scan_id": f"scan-{place // 2:08d}", "secret": secrets[place // 2 % 2]}
            ring = ring_of(session, edition)
            gate.wait()
            capture(session, edition, Scanner(exhibitor, "A"), read_scan(raw, NOON), ring)
            session.commit()

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(scan, range(12)))
    with Session(engine) as session:
        leads = session.exec(select(Lead).order_by(Lead.number)).all()
        scans = [visit.scan_id for visit in session.exec(select(LeadVisit)).all()]
        assert ([lead.number for lead in leads], len(scans), len(set(scans))) == ([1, 2], 6, 6)
        assert [lead.visits for lead in leads] == [1, 1]
    engine.dispose()


def test_two_letters_sent_at_once_reach_nobody_twice_a_day(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        edition, exhibitor = a_stand(session)
        _person, secret = a_visitor(session, edition)
        scanned(session, edition, exhibitor, secret=secret)
        letters = [
            save_letter(session, exhibitor, None, name, {"en": name}, {"en": "Hello"}).id
            for name in ("One", "Two")
        ]
        ids = edition.id, exhibitor.id, session.exec(select(Lead.id)).one()
        session.commit()
    gate = Barrier(2, timeout=30)

    def write(letter: int) -> int:
        with Session(engine) as session:
            edition, exhibitor = session.get_one(Edition, ids[0]), session.get_one(Exhibitor, ids[1])
            ready = [Sending(ids[2], 1, "a@x.example", "en", "Hello", "Hello", "")]
            gate.wait()
            count = send(session, edition, exhibitor, session.get_one(LeadLetter, letter), ready)
            time.sleep(0.3)  # the other one looks meanwhile
            session.commit()
            return count

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(write, letters)) == [0, 1]
    engine.dispose()
