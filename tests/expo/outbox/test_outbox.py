"""Mail waits, is approved, is sent; and what people see of it."""

import socketserver
import threading

import pytest
from sqlmodel import Session, select

from expo.db import make_engine
from expo.errors import Refused
from expo.outbox import services
from expo.outbox.models import Mail
from expo.outbox.smtp import Smtp
from expo.outbox.stages import NAMES, NEXT, TONES
from tests.make import an_edition
from tests.signing import sign_in


class SmallSmtp(socketserver.StreamRequestHandler):
    """Just enough of RFC 5321 to take a mail; refuses recipients at refused.example."""

    taken: list[str] = []

    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "QUIT":
                return self.say("221 bye")
            if word == "RCPT" and "refused.example" in line:
                self.say("550 nobody here")
            elif word == "DATA":
                self.say("354 go on")
                self.taken.append(self.text())
                self.say("250 taken")
            else:
                self.say("250 fine")
        return None

    def text(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line)
        return "".join(lines)

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


@pytest.fixture
def smtp():
    SmallSmtp.taken = []
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), SmallSmtp)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Smtp("127.0.0.1", server.server_address[1], None, None, False, "expo@example.org")
    server.shutdown()
    server.server_close()


def a_mail(session, edition=None, **given) -> Mail:
    values = {"kind": "exhibitor.accepted", "recipient": "aigul@example.org", "language": "en"}
    values |= {"subject": "Welcome", "body": "Dear Aigul,\n\nyou are in.", "needs_approval": True}
    return services.post(session, **values | given, edition_id=edition.id if edition else None)


def test_mail_that_needs_approval_is_sent_only_after_it(session, smtp):
    mail = a_mail(session)
    assert services.send_next(session, smtp) is None
    services.approve(session, mail)
    assert services.send_next(session, smtp) is mail
    assert (mail.state, mail.sent_at is not None, len(SmallSmtp.taken)) == ("sent", True, 1)
    assert services.send_next(session, smtp) is None


def test_letters_in_any_script_arrive_as_written(session, smtp):
    a_mail(session, needs_approval=False, subject="欢迎 Қош келдіңіз", body="سلام\n")
    services.send_next(session, smtp)
    from email import message_from_string, policy

    message = message_from_string(SmallSmtp.taken[0], policy=policy.default)
    assert (message["Subject"], message.get_content().strip()) == ("欢迎 Қош келдіңіз", "سلام")
    assert (message["From"], message["To"]) == ("expo@example.org", "aigul@example.org")


def test_a_subject_cannot_smuggle_a_header(session, smtp):
    a_mail(session, needs_approval=False, subject="Hello\r\nBcc: all@example.org")
    services.send_next(session, smtp)
    assert "\nBcc:" not in SmallSmtp.taken[0]


def test_a_refused_recipient_fails_alone_and_can_be_approved_again(session, smtp):
    bad = a_mail(session, needs_approval=False, recipient="x@refused.example")
    good = a_mail(session, needs_approval=False)
    services.send_next(session, smtp)
    services.send_next(session, smtp)
    assert (bad.state, "nobody here" in bad.error, good.state) == ("failed", True, "sent")
    services.approve(session, bad)
    assert (bad.state, bad.error) == ("approved", "")


def test_a_server_out_of_reach_is_a_failure_with_words(session):
    mail = a_mail(session, needs_approval=False)
    services.send_next(session, Smtp("127.0.0.1", 9, None, None, False, "expo@example.org"))
    assert (mail.state, mail.error.startswith("ConnectionRefusedError")) == ("failed", True)


def test_sent_mail_cannot_be_called_back(session, smtp):
    mail = a_mail(session, needs_approval=False)
    services.send_next(session, smtp)
    with pytest.raises(Refused, match="Sent"):
        services.discard(session, mail)


def test_two_senders_never_take_the_same_mail(fresh_database, smtp):
    engine = make_engine(fresh_database)
    with Session(engine) as one, Session(engine) as two:
        a_mail(one, needs_approval=False)
        one.commit()
        assert services.send_next(one, smtp) is not None
        assert services.send_next(two, smtp) is None
        one.commit()
    engine.dispose()
    assert len(SmallSmtp.taken) == 1


def test_every_state_has_a_name_a_tone_and_its_ways_on():
    assert set(NEXT) == set(NAMES) == set(TONES)
    assert {wanted for ways in NEXT.values() for wanted in ways} <= set(NEXT)


def page_of(edition) -> str:
    return f"/{edition.code}/console/outbox"


def test_an_organiser_reads_approves_and_discards(client, session):
    edition = an_edition(session)
    first, second = a_mail(session, edition), a_mail(session, edition, subject="Sorry")
    sign_in(client, session, role="organiser", edition=edition)
    listed = client.get(page_of(edition)).text
    assert ("Welcome" in listed, "Sorry" in listed, "No mail server is set" in listed) == (True, True, True)
    assert "you are in." in client.get(f"{page_of(edition)}/{first.id}").text
    client.post(f"{page_of(edition)}/{first.id}/approve")
    client.post(f"{page_of(edition)}/{second.id}/discard")
    session.expire_all()
    assert (first.state, second.state) == ("approved", "discarded")
    assert (
        "can no longer be changed"
        in client.post(f"{page_of(edition)}/{second.id}/approve", follow_redirects=True).text
    )


def test_everything_that_waits_is_approved_at_once(client, session):
    edition = an_edition(session)
    mails = [a_mail(session, edition) for _ in range(3)]
    sign_in(client, session, role="organiser", edition=edition)
    assert "3 people will get a mail." in client.get(page_of(edition)).text
    client.post(f"{page_of(edition)}/approve-all")
    session.expire_all()
    assert {mail.state for mail in mails} == {"approved"}


def test_one_sees_the_mail_of_ones_own_edition_only(client, session):
    edition = an_edition(session)
    theirs, the_house = (
        a_mail(session, an_edition(session), subject="Theirs"),
        a_mail(session, subject="House"),
    )
    sign_in(client, session, role="organiser", edition=edition)
    listed = client.get(page_of(edition)).text
    assert ("Theirs" in listed, "House" in listed) == (False, False)
    statuses = [client.get(f"{page_of(edition)}/{mail.id}").status_code for mail in (theirs, the_house)]
    assert statuses == [404, 404]


def test_a_link_that_opens_an_account_is_hidden_from_colleagues(client, session):
    edition = an_edition(session)
    mail = a_mail(session, edition, kind="account.reset", body="http://localhost/reset/sesame")
    sign_in(client, session, role="organiser", edition=edition)
    page = client.get(f"{page_of(edition)}/{mail.id}")
    assert (page.status_code, "sesame" in page.text) == (200, False)


def test_an_auditor_reads_and_sends_nothing(client, session):
    edition = an_edition(session)
    mail = a_mail(session, edition)
    sign_in(client, session, role="auditor", edition=edition)
    assert client.get(page_of(edition)).status_code == 200
    assert client.post(f"{page_of(edition)}/{mail.id}/approve").status_code == 403


def test_the_command_line_shows_what_no_page_does(app, session):
    mail = a_mail(session, kind="account.confirm", body="http://localhost/sign-up/confirm/sesame")
    session.commit()
    runner = app.test_cli_runner()
    assert "aigul@example.org" in runner.invoke(args=["outbox", "list"]).output
    assert "sesame" in runner.invoke(args=["outbox", "show", str(mail.id)]).output
    assert "EXPO_SMTP_HOST" in runner.invoke(args=["outbox", "send"]).output


def test_the_list_is_paged(client, session):
    edition = an_edition(session)
    for n in range(51):
        a_mail(session, edition, subject=f"Mail number {n}")
    sign_in(client, session, role="auditor", edition=edition)
    first, second = client.get(page_of(edition)).text, client.get(f"{page_of(edition)}?page=2").text
    assert ("Mail number 50" in first, "Mail number 0<" in first, "Mail number 0<" in second) == (
        True,
        False,
        True,
    )
    assert client.get(f"{page_of(edition)}?page=99999999999999999999").status_code == 200
    assert len(session.exec(select(Mail)).all()) == 51
