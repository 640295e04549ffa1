"""The requests of the reference edition: in every state, within the rules, once."""

from collections import Counter

from sqlmodel import select

from matchmaking.demo.services import ask_around
from matchmaking.phases import services as phases
from matchmaking.requests.models import MeetingRefusal, MeetingRequest
from tests.matchmaking.requests.making import a_fair


def test_people_have_asked_each_other_in_every_state_and_can_go_on(session):
    edition, (ann, *_others), (honey, *_more) = a_fair(session, 5, 5)
    made = ask_around(session, edition, 7, buyers={ann.id}, exhibitors={honey.id})
    states = Counter(row.state for row in session.exec(select(MeetingRequest)))
    assert (made, sum(states.values())) == (25, 25)
    assert set(states) == {"open", "agreed", "lapsed", "withdrawn"}
    assert session.exec(select(MeetingRefusal)).first() is not None
    assert phases.is_open(session, edition, "requests")
    assert ask_around(session, edition, 7, buyers=set(), exhibitors=set()) == 0
