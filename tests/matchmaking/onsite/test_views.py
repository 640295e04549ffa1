"""The pages of the day: one's own, the desk, the screen, interpreters, papers, feedback, calendars."""

from datetime import timedelta

import pytest
from sqlmodel import select

from expo.clock import now
from expo.exhibitors.models import Organisation
from matchmaking.meetings.models import Meeting
from matchmaking.onsite.models import Interpreter, InterpreterDuty, MeetingFeedback, MeetingOpening
from tests.make import a_person
from tests.matchmaking.onsite.making import a_day, a_meeting_now, asks, refuses
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def fair(session):
    """(edition, buyers, sellers, a meeting that runs)."""
    edition, buyers, sellers = a_day(session)
    meeting = a_meeting_now(session, edition, buyers[0], sellers[0], product_code="")
    meeting.starts_at = now() - timedelta(minutes=10)
    meeting.ends_at = now() + timedelta(minutes=20)
    session.add(meeting)
    session.commit()
    return edition, buyers, sellers, meeting


def as_buyer(client, session, edition, buyer):
    organisation = session.get_one(Organisation, buyer.organisation_id)
    return sign_in(client, session, role="buyer", edition=edition, organisation=organisation)


def as_seller(client, session, edition, seller):
    organisation = session.get_one(Organisation, seller.organisation_id)
    return sign_in(client, session, role="exhibitor", edition=edition, organisation=organisation)


def test_both_tap_once_and_the_meeting_is_held(client, session, fair):
    edition, buyers, sellers, meeting = fair
    as_buyer(client, session, edition, buyers[0])
    page = client.get(f"/{edition.code}/my-day").text
    assert problems(page) == []
    assert "I am there" in page
    client.post(f"/{edition.code}/my-day/{meeting.id}/here", data={"as": buyers[0].code})
    as_seller(client, session, edition, sellers[0])
    page = client.post(f"/{edition.code}/my-day/{meeting.id}/here", follow_redirects=True).text
    assert "Noted: you are there." in page
    session.refresh(meeting)
    assert meeting.state == "held"
    assert "Record a deal" in client.get(f"/{edition.code}/my-day").text


def test_nobody_taps_for_others(client, session, fair):
    edition, buyers, _sellers, meeting = fair
    as_buyer(client, session, edition, buyers[1])
    assert client.post(f"/{edition.code}/my-day/{meeting.id}/here").status_code == 404
    assert client.get(f"/{edition.code}/my-day/{meeting.id}/after").status_code == 404
    assert client.get(f"/{edition.code}/console/meeting-desk").status_code == 403


def test_who_waits_alone_is_shown_to_others_but_not_to_those_refused(client, session, fair):
    edition, buyers, sellers, meeting = fair
    third, fourth = (a_day_buyer(session, edition) for _ in range(2))
    for buyer in (third, fourth):
        asks(session, buyer, sellers[0])
    refuses(session, "supplier", fourth, sellers[0])
    as_seller(client, session, edition, sellers[0])
    client.post(f"/{edition.code}/my-day/{meeting.id}/here")
    page = client.post(f"/{edition.code}/my-day/{meeting.id}/missing", follow_redirects=True).text
    assert "You wait for somebody" in page
    as_buyer(client, session, edition, fourth)
    assert "A seat is free" not in client.get(f"/{edition.code}/my-day").text
    as_buyer(client, session, edition, third)
    assert "A seat is free" in client.get(f"/{edition.code}/my-day").text
    opening = session.exec(select(MeetingOpening)).one()
    page = client.post(f"/{edition.code}/my-day/seats/{opening.id}/take", follow_redirects=True).text
    assert "The meeting is yours. Go to table 1 now." in page


def a_day_buyer(session, edition):
    from tests.make import a_buyer

    return a_buyer(session, edition)


def test_the_host_sees_a_slot_scans_badges_and_seats_two_who_come_along(client, session, fair):
    edition, buyers, sellers, meeting = fair
    person = a_person(session, edition, exhibitor_id=sellers[0].id)
    sign_in(client, session, role="matchmaker", edition=edition)
    desk = f"/{edition.code}/console/meeting-desk"
    page = client.get(desk).text
    assert problems(page) == []
    assert "Both are there" in page
    assert "This is no badge" in client.post(f"{desk}/scan", data={"badge": "x"}, follow_redirects=True).text
    from expo.badges.models import Badge

    session.add(Badge(edition_id=edition.id, person_id=person.id))
    session.flush()
    told = client.post(f"{desk}/scan", data={"badge": person.code}, follow_redirects=True).text
    assert ": table 1, with" in told
    client.post(f"{desk}/{meeting.id}/both")
    session.refresh(meeting)
    assert meeting.state == "held"
    typed = {"buyer": buyers[1].code, "exhibitor": sellers[1].code, "slot": meeting.slot}
    page = client.post(f"{desk}/walk-in", data=typed, follow_redirects=True).text
    assert "They meet at table 2." in page
    page = client.post(f"{desk}/walk-in", data=typed | {"buyer": "NOBODY"}, follow_redirects=True).text
    assert "There is no buyer NOBODY." in page
    assert 'value="NOBODY"' in page
    for part in ("/screen", "/missed", "/rules", "/papers", "/interpreters"):
        assert problems(client.get(desk + part).text) == [], part


def test_a_missed_meeting_is_noted_excused_and_taken_back(client, session, fair):
    edition, _buyers, _sellers, meeting = fair
    sign_in(client, session, role="matchmaker", edition=edition)
    desk = f"/{edition.code}/console/meeting-desk"
    client.post(f"{desk}/{meeting.id}/missing")
    assert client.get(f"{desk}/missed").text.count("counts") == 2
    client.post(f"{desk}/missed/{meeting.id}/buyer", data={"excused": "1"})
    assert client.get(f"{desk}/missed").text.count("counts") == 1
    client.post(f"{desk}/{meeting.id}/again")
    session.refresh(meeting)
    assert meeting.state == "planned"


def test_the_rules_of_the_day_keep_what_was_typed(client, session, fair):
    edition = fair[0]
    sign_in(client, session, role="matchmaker", edition=edition)
    rules = f"/{edition.code}/console/meeting-desk/rules"
    page = client.post(rules, data={"early_minutes": "999", "grace_minutes": "5", "alarm_after": "3"}).text
    assert 'value="999"' in page
    typed = {"early_minutes": "20", "grace_minutes": "5", "alarm_after": "3"}
    assert "The rules are saved." in client.post(rules, data=typed, follow_redirects=True).text


def test_feedback_is_the_organisers_and_both_who_want_it_meet_again(client, session, fair):
    edition, buyers, sellers, meeting = fair
    meeting.state = "held"
    session.add(meeting)
    session.commit()
    address = f"/{edition.code}/my-day/{meeting.id}/after"
    as_buyer(client, session, edition, buyers[0])
    assert problems(client.get(address).text) == []
    page = client.post(address, data={"rating": "", "currency": "CNY", "words": "kept"}).text
    assert "kept" in page
    typed = {"rating": "2", "again": "y", "expected": "1250.50", "currency": "CNY", "words": "secret"}
    told = client.post(address, data=typed, follow_redirects=True).text
    assert "As soon as they want it as well" in told
    as_seller(client, session, edition, sellers[0])
    page = client.get(address).text
    assert "They would like to meet you again." in page
    assert "secret" not in page
    page = client.post(address, data={"rating": "5", "again": "y", "currency": "CNY"}, follow_redirects=True)
    assert "You meet again:" in page.text
    assert {row.expected_minor for row in session.exec(select(MeetingFeedback))} == {125050, None}
    again = session.exec(select(Meeting).where(Meeting.state == "planned")).one()
    assert (again.buyer_id, again.exhibitor_id) == (buyers[0].id, sellers[0].id)


def test_a_calendar_has_a_secret_address_that_can_be_changed(client, session, fair):
    edition, buyers, _sellers, meeting = fair
    as_buyer(client, session, edition, buyers[0])
    home = f"/{edition.code}/my-day"
    first = client.post(f"{home}/calendar", follow_redirects=True).text
    address = first.split(f"{home}/calendar/")[1].split('"')[0].split("?")[0]
    body = client.get(f"{home}/calendar/{address}").text
    assert f"UID:meeting-{meeting.id}.{edition.code}@caravanserai" in body
    assert "STATUS:CONFIRMED" in body
    client.post(f"{home}/calendar")
    assert client.get(f"{home}/calendar/{address}").status_code == 404


def test_interpreters_are_given_to_those_who_share_no_language(client, session, fair):
    edition, buyers, sellers, meeting = fair
    buyers[0].languages = ["ru"]
    session.add(buyers[0])
    from matchmaking.catalogue.models import ExhibitorProfile

    query = select(ExhibitorProfile).where(ExhibitorProfile.exhibitor_id == sellers[0].id)
    profile = session.exec(query).one()
    profile.languages = ["zh"]
    session.add(profile)
    session.commit()
    sign_in(client, session, role="matchmaker", edition=edition)
    pages = f"/{edition.code}/console/meeting-desk/interpreters"
    assert "Short of interpreters" in client.get(pages).text
    wrong = {"name": "Aliya", "languages": "zh", "unavailable": "1-x"}
    assert 'value="1-x"' in client.post(pages, data=wrong).text
    client.post(pages, data=wrong | {"languages": "zh, ru", "unavailable": ""})
    page = client.post(f"{pages}/assign", follow_redirects=True).text
    assert "Meetings with an interpreter: 1. Still without one: 0." in page
    duty = session.exec(select(InterpreterDuty)).one()
    assert duty.meeting_id == meeting.id
    number = session.exec(select(Interpreter.id)).one()
    assert problems(client.get(f"{pages}/{number}").text) == []
    client.post(f"{pages}/{number}/delete")
    assert session.exec(select(InterpreterDuty)).all() == []


def test_papers_are_printed_in_the_readers_language(client, session, fair):
    edition, buyers, _sellers, meeting = fair
    as_buyer(client, session, edition, buyers[0])
    assert client.get(f"/{edition.code}/my-day.pdf?lang=ur").data.startswith(b"%PDF")
    sign_in(client, session, role="matchmaker", edition=edition)
    desk = f"/{edition.code}/console/meeting-desk"
    for paper in (f"tables.pdf?slot={meeting.slot}", "tents.pdf"):
        assert client.get(f"{desk}/{paper}").data.startswith(b"%PDF")
    assert client.get(f"{desk}/tables.pdf").status_code == 404


def test_codes_are_found_at_the_desk_as_they_are_written_or_in_small_letters(client, session, fair):
    edition, buyers, sellers, meeting = fair
    buyers[1].code = "mixed-Case 1"
    session.commit()
    sign_in(client, session, role="matchmaker", edition=edition)
    typed = {"buyer": "mixed-Case 1", "exhibitor": sellers[1].code.lower(), "slot": meeting.slot}
    page = client.post(
        f"/{edition.code}/console/meeting-desk/walk-in", data=typed, follow_redirects=True
    ).text
    assert "They meet at table" in page
