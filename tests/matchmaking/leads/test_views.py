"""The pages of leads: each exhibitor its own, phones without a sign-in, letters, files, numbers."""

import csv
import io
import re

import pytest
from sqlmodel import select

from expo.audit.models import AuditEntry
from expo.registration import services as registration
from expo.registration.services import erasing, linking
from expo.registration.services.exporting import everything
from expo.spreadsheets import read_table
from matchmaking.leads import services
from matchmaking.leads.models import Lead, LeadVisit
from tests.asking import asked
from tests.make import a_buyer, a_person, a_product, an_exhibitor
from tests.matchmaking.leads.staged import a_scan, a_stand, a_visitor, enter, scanned, send
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def stand(session):
    return a_stand(session)


PAGES = ("", "/figures", "/letters", "/letters/new", "/questions", "/phones", "/1")


@pytest.mark.parametrize("language", ["en", "ur"])
def test_every_page_of_the_stand_is_well_made(client, session, stand, language):
    edition, exhibitor = stand
    a_product(session, exhibitor)
    a_person(session, edition, kind="exhibitor", exhibitor_id=exhibitor.id)
    scanned(session, edition, exhibitor, secret=a_visitor(session, edition)[1])
    enter(client, session, edition, exhibitor)
    for page in PAGES:
        answer = client.get(f"/{edition.code}/portal/leads{page}?lang={language}")
        assert (page, answer.status_code, problems(answer.text)) == (page, 200, [])
    answer = client.get(f"/{edition.code}/leads/scan?lang={language}")
    assert (answer.status_code, problems(answer.text)) == (200, [])
    assert "wasm-unsafe-eval" in answer.headers["Content-Security-Policy"]
    assert "camera=(self)" in answer.headers["Permissions-Policy"]


def test_nobody_sees_changes_or_takes_along_anothers_leads(client, session, stand):
    edition, exhibitor = stand
    rival = an_exhibitor(session, edition)
    for stands, name in ((exhibitor, "Aliya Bekova"), (rival, "Secret Customer")):
        _person, badge = a_visitor(session, edition, name={"en": name})
        lead = scanned(session, edition, stands, secret=badge).lead
    lead.notes = "their notes"
    letter = services.save_letter(session, rival, None, "Thanks", {"en": "Hello"}, {"en": "Secret offer"})
    enter(client, session, edition, exhibitor)
    base = f"/{edition.code}/portal/leads"
    pages = [
        client.get(f"{base}{page}").text for page in ("", "/1", "/export.csv", "/export.vcf", "/letters")
    ]
    assert all("Secret" not in page and "their notes" not in page for page in pages)
    refused = [
        client.get(f"{base}/2"),
        client.post(f"{base}/2", data={"notes": "mine"}),
        client.get(f"{base}/letters/{letter.id}/send"),
        client.post(f"{base}/letters/{letter.id}/send"),
        client.post(f"{base}/letters/{letter.id}/delete"),
    ]
    assert [answer.status_code for answer in refused] == [404] * 5
    question = services.add_question(session, edition, rival.id, {"en": "?"}, [{"en": "a"}, {"en": "b"}])
    session.commit()
    client.post(f"{base}/questions/{question.id}/retire")
    client.post(f"/{edition.code}/portal/leads/1", data={f"answer-{question.id}": "1", "rating": "3"})
    session.expire_all()
    assert (question.retired_at, lead.notes) == (None, "their notes")
    assert session.exec(select(Lead.rating).where(Lead.exhibitor_id == exhibitor.id)).one() == 3


def test_strangers_visitors_and_other_exhibitors_organisers_see_no_lead(client, app, session, stand):
    edition, exhibitor = stand
    scanned(session, edition, exhibitor, secret=a_visitor(session, edition)[1])
    stranger = app.test_client()
    assert stranger.get(f"/{edition.code}/leads/scan").status_code == 401
    assert send(stranger, edition, a_scan("x")).status_code == 401
    assert stranger.get(f"/{edition.code}/portal/leads").status_code == 302
    sign_in(client, session, role="organiser", edition=edition)
    assert client.get(f"/{edition.code}/portal/leads").status_code in (302, 403)
    page = client.get(f"/{edition.code}/console/leads")
    assert (page.status_code, problems(page.text), "Aliya" in page.text) == (200, [], False)
    assert client.get(f"/{edition.code}/console/leads/questions").status_code == 200
    table = client.get(f"/{edition.code}/console/leads.csv").data.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(table)))[1][2:] == ["1", "1"]


def test_the_trail_tells_that_leads_were_taken_along_but_nothing_of_whom(client, session, stand):
    edition, exhibitor = stand
    scanned(session, edition, exhibitor, secret=a_visitor(session, edition)[1])
    enter(client, session, edition, exhibitor)
    client.post(f"/{edition.code}/portal/leads/1", data={"notes": "pays late", "rating": "2"})
    client.get(f"/{edition.code}/portal/leads/export.csv")
    entries = session.exec(select(AuditEntry).where(AuditEntry.edition_id == edition.id)).all()
    assert [one.changes for one in entries if "leads taken along" in one.changes] == [
        {"leads taken along": 1, "as": "csv"}
    ]
    assert "pays late" not in str([one.changes for one in entries])


def test_files_hold_what_the_filter_finds_and_only_contacts_that_were_handed_over(client, session, stand):
    edition, exhibitor = stand
    person, badge = a_visitor(session, edition, name={"en": "=cmd|calc", "zh": "王芳"})
    scanned(session, edition, exhibitor, secret=badge, marks={"rating": 5, "note": "honey"})
    scanned(session, edition, exhibitor, secret=a_visitor(session, edition, consent=False)[1])
    enter(client, session, edition, exhibitor)
    base = f"/{edition.code}/portal/leads/export"
    for form in ("csv", "xlsx"):
        rows = [cells for _number, cells in read_table(client.get(f"{base}.{form}").data, 100)]
        head, second, first = rows[0], rows[1], rows[2]
        told = dict(zip(head, first, strict=False))
        assert (told["Number"], told["E-mail"], told["Rating"], told["Notes"]) == (
            "1", "aliya@example.org", "5", "honey",
        )  # fmt: skip
        assert (second[0], second[2], second[6]) == ("2", "", "")
    cards = client.get(f"{base}.vcf")
    assert (cards.text.count("BEGIN:VCARD"), cards.mimetype) == (1, "text/vcard")
    assert "Number,Contact" in client.get(f"{base}.csv?rating=5").data.decode("utf-8-sig")
    registration.withdraw(session, person, ["leads"])
    session.commit()
    assert client.get(f"{base}.vcf").text == ""


def test_two_who_write_at_once_notice(client, session, stand):
    edition, exhibitor = stand
    scanned(session, edition, exhibitor, secret=a_visitor(session, edition)[1])
    enter(client, session, edition, exhibitor)
    address = f"/{edition.code}/portal/leads/1"
    seen = re.search(r'name="seen" value="(\d+)"', client.get(address).text).group(1)
    assert client.post(address, data={"seen": seen, "notes": "one"}).status_code == 302
    answer = client.post(address, data={"seen": seen, "notes": "typed by two"})
    assert ("A colleague has changed" in answer.text, "typed by two" in answer.text) == (True, True)
    session.expire_all()
    assert session.exec(select(Lead.notes)).one() == "one"


def test_what_a_stand_noted_of_a_scan_goes_with_the_person(session, stand):
    edition, exhibitor = stand
    person, badge = a_visitor(session, edition)
    scanned(session, edition, exhibitor, secret=badge)
    visit = session.exec(select(LeadVisit)).one()
    visit.note = "wants a loan"
    session.flush()
    told = str(everything(session, edition, person))
    erasing.erase(session, edition, person, "person", "")
    session.refresh(visit)
    assert ("wants a loan" in told, visit.note) == (True, "")


def test_a_lead_of_a_known_buyer_leads_to_a_deal(client, session, stand):
    edition, exhibitor = stand
    buyer = a_buyer(session, edition, contact_email="Aliya@example.org")
    _person, badge = a_visitor(session, edition)
    scanned(session, edition, exhibitor, secret=badge)
    _other, closed = a_visitor(session, edition, consent=False)
    scanned(session, edition, exhibitor, secret=closed)
    enter(client, session, edition, exhibitor)
    pages = [client.get(f"/{edition.code}/portal/leads/{n}").text for n in (1, 2)]
    assert [f"buyer={buyer.code}" in page for page in pages] == [True, False]


def test_pages_take_as_many_queries_however_many_leads(client, session, connection, stand):
    edition, exhibitor = stand
    enter(client, session, edition, exhibitor)
    home, counts = f"/{edition.code}/portal/leads", []
    for number in (1, 9):
        for _ in range(number):
            scanned(session, edition, exhibitor, secret=a_visitor(session, edition)[1])
        session.commit()
        with asked(connection) as told:
            assert client.get(home).status_code == 200
        counts.append(len(told))
    assert counts[0] == counts[1]
    wanted = "q=bek&sort=-rating&answer=1.0&due=1&staff=x&consent=yes"
    assert client.get(f"{home}?{wanted}").status_code == 200


def test_a_visitor_sees_who_scanned_them_and_can_take_everything_back(client, session, stand):
    edition, exhibitor = stand
    person, badge = a_visitor(session, edition)
    scanned(session, edition, exhibitor, secret=badge)
    scanned(session, edition, an_exhibitor(session, edition), secret=badge)
    address = f"/{edition.code}/registration/{linking.fresh_link(session, person, is_mailed=True)}/exhibitors"
    session.commit()
    page = client.get(address)
    assert (page.status_code, problems(page.text), exhibitor.code in page.text) == (200, [], True)
    client.post(address, data={"exhibitor": exhibitor.code})
    muted = session.exec(select(Lead.exhibitor_id).where(Lead.muted_at.is_not(None))).all()
    assert muted == [exhibitor.id]
    client.post(address, data={"all": "1"})
    assert "You do not agree" in client.get(address).text
    assert client.get(address.replace("/registration/", "/registration/x")).status_code == 404
