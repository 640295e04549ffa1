"""Many at once: caps hold, one request a pair, a no and a yes do not pass each other, nobody twice a slot."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, select

from expo.db import make_engine
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer
from matchmaking.meetings.models import Delegate, Meeting
from matchmaking.requests.models import MeetingRefusal, MeetingRequest, RequestSettings
from matchmaking.requests.services import accept, ask, refuse, withdraw
from matchmaking.requests.wishes import Wish
from tests.matchmaking.meetings.making import a_meeting
from tests.matchmaking.requests.making import a_fair

AT_ONCE = 64
CONNECTIONS = 12  # at a time: a server takes no more beside other tests


def race(url: str, work: Callable[[Session, int], object], times: int = AT_ONCE) -> Counter:
    """Work done by many at once; outcomes counted, refusals by their sentence, lost races as "race"."""
    engine = make_engine(url)
    gate = Barrier(CONNECTIONS, timeout=60)

    def one(number: int) -> str:
        if number < CONNECTIONS:
            gate.wait()
        with Session(engine) as session:
            try:
                work(session, number)
                session.commit()
            except Refused as refused:
                session.rollback()
                return str(refused.sentence)
            except OperationalError:
                session.rollback()
                return "race"
            return "done"

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        found = Counter(pool.map(one, range(times)))
    engine.dispose()
    return found


def made(url: str, buyers: int, exhibitors: int, **rules):
    """A fair that every connection sees."""
    engine = make_engine(url)
    with Session(engine, expire_on_commit=False) as session:
        edition, some, others = a_fair(session, buyers, exhibitors)
        if rules:
            session.add(RequestSettings(edition_id=edition.id, **rules))
        session.commit()
    engine.dispose()
    return edition.id, some, others


def test_caps_hold_however_many_ask_at_once(fresh_database):
    number, (ann,), sellers = made(fresh_database, 1, 30, open_buyer=7, must_buyer=2)

    def work(session: Session, place: int):
        edition = session.get_one(Edition, number)
        ask(session, edition, ann, sellers[place % 30].id, must=place % 2 == 0)

    race(fresh_database, work)
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        rows = session.exec(select(MeetingRequest)).all()
        assert (len(rows), sum(row.asker_must for row in rows) <= 2) == (7, True)
    engine.dispose()


def test_two_sides_who_ask_each_other_at_once_agree_once(fresh_database):
    number, (ann,), (honey,) = made(fresh_database, 1, 1)

    def work(session: Session, place: int):
        edition = session.get_one(Edition, number)
        me, them = (ann, honey) if place % 2 else (honey, ann)
        ask(session, edition, me, them.id)

    found = race(fresh_database, work)
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        rows = session.exec(select(MeetingRequest)).all()
        assert [(row.state, row.by_both) for row in rows] == [("agreed", True)]
    assert set(found) <= {"done", "You have agreed to meet them already."}
    engine.dispose()


def test_a_yes_a_no_and_a_withdrawal_at_once_leave_no_agreement(fresh_database):
    number, (ann,), (honey,) = made(fresh_database, 1, 1)
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        first = ask(session, session.get_one(Edition, number), ann, honey.id).id
        session.commit()

    def work(session: Session, place: int):
        edition, request = session.get_one(Edition, number), session.get_one(MeetingRequest, first)
        if place == 5:
            refuse(session, edition, honey, ann.id)
        elif place % 2 or place < 40:
            accept(session, edition, honey, request)
        else:
            withdraw(session, edition, ann, request)

    race(fresh_database, work)
    with Session(engine) as session:
        assert len(session.exec(select(MeetingRefusal)).all()) == 1
        assert {row.state for row in session.exec(select(MeetingRequest))} & {"agreed"} == set()
    engine.dispose()


def test_a_meeting_and_a_no_at_once_never_leave_a_planned_meeting(fresh_database):
    number, buyers, (honey,) = made(fresh_database, 32, 1)

    def work(session: Session, place: int):
        ann = buyers[place // 2]
        if place % 2:
            refuse(session, session.get_one(Edition, number), honey, ann.id)
        else:
            buyer, exhibitor = session.get_one(Buyer, ann.id), session.get_one(Exhibitor, honey.id)
            a_meeting(session, buyer, exhibitor, slot=place // 2 + 1, table_number=place // 2 + 1)

    engine = make_engine(fresh_database)
    _ignoring_rules(fresh_database, work)
    with Session(engine) as session:
        planned = session.exec(select(Meeting.buyer_id).where(Meeting.state == "planned")).all()
        refused = session.exec(select(MeetingRefusal.buyer_id)).all()
        assert (set(planned) & set(refused), len(refused)) == (set(), 32)
    engine.dispose()


def _ignoring_rules(url: str, work) -> None:
    def calm(session: Session, place: int):
        try:
            work(session, place)
        except IntegrityError:
            session.rollback()

    race(url, calm)


@pytest.mark.parametrize(("people", "agreed"), [([], 1), ([[], [3], []], 2)])
def test_a_slot_is_agreed_as_often_as_a_party_has_people_there(fresh_database, people, agreed):
    number, buyers, (honey,) = made(fresh_database, 12, 1)
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        edition = session.get_one(Edition, number)
        session.add_all(
            Delegate(edition_id=number, exhibitor_id=honey.id, name="Wang", unavailable=away)
            for away in people
        )
        session.flush()
        ids = [ask(session, edition, one, honey.id, wish=Wish(slot=3)).id for one in buyers]
        session.commit()

    def work(session: Session, place: int):
        accept(session, session.get_one(Edition, number), honey, session.get_one(MeetingRequest, ids[place]))

    found = race(fresh_database, work, 12)
    with Session(engine) as session:
        kept = session.exec(select(MeetingRequest.slot).where(MeetingRequest.state == "agreed")).all()
    assert (kept, found["done"], sum(found.values())) == ([3] * agreed, agreed, 12)
    engine.dispose()
