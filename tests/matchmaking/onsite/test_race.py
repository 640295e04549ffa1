"""64 connections at once: one table, one person, one seat, one tap, and a no in the middle of it."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool
from sqlmodel import Session, select

from expo.db import driver_url
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer
from matchmaking.meetings.models import Meeting, MeetingHold
from matchmaking.onsite import services
from matchmaking.onsite.models import MeetingAttendance, MeetingNoShow, MeetingOpening
from tests.matchmaking.onsite.making import a_day, a_meeting_now, asks, running

CROWD = 64


@pytest.fixture
def crowd(fresh_database) -> Iterator[Engine]:
    engine = create_engine(driver_url(fresh_database), poolclass=NullPool)
    yield engine
    engine.dispose()


def race(engine: Engine, acts: list[Callable[[Session, Edition], object]]) -> Counter:
    """What came of acts over connections of their own: 'done', or the sentence of the refusal."""
    together, ends = threading.Barrier(len(acts)), []

    def run(act) -> None:
        with Session(engine) as session:
            edition = session.exec(select(Edition)).one()
            together.wait()
            try:
                act(session, edition)
                session.commit()
                ends.append("done")
            except Refused as refused:
                ends.append(str(refused.sentence))

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return Counter(ends)


def numbers(engine: Engine) -> tuple[list, list]:
    with Session(engine) as session:
        return (
            list(session.exec(select(Buyer.id).order_by(Buyer.id))),
            list(session.exec(select(Exhibitor.id).order_by(Exhibitor.id))),
        )


@pytest.mark.parametrize(("same", "tables", "most"), [("table", 1, 1), ("person", 80, 1), ("few", 9, 9)])
def test_walk_ins_race_for_a_table_a_person_and_the_last_tables(crowd, same, tables, most):
    with Session(crowd) as session:
        edition, _, _ = a_day(session, CROWD, CROWD, tables)
        slot = running(edition).number
        session.commit()
    buyers, sellers = numbers(crowd)

    def walk_in(i: int):
        buyer = buyers[0] if same == "person" else buyers[i]
        return lambda session, edition: services.place(
            session, edition, buyer, sellers[i], services.Place(slot)
        )

    ends = race(crowd, [walk_in(i) for i in range(CROWD)])
    assert (ends["done"], ends.total()) == (most, CROWD)
    with Session(crowd) as session:
        assert len(session.exec(select(Meeting)).all()) == most
        assert len(session.exec(select(MeetingHold)).all()) == 3 * most


def test_of_64_who_tap_one_gets_the_seat(crowd):
    with Session(crowd) as session:
        edition, buyers, sellers = a_day(session, CROWD + 1, 1)
        for buyer in buyers[1:]:
            asks(session, buyer, sellers[0])
        opening = services.open_seat(
            session, edition, running(edition).number, "supplier", sellers[0].id, (1, 1)
        )
        opening.asked = [buyer.id for buyer in buyers[1:]]
        session.add(opening)
        session.commit()
        number, asked = opening.id, list(opening.asked)

    def tap(buyer: int):
        return lambda session, edition: services.take(session, edition, number, "buyer", buyer)

    ends = race(crowd, [tap(buyer) for buyer in asked])
    assert ends == {"done": 1, "Somebody was quicker. Look for another one.": CROWD - 1}
    with Session(crowd) as session:
        meeting = session.exec(select(Meeting)).one()
        assert session.exec(select(MeetingOpening)).one().taken_id == meeting.id


def test_both_tap_again_and_again_and_the_meeting_is_held_once(crowd):
    with Session(crowd) as session:
        edition, buyers, sellers = a_day(session)
        number = a_meeting_now(session, edition, buyers[0], sellers[0]).id
        session.commit()

    def tap(side: str):
        def act(session, edition):
            meeting = services.meeting_of(session, edition, number)
            services.arrive(session, edition, meeting, side, at=meeting.starts_at)

        return act

    ends = race(crowd, [tap(side) for side in ("buyer", "supplier") * 16])
    assert ends == {"done": 32}
    with Session(crowd) as session:
        assert session.exec(select(Meeting)).one().state == "held"
        assert len(session.exec(select(MeetingAttendance)).all()) == 2


def test_somebody_comes_in_the_moment_they_are_called_missing(crowd):
    with Session(crowd) as session:
        edition, buyers, sellers = a_day(session)
        number = a_meeting_now(session, edition, buyers[0], sellers[0]).id
        session.commit()

    def come(session, edition):
        meeting = session.get_one(Meeting, number)
        services.arrive(session, edition, meeting, "buyer", at=meeting.starts_at)

    def miss(session, edition):
        meeting = session.get_one(Meeting, number)
        at = meeting.starts_at + timedelta(minutes=20)
        services.miss(session, edition, meeting, {"buyer"}, at=at)

    ends = race(crowd, [come, miss] * 8)
    with Session(crowd) as session:
        came = session.exec(select(MeetingAttendance)).all()
        missed = session.exec(select(MeetingNoShow)).all()
        state = session.exec(select(Meeting)).one().state
    assert (len(came), len(missed), state) in [(1, 0, "planned"), (0, 1, "no_show")]
    assert ends["done"] == 8


def test_as_many_wait_as_there_are_tables_and_each_party_at_one(crowd):
    with Session(crowd) as session:
        edition, _, _ = a_day(session, 8, 1, 6)
        slot = running(edition).number
        session.commit()
    buyers, _sellers = numbers(crowd)

    def waits(i: int):
        return lambda session, edition: services.wait_here(session, edition, "buyer", buyers[i % 8], slot)

    ends = race(crowd, [waits(i) for i in range(24)])
    assert ends["done"] == 6
    with Session(crowd) as session:
        found = session.exec(select(MeetingOpening.buyer_id)).all()
        assert len(set(found)) == len(found) == 6
