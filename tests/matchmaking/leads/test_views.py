"""The pages of leads: each exhibitor its own, phones without a sign-in, letters, files, numbers."""

import csv
import io
import re

import pytest
from sqlmodel import select

from expo.accounts.roles import Role
from expo.audit.models import AuditEntry
from expo.clock import now
from expo.exhibitors.models import Organisation
from expo.outbox.models import Mail
from expo.registration import services as registration
from expo.registration.services import erasing, linking
from expo.registration.services.exporting import everything
from expo.spreadsheets import read_table
from matchmaking.leads import services
from matchmaking.leads.models import Lead, LeadVisit
from tests.make import a_buyer, a_person, a_product, an_exhibitor
from tests.matchmaking.leads.staged import a_stand, a_visitor, scanned
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def stand(session):
    return a_stand(session)


def enter(client, session, edition, exhibitor):
    organisation = session.get_one(Organisation, exhibitor.organisation_id)
    return sign_in(client, session, role=Role.EXHIBITOR, edition=edition, organisation=organisation)


def send(client, edition, *scans):
    return client.post(f"/{edition.code}/leads/sync", json={"scans": scans})


def a_scan(secret, scan_id="scan-0001", **more):
    return {"scan_id": scan_id, "secret": secret, "datetime": now().isoformat()} | more


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


def test_scans_are_answered_one_by_one_and_sending_again_is_harmless(client, session, stand):
    edition, exhibitor = stand
    _person, badge = a_visitor(session, edition)
    enter(client, session, edition, exhibitor)
    for _ in range(2):
        results = send(client, edition, a_scan(badge), a_scan("nonsense", "scan-0002"), "?").json["results"]
        assert [(one["scan_id"], one["status"]) for one in results] == [
            ("scan-0001", "ok"), ("scan-0002", "refused"), ("", "refused"),
        ]  # fmt: skip
    assert (results[0]["lead"]["name"], results[0]["lead"]["number"]) == ("Aliya Bekova", 1)
    assert len(session.exec(select(LeadVisit)).all()) == 1


@pytest.mark.parametrize("body", [None, [], {}, {"scans": []}, {"scans": {}}, {"scans": [{}] * 101}])
def test_what_is_no_list_of_scans_is_refused(client, session, stand, body):
    edition, exhibitor = stand
    enter(client, session, edition, exhibitor)
    assert client.post(f"/{edition.code}/leads/sync", json=body).status_code == 400


def test_sending_needs_the_token_of_the_page(app, client, session, stand):
    edition, exhibitor = stand
    _person, badge = a_visitor(session, edition)
    enter(client, session, edition, exhibitor)
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert send(client, edition, a_scan(badge)).status_code == 400
        token = client.get(f"/{edition.code}/leads/state.json").json["token"]
        answer = client.post(
            f"/{edition.code}/leads/sync", json={"scans": [a_scan(badge)]}, headers={"X-CSRFToken": token}
        )
        assert answer.json["results"][0]["status"] == "ok"
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


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


def test_a_phone_is_enrolled_once_scans_as_its_bearer_and_is_switched_off(client, app, session, stand):
    edition, exhibitor = stand
    staff = a_person(session, edition, kind="exhibitor", exhibitor_id=exhibitor.id, name={"en": "Wang Wei"})
    _person, badge = a_visitor(session, edition)
    enter(client, session, edition, exhibitor)
    page = client.post(f"/{edition.code}/portal/leads/phones", data={"staff": staff.code})
    link = re.search(r"/[a-z0-9-]+/leads/phone/[\w-]+", page.text).group(0)
    phone, second = app.test_client(), app.test_client()
    assert "Wang Wei" in phone.get(link).text
    answer = phone.post(link)
    cookie = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("leads_phone="))
    assert all(part in cookie for part in (f"Path=/{edition.code}/leads", "HttpOnly", "SameSite=Lax"))
    assert "was used" in second.post(link).text
    assert send(phone, edition, a_scan(badge)).json["results"][0]["status"] == "ok"
    assert session.exec(select(LeadVisit.staff_name, LeadVisit.staff_id)).all() == [("Wang Wei", staff.id)]
    device = re.search(r"phones/(\d+)/revoke", client.get(f"/{edition.code}/portal/leads/phones").text).group(
        1
    )
    client.post(f"/{edition.code}/portal/leads/phones/{device}/revoke")
    assert send(phone, edition, a_scan(badge)).status_code == 401


def test_a_phone_whose_bearer_left_the_stand_scans_no_more(client, app, session, stand):
    edition, exhibitor = stand
    staff = a_person(session, edition, kind="exhibitor", exhibitor_id=exhibitor.id)
    _device, code = services.new_phone(session, exhibitor, staff, "Wang Wei")
    session.commit()
    phone = app.test_client()
    phone.post(f"/{edition.code}/leads/phone/{code}")
    assert phone.get(f"/{edition.code}/leads/state.json").json["ok"] is True
    staff.exhibitor_id = None
    session.add(staff)
    session.commit()
    assert phone.get(f"/{edition.code}/leads/state.json").json["ok"] is False


def test_typing_works_without_scripts(client, session, stand):
    edition, exhibitor = stand
    person, _badge = a_visitor(session, edition, code="PE0042")
    enter(client, session, edition, exhibitor)
    address = f"/{edition.code}/leads/typed"
    wrong = client.post(address, data={"code": "PE0042", "letters": "Ivan"})
    assert "do not belong together" in wrong.text
    assert client.post(address, data={"code": "pe0042", "letters": "бек"}).location.endswith(
        "/portal/leads/1"
    )
    assert person.code == "PE0042"


def letters_of(session):
    return session.exec(select(Mail).where(Mail.kind == "leads.letter").order_by(Mail.id)).all()


def test_a_letter_goes_once_to_those_who_agreed_in_their_language_and_can_be_stopped(
    client, app, session, stand
):
    edition, exhibitor = stand
    person, badge = a_visitor(session, edition)
    for one in (
        badge,
        a_visitor(session, edition, consent=False)[1],
        a_visitor(session, edition, email="")[1],
    ):
        scanned(session, edition, exhibitor, secret=one)
    enter(client, session, edition, exhibitor)
    typed = {
        "name": "Thanks", "subject-en": "Thank you, {name}", "body-en": "Hello {name}, see {stand}.",
        "subject-ru": "Спасибо, {name}", "body-ru": "Здравствуйте, {name}.",
    }  # fmt: skip
    base = f"/{edition.code}/portal/leads/letters"
    assert (
        "Nothing can be filled in for: {nmae}"
        in client.post(f"{base}/new", data=typed | {"body-en": "{nmae}"}).text
    )
    address = client.post(f"{base}/new", data=typed).location
    page = client.get(address)
    assert ("Of 3 leads chosen, 1 get it" in page.text, "Спасибо, Алия Бекова" in page.text) == (True, True)
    assert problems(page.text) == []
    for _ in range(2):
        client.post(address)
    [mail] = letters_of(session)
    assert (mail.recipient, mail.language, mail.subject) == (
        "aliya@example.org",
        "ru",
        "Спасибо, Алия Бекова",
    )
    link = re.search(r"/[a-z0-9-]+/leads/stop/\S+", mail.body).group(0)
    stranger = app.test_client()
    assert (problems(stranger.get(link).text), session.exec(select(Lead.muted_at)).all()) == ([], [None] * 3)
    assert stranger.post(link).status_code == 302
    session.refresh(mail)
    assert mail.state == "discarded"  # it had not gone yet
    second = client.post(f"{base}/new", data=typed | {"name": "Again"}).location
    assert "0 get it" in client.get(second).text
    assert stranger.get(link[:-12] + "x" * 5).status_code == 404
    stranger.post(link, data={"all": "1"})
    session.expire_all()
    assert "Contact withdrawn" in client.get(f"/{edition.code}/portal/leads").text
    assert person.id


def test_mail_programs_are_told_whom_to_answer_and_where_to_end_it(client, app, session, stand):
    edition, exhibitor = stand
    exhibitor.contact_email = "sales@stand.example"
    scanned(session, edition, exhibitor, secret=a_visitor(session, edition)[1])
    enter(client, session, edition, exhibitor)
    base = f"/{edition.code}/portal/leads/letters"
    typed = {"name": "Thanks", "subject-en": "Thank you", "body-en": "Hello"}
    client.post(client.post(f"{base}/new", data=typed).location)
    [mail] = letters_of(session)
    assert mail.reply_to == "sales@stand.example"
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        program = app.test_client()
        seen = program.get(mail.unsubscribe)
        assert mail.unsubscribe.endswith(f"{seen.location}/now")
        assert session.exec(select(Lead.muted_at)).all() == [None]
        assert program.post(f"{mail.unsubscribe[:-8]}xxxx/now").status_code == 404
        done = program.post(mail.unsubscribe, data={"List-Unsubscribe": "One-Click"})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    session.expire_all()
    assert (done.status_code, session.exec(select(Lead.muted_at)).one() is None) == (204, False)


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


def test_worker_is_served_with_what_it_keeps(client, session, stand):
    edition, _exhibitor = stand
    answer = client.get(f"/{edition.code}/leads/service-worker.js?lang=ur")
    assert answer.content_type == "text/javascript; charset=utf-8"
    files = re.findall(r'"(/(?:static|assets)/[^"]+)"', answer.text)
    assert len(files) > 8
    assert {client.get(one).status_code for one in files if one.startswith("/static/")} == {200}


def test_pages_take_as_many_queries_however_many_leads(client, session, stand):
    edition, exhibitor = stand
    enter(client, session, edition, exhibitor)
    for _ in range(3):
        scanned(session, edition, exhibitor, secret=a_visitor(session, edition)[1])
    answer = client.get(
        f"/{edition.code}/portal/leads?q=bek&sort=-rating&answer=1.0&due=1&staff=x&consent=yes"
    )
    assert answer.status_code == 200


def test_a_visitor_sees_who_scanned_them_and_can_take_everything_back(client, session, stand):
    edition, exhibitor = stand
    person, badge = a_visitor(session, edition)
    scanned(session, edition, exhibitor, secret=badge)
    scanned(session, edition, an_exhibitor(session, edition), secret=badge)
    address = f"/{edition.code}/registration/{linking.fresh_link(session, person)}/exhibitors"
    session.commit()
    page = client.get(address)
    assert (page.status_code, problems(page.text), exhibitor.code in page.text) == (200, [], True)
    client.post(address, data={"exhibitor": exhibitor.code})
    muted = session.exec(select(Lead.exhibitor_id).where(Lead.muted_at.is_not(None))).all()
    assert muted == [exhibitor.id]
    client.post(address, data={"all": "1"})
    assert "You do not agree" in client.get(address).text
    assert client.get(address.replace("/registration/", "/registration/x")).status_code == 404
