"""The figures of the dashboard are what the rows say."""

from datetime import time

import pytest

from expo.forums.models import Slot, between
from expo.stars.models import Star
from matchmaking.console import queries
from matchmaking.console.queries import Solved
from tests.make import a_forum, a_person, a_room, a_talk, an_edition, stars


@pytest.fixture
def edition(session):
    return an_edition(session, timezone="Asia/Kolkata")


def a_slot(session, edition, start: time, end: time, people):
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    talk, room = a_talk(session, a_forum(session, edition), minutes=minutes), a_room(session, edition)
    during = between(edition.instant(edition.starts_on, start), edition.instant(edition.starts_on, end))
    session.add(Slot(edition_id=edition.id, talk_id=talk.id, room_id=room.id, during=during))
    session.flush()
    for follower in people:
        session.add(Star(follower_id=follower.id, talk_id=talk.id))
    session.flush()


def test_who_starred_two_talks_of_an_hour_is_counted_once_in_local_hours(session, edition):
    one, two, three = (stars(session, a_person(session, edition)) for _ in range(3))
    a_slot(session, edition, time(9, 30), time(11), [one, two])
    a_slot(session, edition, time(10), time(10, 45), [two, three])
    found = [(hour.hour, hour.minute, people) for hour, people in queries.crowds(session, edition)]
    assert found == [(9, 0, 2), (10, 0, 3)]


def test_no_talks_no_hours(session, edition):
    assert queries.crowds(session, edition) == []


def test_the_gap_is_a_share_of_the_bound(edition):
    assert Solved(1, 95.0, 100.0, 0, edition.starts_on).gap == pytest.approx(0.05)
    assert Solved(1, 95.0, None, 0, edition.starts_on).gap is None
