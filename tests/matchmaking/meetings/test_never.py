"""Nobody is in two meetings at once: the database refuses it, raced over real connections."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.db import make_engine
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer
from matchmaking.meetings.models import Meeting
from tests.make import a_buyer, an_edition, an_exhibitor
from tests.matchmaking.meetings.making import a_meeting


@pytest.fixture
def engine(fresh_database) -> Iterator[Engine]:
    engine = make_engine(fresh_database)
    yield engine
    engine.dispose()


def two_of_each(engine: Engine) -> None:
    with Session(engine) as session:
        edition = an_edition(session)
        for _ in range(2):
            a_buyer(session, edition)
            an_exhibitor(session, edition)
        session.commit()


def race(engine: Engine, meetings: list[tuple[int, int, int, int]]) -> list[str]:
    """Each (buyer, exhibitor, slot, table) over a connection of its own, at once: what came of them."""
    together, ends = threading.Barrier(len(meetings)), []

    def book(buyer: int, exhibitor: int, slot: int, table: int) -> None:
        with Session(engine) as session:
            buyers = session.exec(select(Buyer).order_by(Buyer.id)).all()
            exhibitors = session.exec(select(Exhibitor).order_by(Exhibitor.id)).all()
            together.wait()
            try:
                a_meeting(session, buyers[buyer], exhibitors[exhibitor], slot, table_number=table)
                session.commit()
                ends.append("held")
            except IntegrityError as error:
                ends.append(error.orig.diag.constraint_name)

    threads = [threading.Thread(target=book, args=one) for one in meetings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(ends)


@pytest.mark.parametrize(
    ("second", "constraint"),
    [
        ((0, 1, 1, 2), "uq_meeting_edition_id_buyer_id_slot"),
        ((1, 0, 1, 2), "uq_meeting_edition_id_exhibitor_id_slot"),
        ((1, 1, 1, 1), "uq_meeting_edition_id_table_number_slot"),
        ((0, 0, 2, 2), "uq_meeting_edition_id_buyer_id_exhibitor_id"),
    ],
)
def test_a_person_a_table_and_a_pair_are_booked_once(engine, second, constraint):
    two_of_each(engine)
    assert race(engine, [(0, 0, 1, 1), second]) == ["held", constraint]


def test_meetings_that_share_nothing_are_both_held(engine):
    """The control: the race itself does no harm."""
    two_of_each(engine)
    assert race(engine, [(0, 0, 1, 1), (1, 1, 1, 2)]) == ["held", "held"]
    with Session(engine) as session:
        assert len(session.exec(select(Meeting)).all()) == 2
