"""The days of meetings in the reference edition."""

from sqlmodel import select

from matchmaking.demo.services import live
from matchmaking.onsite.models import MeetingAttendance, MeetingFeedback, MeetingNoShow
from tests.matchmaking.onsite.making import a_day, a_meeting_now


def test_people_came_missed_and_said_something_once(session):
    edition, buyers, sellers = a_day(session)
    a_meeting_now(session, edition, buyers[0], sellers[0], state="held")
    a_meeting_now(session, edition, buyers[1], sellers[1], table=2, state="no_show")
    assert live(session, edition, seed=1)
    assert not live(session, edition, seed=1)
    assert len(session.exec(select(MeetingAttendance)).all()) == 2
    assert len(session.exec(select(MeetingNoShow)).all()) == 1
    assert len(session.exec(select(MeetingFeedback)).all()) <= 2
