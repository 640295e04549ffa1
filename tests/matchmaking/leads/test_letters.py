"""Letters to leads: once, in their language, to those who agreed, and stopped by a tap."""

import re

import pytest
from sqlmodel import select

from expo.outbox.models import Mail
from matchmaking.leads.models import Lead
from tests.matchmaking.leads.staged import a_stand, a_visitor, enter, scanned
from tests.page import problems


@pytest.fixture
def stand(session):
    return a_stand(session)


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


def test_who_withdrew_writes_to_nobody(client, session, stand):
    edition, exhibitor = stand
    scanned(session, edition, exhibitor, secret=a_visitor(session, edition)[1])
    enter(client, session, edition, exhibitor)
    typed = {"name": "Thanks", "subject-en": "Thank you", "body-en": "Hello {name}."}
    address = client.post(f"/{edition.code}/portal/leads/letters/new", data=typed).location
    exhibitor.state = "withdrawn"
    session.commit()
    assert "Only exhibitors who take part" in client.post(address, follow_redirects=True).text
    assert letters_of(session) == []
