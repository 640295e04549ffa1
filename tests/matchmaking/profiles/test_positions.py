"""Numbers of needs: what a meeting is about stays what it was made for."""

from sqlmodel import select

from matchmaking.catalogue.models import Need
from matchmaking.onsite.queries import agendas
from matchmaking.profiles.services import add_need, remove_need, take_needs
from matchmaking.profiles.terms import Wish
from tests.make import a_buyer, a_need, an_edition, an_exhibitor
from tests.matchmaking.meetings.making import a_meeting

CARS = Wish("8703", {"en": "Cars"})


def a_meeting_about_honey(session):
    """(edition, buyer, its only need, the number of its meeting)."""
    edition = an_edition(session)
    buyer = a_buyer(session, edition)
    need = a_need(session, buyer, hs="0409", position=1, text={"en": "Honey"})
    meeting = a_meeting(session, buyer, an_exhibitor(session, edition), need_position=1)
    return edition, buyer, need, meeting.id


def about(session, edition, number):
    return agendas.lines(session, edition, number=number)[0].wanted


def test_needs_in_the_place_of_others_are_nothing_that_a_meeting_is_about(session):
    edition, buyer, _need, number = a_meeting_about_honey(session)
    assert about(session, edition, number) == {"en": "Honey"}
    take_needs(session, buyer, [CARS, CARS], replace=True)
    assert about(session, edition, number) == {}
    rows = session.exec(select(Need.position).where(Need.buyer_id == buyer.id).order_by(Need.position))
    assert rows.all() == [2, 3]


def test_a_need_that_comes_after_one_that_went_has_a_number_of_its_own(session):
    edition, buyer, need, number = a_meeting_about_honey(session)
    remove_need(session, buyer, need)
    assert add_need(session, buyer, CARS).position == 2
    assert about(session, edition, number) == {}
