"""What the agenda is made from."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer
from matchmaking.meetings.models import Meeting
from matchmaking.requests.queries import refused_pairs, wanted
from matchmaking.requests.services import accept, ask, lift, refuse
from matchmaking.requests.wishes import Wish
from tests.matchmaking.meetings.making import a_meeting
from tests.matchmaking.requests.making import a_fair


def standings(session, edition):
    return {
        (one.buyer_id, one.exhibitor_id): (one.standing, one.asked_by) for one in wanted(session, edition)
    }


def test_recommended_asked_and_agreed_pairs_are_wanted_and_refused_ones_are_not(session):
    edition, (ann, bob), (honey, tea) = a_fair(session)
    first = ask(session, edition, ann, honey.id, must=True, wish=Wish(slot=3))
    accept(session, edition, honey, first)
    ask(session, edition, tea, ann.id, wish=Wish(half="pm"))
    ask(session, edition, bob, tea.id)
    refuse(session, edition, tea, bob.id)
    assert standings(session, edition) == {
        (ann.id, honey.id): ("agreed", "buyer"),
        (ann.id, tea.id): ("asked", "supplier"),
        (bob.id, honey.id): ("recommended", None),
    }
    agreed = wanted(session, edition)[0]
    assert (agreed.must, agreed.slot, agreed.half) == (True, 3, None)
    assert refused_pairs(session, edition) == {(bob.id, tea.id)}
    lift(session, edition, tea, bob.id)
    assert (refused_pairs(session, edition), standings(session, edition)[bob.id, tea.id]) == (
        frozenset(),
        ("asked", "buyer"),
    )


def test_two_who_ask_one_another_are_agreed(session):
    edition, (ann, _bob), (honey, _tea) = a_fair(session)
    ask(session, edition, ann, honey.id)
    assert ask(session, edition, honey, ann.id).state == "agreed"
    assert standings(session, edition)[ann.id, honey.id] == ("agreed", "both")


def test_a_refusal_cancels_the_planned_meeting_and_forbids_another(session):
    edition, (ann, _bob), (honey, _tea) = a_fair(session)
    buyer, exhibitor = session.get_one(Buyer, ann.id), session.get_one(Exhibitor, honey.id)
    planned = a_meeting(session, buyer, exhibitor)
    refuse(session, edition, honey, ann.id)
    session.refresh(planned)
    assert planned.state == "cancelled"
    with pytest.raises(IntegrityError, match="refused_pair_never_meets|do not meet"), session.begin_nested():
        planned.state = "planned"
        session.add(planned)
        session.flush()
    session.refresh(planned)
    session.delete(planned)
    session.flush()
    with pytest.raises(IntegrityError, match="do not meet"), session.begin_nested():
        a_meeting(session, buyer, exhibitor, slot=2)
    assert session.exec(select(Meeting)).all() == []
