"""Interpreters entered and given to meetings, by hand and all at once."""

import pytest
from sqlmodel import select

from expo.errors import Refused
from matchmaking.catalogue.models import ExhibitorProfile
from matchmaking.onsite import services
from matchmaking.onsite.models import InterpreterDuty
from matchmaking.onsite.services import interpreting
from tests.matchmaking.onsite.making import a_day, a_meeting_now
from tests.signing import sign_in

BOTH = {"email": "", "phone": "", "languages": ["zh", "ru"], "unavailable": []}


def two_who_share_no_language(session):
    """(edition, two meetings of one slot that need an interpreter)."""
    edition, buyers, sellers = a_day(session)
    for buyer in buyers:
        buyer.languages = ["zh"]
    for profile in session.exec(select(ExhibitorProfile)):
        profile.languages = ["ru"]
    rows = [
        a_meeting_now(session, edition, buyer, seller, table=table)
        for table, (buyer, seller) in enumerate(zip(buyers, sellers, strict=True), 1)
    ]
    return edition, rows


def test_who_interprets_in_a_meeting_that_runs_is_given_to_no_other_of_its_time(session):
    edition, (held, planned) = two_who_share_no_language(session)
    one = interpreting.save(session, edition, None, BOTH | {"name": "One"})
    interpreting.give(session, edition, held.id, one)
    services.hold(session, edition, held)
    assert interpreting.assign_all(session, edition) == (0, 1)
    two = interpreting.save(session, edition, None, BOTH | {"name": "Two"})
    assert interpreting.assign_all(session, edition) == (1, 0)
    duties = dict(session.exec(select(InterpreterDuty.meeting_id, InterpreterDuty.interpreter_id)).all())
    assert duties == {held.id: one.id, planned.id: two.id}


def test_an_interpreter_has_a_name_and_two_languages(session):
    edition, _meetings = two_who_share_no_language(session)
    with pytest.raises(Refused, match="Please give a name"):
        interpreting.save(session, edition, None, BOTH | {"name": ""})
    with pytest.raises(Refused, match="at least two languages"):
        interpreting.save(session, edition, None, BOTH | {"name": "One", "languages": ["zh"]})


def test_what_was_typed_about_an_interpreter_without_a_name_stays(client, session):
    edition, _meetings = two_who_share_no_language(session)
    sign_in(client, session, role="matchmaker", edition=edition)
    typed = {"name": " ", "languages": "zh, ru", "phone": "+7 700 1"}
    page = client.post(f"/{edition.code}/console/meeting-desk/interpreters", data=typed).text
    assert "Please give a name." in page
    assert 'value="+7 700 1"' in page
