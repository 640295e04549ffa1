"""One's own page of meetings: taps that come late, what is still open beside it, days in a useful order."""

from datetime import timedelta

import pytest
from sqlmodel import select

from expo.clock import now
from expo.exhibitors.models import Organisation
from matchmaking.onsite.models import MeetingAttendance, MeetingNoShow
from matchmaking.onsite.services import arrive, miss
from matchmaking.requests import services as requests
from matchmaking.requests.queries.parties import party
from tests.matchmaking.onsite.making import a_day, a_meeting_now
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def fair(client, session):
    """(edition, buyers, sellers, a meeting that runs), with the first buyer at the browser."""
    edition, buyers, sellers = a_day(session)
    meeting = a_meeting_now(session, edition, buyers[0], sellers[0])
    meeting.starts_at, meeting.ends_at = now() - timedelta(minutes=10), now() + timedelta(minutes=20)
    session.add(meeting)
    firm = session.get_one(Organisation, buyers[0].organisation_id)
    sign_in(client, session, "buyer", edition, firm)
    return edition, buyers, sellers, meeting


@pytest.mark.parametrize(
    ("at", "is_kept"),
    [("-300", True), ("300", False), ("-90000", False), ("yesterday", False), ("2026-01-01T00:00", False)],
)
def test_a_tap_that_waited_for_a_net_counts_from_when_it_was_made(client, session, fair, at, is_kept):
    edition, _buyers, _sellers, meeting = fair
    moment = now() + timedelta(seconds=int(at)) if at.lstrip("-").isdecimal() else None
    sent = {"at": moment.isoformat() if moment else at}
    answer = client.post(
        f"/{edition.code}/my-day/{meeting.id}/here", data=sent, headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.json) == (200, {"taken": True})
    (arrived,) = session.exec(select(MeetingAttendance.arrived_at))
    assert (arrived == moment) is is_kept


def test_the_page_says_what_waits_and_what_has_no_time_yet(client, session, fair):
    edition, buyers, sellers, _meeting = fair
    me = party(session, edition, "buyer", buyers[0].id)
    one = party(session, edition, "supplier", sellers[1].id)
    assert me is not None and one is not None
    asked = requests.ask(session, edition, one, me.id)
    session.commit()
    page = client.get(f"/{edition.code}/my-day").text
    assert ("1 request waits for your answer" in page, problems(page)) == (True, [])
    requests.accept(session, edition, me, asked)
    session.commit()
    assert "1 agreed meeting has no time yet" in client.get(f"/{edition.code}/my-day").text


def test_a_missing_side_is_noted_once_however_often_it_is_said(session, fair):
    edition, _buyers, _sellers, meeting = fair
    arrive(session, edition, meeting, "buyer")
    for _ in range(2):
        miss(session, edition, meeting, {"supplier"})
    assert len(session.exec(select(MeetingNoShow)).all()) == 1


def test_the_desk_finds_a_meeting_by_table_name_or_code(client, session, fair):
    edition, buyers, sellers, meeting = fair
    sign_in(client, session, "organiser", edition)
    firm = session.get_one(Organisation, buyers[0].organisation_id).name["en"]
    desk = f"/{edition.code}/console/meeting-desk?slot={meeting.slot}&q="
    found = ["Both are there" in client.get(desk + q).text for q in ("1", "2", sellers[0].code, firm, "zz")]
    assert found == [True, False, True, True, False]
