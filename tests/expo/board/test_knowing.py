"""What is kept of the board in memory says at every moment what reading everything anew would say."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import select

from expo.board import services
from expo.board.asked import Wish
from expo.board.judged import judged, judged_after
from expo.board.services.knowing import with_stars
from expo.errors import Refused
from expo.forums.models import Talk
from expo.forums.services.asking import problem_of, read_problem
from expo.forums.timetable.instances import small
from expo.plan import kept
from tests.expo.board.making import a_small_programme, at, put

SHIFT = (
    "UPDATE slot SET during ="
    " tstzrange(lower(during) + interval '{0} min', upper(during) + interval '{0} min')"
)
PROBLEM = small()
CODES = [talk.code for talk in PROBLEM.talks][:30]
ROOMS = [room.code for room in PROBLEM.rooms]
PLACES = st.none() | st.tuples(st.sampled_from(ROOMS), st.integers(0, 1600))


@settings(deadline=None, max_examples=40)
@given(
    st.dictionaries(st.sampled_from(CODES), PLACES, max_size=30),
    st.lists(st.dictionaries(st.sampled_from(CODES), PLACES, max_size=3), max_size=6),
)
def test_judging_what_moved_says_the_same_as_judging_everything(first, moves):
    places = {code: spot for code, spot in first.items() if spot}
    wrong = judged(PROBLEM, places)
    for moved in moves:
        places = {code: spot for code, spot in {**places, **moved}.items() if spot}
        wrong = judged_after(PROBLEM, places, wrong, moved)
        assert wrong == judged(PROBLEM, places)


@pytest.fixture
def edition(session):
    return a_small_programme(session)


def both(session, edition):
    """What is known, and what is known after everything was forgotten."""
    known = services.known(session, edition)
    kept.forget()
    return known, services.known(session, edition)


def same(session, edition):
    known, anew = both(session, edition)
    assert known.board() == anew.board()
    assert (known.places, known.wrong, known.stamp) == (anew.places, anew.wrong, anew.stamp)
    fresh = read_problem(session, edition, known.hours, with_stars=False)
    assert {**vars(known.problem), "fans": None} == {**vars(fresh), "fans": None}
    assert known.names == anew.names


def test_a_hundred_acts_later_the_same_is_known(session, edition):
    dice = random.Random(4)
    for turn in range(100):
        code = f"TALK0{dice.choice('ABCD')}"
        start = at(dice.choice((15, 16)), dice.randrange(8, 19), dice.randrange(0, 60, 5))
        wish = (
            Wish(code, dice.choice(("HALL", "SIDE")), start)
            if dice.random() < 0.8
            else Wish(code, None, None)
        )
        try:
            if dice.random() < 0.2:
                services.pin(session, edition, [code], dice.random() < 0.4, seen=10**6)
            else:
                services.move(session, edition, [wish], seen=10**6, anyway=True, kind="move")
        except Refused:
            continue
        services.known(session, edition)
        if turn % 9 == 0:
            same(session, edition)
    same(session, edition)


def test_what_was_rolled_back_is_forgotten(session, edition):
    put(session, edition, "TALK0C", "HALL", at(15, 9))
    services.known(session, edition)
    inner = session.begin_nested()
    put(session, edition, "TALK0C", "SIDE", at(15, 11))
    assert services.known(session, edition).places["TALK0C"][0] == "SIDE"
    inner.rollback()
    assert services.known(session, edition).places["TALK0C"][0] == "HALL"
    put(session, edition, "TALK0D", "SIDE", at(15, 12))
    same(session, edition)


def test_whatever_is_changed_elsewhere_is_known_at_once(session, edition):
    put(session, edition, "TALK0A", "HALL", at(15, 9))
    services.known(session, edition)
    for change in (
        "UPDATE talk SET seats = 5000 WHERE code = 'TALK0A'",
        "UPDATE room SET change_min = 7",
        "UPDATE programme_settings SET setup_min = 50",
        "DELETE FROM availability",
        "UPDATE edition_day SET programme_until = '11:00'",
        'UPDATE speaker SET name = \'{"en": "Aigul"}\'',
        "DELETE FROM talk_speaker",
        SHIFT.format(5),
        SHIFT.format(9),
        "DELETE FROM room WHERE code = 'HALL'",
    ):
        session.execute(text(change))
        session.expire_all()
        same(session, edition)


def test_stars_count_as_soon_as_they_are_given(session, edition):
    now = services.known(session, edition)
    assert with_stars(session, edition, now).stars().talks.tolist() == []
    talk = session.exec(select(Talk).where(Talk.code == "TALK0A")).one()
    session.execute(
        text("INSERT INTO follower (edition_id, email, language, wants_mail, made_at)"
             " VALUES (:edition, 'li@example.org', 'en', true, now())"),
        {"edition": edition.id},
    )  # fmt: skip
    session.execute(
        text("INSERT INTO star (follower_id, talk_id, at) SELECT id, :talk, now() FROM follower"),
        {"talk": talk.id},
    )
    starred = with_stars(session, edition, now)
    assert starred.stars().talks.tolist() == problem_of(session, edition).stars().talks.tolist() == [0]
    assert starred.talks[0].demand == 1
