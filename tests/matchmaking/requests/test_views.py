"""The pages and the API: own requests only, in words, with the right guard."""

from datetime import timedelta

import pytest
from sqlmodel import select

from expo.audit.models import AuditEntry
from expo.exhibitors.models import Exhibitor, Organisation
from matchmaking.phases import services as phases
from matchmaking.requests.models import MeetingRequest
from matchmaking.requests.queries.reports import reports
from matchmaking.requests.services import ask, refuse, report, withdraw, write
from tests.matchmaking.requests.making import a_fair
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def fair(session, client):
    """A fair whose first buyer is signed in."""
    edition, buyers, sellers = a_fair(session)
    _in(client, session, edition, buyers[0])
    return edition, buyers, sellers


def _in(client, session, edition, party):
    organisation = session.get_one(Organisation, party.organisation_id)
    role = "buyer" if party.side == "buyer" else "exhibitor"
    return sign_in(client, session, role=role, edition=edition, organisation=organisation)


def test_somebody_asks_and_the_other_side_answers(client, session, fair):
    edition, (ann, _bob), (honey, _tea) = fair
    base = f"/{edition.code}/requests"
    assert problems(client.get(f"{base}/to/{honey.code}").text) == []
    sent = {"must": "1", "wish": "2", "message": "Honey\u202e, please", "once": "a"}
    assert client.post(f"{base}/to/{honey.code}", data=sent).status_code == 302
    found = session.exec(select(MeetingRequest)).one()
    for path in (base, f"{base}?tab=waits", f"{base}/{found.id}", f"{base}/find"):
        assert problems(client.get(path).text) == []
    _in(client, session, edition, honey)
    page = client.get(f"{base}/{found.id}").text
    assert ("Honey, please" in page, "A must for them" in page) == (True, True)
    client.post(f"{base}/{found.id}/propose", data={"wish": "pm"})
    assert client.post(f"{base}/{found.id}/accept").status_code == 302  # not their turn: told in words
    _in(client, session, edition, ann)
    client.post(f"{base}/{found.id}/accept")
    session.refresh(found)
    assert (found.state, found.half, found.slot) == ("agreed", "pm", None)


def test_others_requests_do_not_exist(client, session, fair):
    edition, (_ann, bob), (honey, _tea) = fair
    found = ask(session, edition, bob, honey.id)
    session.commit()
    base = f"/{edition.code}/requests/{found.id}"
    assert client.get(base).status_code == 404
    assert {client.post(f"{base}/{act}").status_code for act in ("accept", "no", "message", "report")} == {
        404
    }
    assert client.get(f"/api/v1/{edition.code}/requests/{found.id}").status_code == 404
    assert client.get(f"/{edition.code}/requests?as={bob.code}").status_code == 404
    assert client.get(f"/{edition.code}/console/requests").status_code == 403


def test_many_are_answered_at_once_and_strangers_numbers_are_passed_over(client, session, fair):
    edition, (ann, bob), (honey, tea) = fair
    mine = [ask(session, edition, one, ann.id).id for one in (honey, tea)]
    foreign = ask(session, edition, honey, bob.id).id
    session.commit()
    sent = {"request": [*mine, foreign, "x", 2**40], "act": "accept"}
    client.post(f"/{edition.code}/requests/batch", data=sent)
    states = {row.id: row.state for row in session.exec(select(MeetingRequest))}
    assert [states[one] for one in (*mine, foreign)] == ["agreed", "agreed", "open"]


def test_out_of_phase_it_says_when(client, session, fair):
    edition, (_ann, _bob), (honey, _tea) = fair
    day = phases.today(edition)
    phases.save(session, edition, {"requests": (day - timedelta(days=9), day - timedelta(days=1))})
    session.commit()
    client.post(f"/{edition.code}/requests/to/{honey.code}/meet")
    assert "ended on" in client.get(f"/{edition.code}/requests").text
    assert session.exec(select(MeetingRequest)).all() == []


def test_the_organiser_sees_figures_and_only_a_matchmaker_the_noes(client, session, fair):
    edition, (ann, _bob), (honey, _tea) = fair
    found = ask(session, edition, ann, honey.id, message="Hello")
    refuse(session, edition, honey, ann.id)
    session.commit()
    sign_in(client, session, role="organiser", edition=edition)
    base = f"/{edition.code}/console/requests"
    for path in (base, f"{base}/rules", f"{base}/complaints", f"{base}?only=silent&q=x&page=9"):
        answer = client.get(path)
        assert (answer.status_code, problems(answer.text)) == (200, [])
    assert client.get(f"{base}/parties.csv").status_code == 200
    assert client.get(f"{base}/refusals").status_code == 403
    sign_in(client, session, role="matchmaker", edition=edition)
    assert "Said no" in client.get(f"{base}/refusals").text
    notes = session.exec(select(AuditEntry).where(AuditEntry.subject_id == "private refusals")).all()
    assert (len(notes), found.state) == (1, "open")


def test_complaints_are_read_and_dealt_with(client, session, fair):
    edition, (ann, _bob), (honey, _tea) = fair
    found = ask(session, edition, honey, ann.id, message="Buy now!!!")
    session.commit()
    sent = {"words": "Rude", "block": "1"}
    client.post(f"/{edition.code}/requests/{found.id}/report", data=sent)
    sign_in(client, session, role="organiser", edition=edition)
    page = client.get(f"/{edition.code}/console/requests/complaints").text
    assert ("Buy now!!!" in page, "Rude" in page) == (True, True)
    number = page.split("complaints/")[1].split('"')[0]
    path = f"/{edition.code}/console/requests/complaints/{number}"
    client.post(path, data={"outcome": "silenced"})
    with pytest.raises(Exception, match="does not let you"):
        write(session, edition, honey, found, "again", once="b")


def test_the_api_asks_once_and_refuses_in_words(client, session, fair):
    edition, (_ann, _bob), (honey, _tea) = fair
    base = f"/api/v1/{edition.code}/requests"
    sent = {"to": honey.code, "time": "am", "message": "Hello"}
    first, again = client.post(base, json=sent), client.post(base, json=sent)
    assert (first.status_code, again.json["id"]) == (201, first.json["id"])
    assert client.get(base).json["count"] == 1
    assert client.post(base, json={"to": honey.code, "time": []}).status_code == 400
    assert client.post(base, data="nonsense").status_code == 400
    answer = client.post(f"{base}/{first.json['id']}/accept")
    assert (answer.status_code, answer.json["error"]) == (409, "It is the other side's turn to answer.")
    keyed = {"Idempotency-Key": "k1"}
    for _ in range(2):
        client.post(f"{base}/{first.json['id']}/messages", json={"text": "More"}, headers=keyed)
    assert [one["text"] for one in client.get(f"{base}/{first.json['id']}").json["messages"]] == [
        "Hello",
        "More",
    ]


def test_whom_to_ask_is_found_by_a_name_and_not_by_the_language_it_is_written_in(client, session, fair):
    edition, (_ann, _bob), (honey, tea) = fair
    session.get_one(Organisation, honey.organisation_id).name = {"en": "Steppe Honey", "zh": "草原蜂蜜"}
    session.commit()
    base = f"/{edition.code}/requests"
    for looked_for, found in (("草原", True), ("steppe hon", True), ("en", False), ('{"', False)):
        page = client.get(f"{base}/find", query_string={"q": looked_for}).text
        assert ((honey.code in page), (tea.code in page)) == (found, False), looked_for
    client.post(f"{base}/to/{honey.code}/meet")
    sign_in(client, session, role="matchmaker", edition=edition)
    overview = f"/{edition.code}/console/requests"
    assert honey.code in client.get(overview, query_string={"q": "草原"}).text
    assert honey.code not in client.get(overview, query_string={"q": "zh"}).text


def test_who_is_asked_with_one_tap_and_had_asked_is_told_as_agreed(client, session, fair):
    edition, (ann, _bob), (honey, _tea) = fair
    ask(session, edition, honey, ann.id)
    session.commit()
    address = f"/{edition.code}/requests/to/{honey.code}/meet"
    page = client.post(address, follow_redirects=True).text
    assert "It is agreed: they had asked you as well." in page


def test_a_second_complaint_adds_to_the_first_what_was_written_since(session):
    edition, (ann, _bob), (honey, _tea) = a_fair(session)
    found = ask(session, edition, ann, honey.id)
    for said, why in (("Bad.", "Rude"), ("Worse.", "Ruder")):
        write(session, edition, honey, found, said, once=said)
        report(session, edition, ann, found, why)
    (complaint,) = reports(session, edition)
    assert complaint.words == "Rude\nRuder"
    assert [one.body for one in complaint.messages] == ["Bad.", "Worse."]


def test_what_was_written_to_a_request_that_is_over_meanwhile_stays_to_be_read_with_the_reason(
    client, session, fair
):
    edition, (ann, _bob), (honey, _tea) = fair
    found = ask(session, edition, ann, honey.id)
    withdraw(session, edition, ann, found)
    session.commit()
    page = f"/{edition.code}/requests/{found.id}"
    told = client.post(f"{page}/message", data={"body": "A long letter.", "once": "x"}).text
    assert ("This request is over" in told, "A long letter." in told, problems(told)) == (True, True, [])
    assert "This request is no longer open." in client.post(f"{page}/propose", data={"wish": "2"}).text


def test_what_was_written_to_somebody_whom_one_refused_meanwhile_stays(client, session, fair):
    edition, (ann, _bob), (honey, _tea) = fair
    refuse(session, edition, ann, honey.id)
    session.commit()
    address = f"/{edition.code}/requests/to/{honey.code}"
    told = client.post(address, data={"message": "A long letter.", "once": "x"}).text
    assert ("Take that back first" in told, "A long letter." in told, problems(told)) == (True, True, [])


@pytest.mark.parametrize("way", ["/{edition}/requests/to/{code}/no", "/api/v1/{edition}/refusals/{code}/say"])
def test_nobody_learns_of_an_applicant_by_refusing_it(client, session, fair, way):
    edition, (ann, _bob), (honey, tea) = fair
    session.get_one(Exhibitor, honey.id).state = "submitted"
    asked = ask(session, edition, ann, tea.id)
    session.get_one(Exhibitor, tea.id).state = "withdrawn"
    session.commit()
    assert client.post(way.format(edition=edition.code, code=honey.code)).status_code == 404
    page = f"/{edition.code}/requests?tab=no"
    assert honey.code not in client.get(page).text
    assert client.get(f"/{edition.code}/requests/{asked.id}").status_code == 200
    client.post(way.format(edition=edition.code, code=tea.code))  # whom one had asked one knows
    assert f"/to/{tea.code}/lift" in client.get(page).text
    client.post(f"/{edition.code}/requests/to/{tea.code}/lift")
    assert f"/to/{tea.code}/lift" not in client.get(page).text
