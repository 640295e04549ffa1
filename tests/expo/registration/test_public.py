"""The public registration: choosing a sort, the form, one's own page, the link mailed again."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from expo.clock import now
from expo.outbox.models import Mail
from expo.registration import queries
from expo.registration.models import Person
from expo.registration.services import erasing
from expo.registration.services.asked import answers_of
from expo.registration.services.enrolling import cancel
from tests.expo.registration.making import a_code, a_question, a_ticket, open_registration, somebody
from tests.make import an_edition
from tests.page import problems
from tests.signing import sign_in

FORM = {"name_en": "Anna Weber", "email": "Anna@Example.org", "language": "en", "once": "o1"}


@pytest.fixture
def edition(session):
    edition = an_edition(session, starts_on=now().date(), ends_on=now().date() + timedelta(days=3))
    open_registration(session, edition)
    return edition


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def people(session, edition):
    return session.exec(select(Person).where(Person.edition_id == edition.id).order_by(Person.id)).all()


def mails(session, edition):
    return session.exec(select(Mail).where(Mail.edition_id == edition.id).order_by(Mail.id)).all()


def register(client, edition, ticket, code="", **given):
    address = f"/{edition.code}/register/{ticket.code}" + (f"?code={code}" if code else "")
    return client.post(address, data=FORM | given)


def test_the_page_names_the_sorts_and_hides_those_for_the_invited(client, session, edition):
    a_ticket(session, edition, places=0)
    press = a_ticket(session, edition, name={"en": "Press"}, invitation_only=True)
    code = a_code(session, edition, ticket_id=press.id)
    page = client.get(f"/{edition.code}/register")
    assert ("Visitor" in text_of(page), "Press" in text_of(page), problems(page.text)) == (True, False, [])
    assert "Join the waiting list" in text_of(page)
    opened = text_of(client.get(f"/{edition.code}/register?code={code.code.lower()}"))
    assert (">Press<" in opened, ">Visitor<" in opened) == (True, False)
    assert client.get(f"/{edition.code}/register/{press.code}").status_code == 302
    assert "no such code" in text_of(client.get(f"/{edition.code}/register?code=NOPE"))


def test_nothing_is_there_before_registration_is_set_up(client, session):
    assert client.get(f"/{an_edition(session).code}/register").status_code == 404


def test_registering_ends_on_ones_own_page_with_badge_calendar_and_mail(client, session, edition):
    ticket = a_ticket(session, edition, places=3)
    answer = register(client, edition, ticket, organisation="Weber AG", country="DE", consent=["leads"])
    own = answer.headers["Location"]
    page = client.get(own)
    assert ("Confirmed" in text_of(page), problems(page.text)) == (True, [])
    assert page.headers["Cache-Control"] == "private, no-store"
    (person,) = people(session, edition)
    assert (person.email, person.kind, person.country) == ("anna@example.org", "visitor", "DE")
    assert queries.consents_of(session, [person.id]) == {person.id: frozenset({"leads"})}
    (mail,) = mails(session, edition)
    assert mail.kind == "registration.confirmed" and f"/{edition.code}/registration/" in mail.body
    assert [mail.paper["kind"], mail.paper["also"][0]["kind"]] == ["badge", "registration.calendar"]
    assert client.get(f"{own}/badge.pdf").data.startswith(b"%PDF")
    calendar = client.get(f"{own}/calendar.ics").data
    assert f"DTSTART;VALUE=DATE:{edition.starts_on:%Y%m%d}\r\n".encode() in calendar


def test_who_typed_an_address_learns_and_erases_nothing_that_belongs_to_it(client, session, edition):
    """Mail, meetings and messages are found by the address; the link in the mail proves whose it is."""
    own = register(client, edition, a_ticket(session, edition)).headers["Location"]
    page = client.get(f"{own}/data")
    assert ("What you agree to" in page.text, "Entries" in page.text, problems(page.text)) == (
        True,
        False,
        [],
    )
    assert client.get(f"{own}/data.zip").status_code == 409
    client.post(f"{own}/data/erase")
    (person,) = people(session, edition)
    assert erasing.open_erasure(session, person) is None
    (mail,) = mails(session, edition)
    mailed = re.search(rf"/{edition.code}/registration/[\w-]+", mail.body)[0]
    assert "Entries" in client.get(f"{mailed}/data").text
    client.post(f"{mailed}/data/erase")
    changed = client.post(mailed, data=FORM | {"email": "victim@example.org"})
    assert "before you change the address" in changed.text and "victim@example.org" in changed.text
    client.post(f"{mailed}/data/keep")
    assert client.post(mailed, data=FORM | {"email": "victim@example.org"}).status_code == 302
    assert "Entries" not in client.get(f"{mailed}/data").text


def test_the_same_form_sent_twice_registers_once(client, session, edition):
    ticket = a_ticket(session, edition)
    assert register(client, edition, ticket).status_code == register(client, edition, ticket).status_code
    assert (len(people(session, edition)), len(mails(session, edition))) == (1, 1)


def test_errors_keep_what_was_typed_and_all_are_named(client, session, edition):
    ticket = a_ticket(session, edition)
    a_question(session, edition, is_required=True, text={"en": "Your badge's colour"})
    a_question(session, edition, kind="number", text={"en": "How many"})
    sent = {"name_en": "", "email": "nonsense", "organisation": "Weber <AG>", "q_how_many": "3 or 4"}
    page = register(client, edition, ticket, **sent)
    told = text_of(page)
    assert (page.status_code, problems(page.text), people(session, edition)) == (200, [], [])
    for part in ("Type your name", "not an e-mail address", "has to be answered", "Type a number"):
        assert part in told
    assert 'value="Weber &lt;AG&gt;"' in told and 'value="3 or 4"' in told


def test_questions_that_depend_on_others_are_judged_by_the_server(client, session, edition):
    ticket = a_ticket(session, edition)
    visa = a_question(session, edition, kind="yesno", text={"en": "Visa"})
    where = {"after": visa.code, "after_values": ["yes"], "is_required": True, "text": {"en": "Where"}}
    a_question(session, edition, **where)
    assert "has to be answered" in text_of(register(client, edition, ticket, q_visa="yes"))
    assert register(client, edition, ticket, q_visa="no", q_where="dropped").status_code == 302
    (person,) = people(session, edition)
    assert answers_of(session, [person.id]) == {person.id: {"visa": "no"}}


def test_what_was_told_can_be_changed_and_cancelled(client, session, edition):
    ticket = a_ticket(session, edition, places=1)
    a_question(session, edition, ["Red", "Blue"], kind="choice", text={"en": "Colour"})
    own = register(client, edition, ticket, q_colour="red").headers["Location"]
    waits = somebody(session, edition, ticket, "Boris")
    changed = client.post(own, data=FORM | {"name_zh": "安娜", "q_colour": "blue"})
    person = people(session, edition)[0]
    assert (changed.status_code, person.name["zh"]) == (302, "安娜")
    assert answers_of(session, [person.id])[person.id] == {"colour": "blue"}
    client.post(f"{own}/cancel")
    session.expire_all()
    assert (person.state, waits.state, waits.offered_until is None) == ("cancelled", "waiting", False)
    assert [one.kind for one in mails(session, edition)] == [
        "registration.confirmed", "registration.cancelled", "registration.offer",
    ]  # fmt: skip
    assert client.get(f"{own}/badge.pdf").status_code == 404
    offer = re.search(r"/registration/\S+", mails(session, edition)[-1].body)[0]
    client.post(f"/{edition.code}{offer}/accept")
    session.refresh(waits)
    assert waits.state == "confirmed"
    client.post(f"{own}/again")
    session.refresh(person)
    assert person.state == "waiting"


def test_the_link_is_mailed_again_and_the_answer_tells_nobody_who_is_known(client, session, edition):
    ticket = a_ticket(session, edition)
    somebody(session, edition, ticket, email="known@example.org")
    gone = somebody(session, edition, ticket, "B", email="gone@example.org")
    cancel(session, edition, gone)
    answers = [
        client.post(f"/{edition.code}/registration", data={"email": email}, follow_redirects=True)
        for email in ("Known@example.org", "nobody@example.org", "gone@example.org")
    ]
    assert len({re.sub(r"\d\d:\d\d", "", text_of(one)) for one in answers}) == 1
    assert [(one.kind, one.recipient) for one in mails(session, edition)] == [
        ("registration.link", "known@example.org")
    ]


def test_programs_that_fill_in_everything_register_nobody(client, session, edition):
    answer = register(client, edition, a_ticket(session, edition), website="https://spam.example")
    assert (answer.status_code, people(session, edition)) == (302, [])


def test_an_address_may_not_be_written_to_without_end(client, session, edition):
    ticket = a_ticket(session, edition)
    answers = [register(client, edition, ticket, once=f"n{n}").status_code for n in range(21)]
    assert answers == [302] * 20 + [200]


@pytest.mark.parametrize("part", ["", "/badge.pdf", "/calendar.ics"])
def test_a_secret_nobody_has_opens_nothing(client, session, edition, part):
    assert client.get(f"/{edition.code}/registration/nonsense{part}").status_code == 404


def test_a_sort_that_is_over_takes_nobody(client, session, edition):
    ticket = a_ticket(session, edition, closes_at=now() - timedelta(hours=1))
    answer = register(client, edition, ticket)
    assert ("not open now" in text_of(answer), people(session, edition)) == (True, [])


def test_a_second_tap_on_cancel_writes_no_second_letter(client, session, edition):
    own = register(client, edition, a_ticket(session, edition)).headers["Location"]
    for _ in range(2):
        client.post(f"{own}/cancel")
    (person,) = people(session, edition)
    sign_in(client, session, "organiser", edition)
    page = client.post(f"/{edition.code}/console/people/{person.code}/cancel", follow_redirects=True)
    assert "was cancelled" in text_of(page)
    kinds = [mail.kind for mail in mails(session, edition)]
    assert kinds == ["registration.confirmed", "registration.cancelled"]
