"""Two organisers at the same moment, over real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import Session, select

from expo.board import services
from expo.board.asked import Wish
from expo.db import make_engine
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import SlotChange, TimetableAct
from expo.forums.services import Stale
from tests.expo.board.making import a_small_programme, at


@pytest.fixture
def fair(fresh_database):
    """An engine and the number of an edition."""
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        edition = a_small_programme(session)
        session.commit()
        number = edition.id
    yield engine, number
    engine.dispose()


def race(fair, wishes):
    """Everybody moves at once, having seen the empty board; what each was answered."""
    engine, number = fair
    gate = Barrier(len(wishes))

    def one(pair):
        who, wish = pair
        with Session(engine) as session:
            session.info.update(user_id=who, actor=f"User {who}")
            edition = session.get_one(Edition, number)
            gate.wait(10)
            try:
                services.move(session, edition, [wish], seen=0, anyway=False, kind="move")
                session.commit()
            except Refused as refused:
                return type(refused).__name__
        return "moved"

    with ThreadPoolExecutor(len(wishes)) as pool:
        return sorted(pool.map(one, enumerate(wishes, 1)))


def acts(fair):
    with Session(fair[0]) as session:
        return session.exec(
            select(TimetableAct.revision, SlotChange.talk_code)
            .join(SlotChange, SlotChange.act_id == TimetableAct.id)
            .order_by(TimetableAct.revision)
        ).all()


def test_of_two_who_move_the_same_talk_one_is_told_that_it_was_late(fair):
    answers = race(fair, [Wish("TALK0C", "HALL", at(15, 9)), Wish("TALK0C", "SIDE", at(15, 10))])
    assert answers == [Stale.__name__, "moved"]
    assert acts(fair) == [(1, "TALK0C")]


def test_of_two_who_fill_the_same_place_one_is_refused(fair):
    answers = race(fair, [Wish("TALK0C", "HALL", at(15, 9)), Wish("TALK0D", "HALL", at(15, 9, 10))])
    assert answers == ["Refused", "moved"]


def test_of_two_who_need_the_same_person_one_is_refused(fair):
    answers = race(fair, [Wish("TALK0A", "HALL", at(15, 9)), Wish("TALK0B", "SIDE", at(15, 9, 10))])
    assert answers == ["Refused", "moved"]


def test_different_talks_get_numbers_without_a_hole(fair):
    wishes = [
        Wish(f"TALK0{c}", "HALL", at(15, hour)) for c, hour in zip("ABCD", (9, 10, 11, 14), strict=True)
    ]
    assert race(fair, wishes) == ["moved"] * 4
    assert [number for number, _talk in acts(fair)] == [1, 2, 3, 4]
