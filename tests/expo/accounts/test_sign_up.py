"""Making an account, confirming it, setting a new password."""

import re

import pytest
from sqlmodel import select

from expo.accounts.models import SignIn, User
from expo.outbox.models import Mail
from tests.signing import a_user, sign_in

PASSWORD = "caravan by moonlight"


def sign_up(client, email="aigul@example.org", password=PASSWORD, name="Aigul"):
    return client.post("/sign-up", data={"name": name, "email": email, "password": password})


def letters(session, kind: str) -> list[Mail]:
    return list(session.exec(select(Mail).where(Mail.kind == f"account.{kind}").order_by(Mail.id)).all())


def link_in(mail: Mail) -> str:
    return re.search(r"http://localhost(/\S+)", mail.body)[1]


def user(session, email="aigul@example.org") -> User:
    session.expire_all()
    return session.exec(select(User).where(User.email == email)).one()


def test_from_sign_up_to_signed_in(client, session):
    assert sign_up(client).location == "/sign-up/mail-sent"
    assert "flask outbox" in client.get("/sign-up/mail-sent").text
    assert not user(session).may_sign_in
    link = link_in(letters(session, "confirm")[0])
    assert "password you chose" in client.get(link).text
    assert client.post(link, data={"password": PASSWORD}).location == "/account"
    assert user(session).may_sign_in
    assert client.get("/account").status_code == 200


def test_a_link_works_once(client, session):
    sign_up(client)
    link = link_in(letters(session, "confirm")[0])
    client.post(link, data={"password": PASSWORD})
    client.post("/sign-out")
    assert client.get(link).status_code == 404
    assert client.post(link, data={"password": PASSWORD}).status_code == 404


def test_opening_the_link_is_not_enough_without_the_password(client, session):
    sign_up(client)
    link = link_in(letters(session, "confirm")[0])
    page = client.post(link, data={"password": "somebody else's guess"})
    assert "not the password you chose" in page.text
    assert not user(session).may_sign_in


def test_whether_an_address_has_an_account_is_told_to_its_owner_only(client, session):
    a_user(session, email="aigul@example.org")
    known = sign_up(client)
    unknown = sign_up(client, email="other@example.org")
    assert (known.location, known.status_code) == (unknown.location, unknown.status_code)
    assert [mail.recipient for mail in letters(session, "exists")] == ["aigul@example.org"]
    assert user(session).password_hash == "-"


def test_who_signs_up_last_owns_the_waiting_account(client, session):
    """Somebody reserves a stranger's address; the stranger, later, must not get that password."""
    sign_up(client, password="password of an intruder", name="Intruder")
    sign_up(client, name="Aigul")
    first, second = letters(session, "confirm")
    assert client.get(link_in(first)).status_code == 404
    assert client.post(link_in(second), data={"password": "password of an intruder"}).status_code == 200
    assert not user(session).may_sign_in
    client.post(link_in(second), data={"password": PASSWORD})
    assert (user(session).may_sign_in, user(session).name) == (True, "Aigul")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "at least 10 characters"),
        ("aigul@example.org", "first thing anybody would try"),
        ("Qwerty123456", "among the first that anybody tries"),
        ("aaaaaaaaaaaa", "among the first that anybody tries"),
    ],
)
def test_weak_passwords_are_refused_in_words(client, session, password, said):
    page = sign_up(client, password=password)
    assert said in page.text
    assert 'value="Aigul"' in page.text
    assert session.exec(select(User).where(User.email == "aigul@example.org")).all() == []


@pytest.mark.parametrize(
    "email", ["", "aigul", "a b@example.org", "aigul@", "aigul@exa mple.org", "айгүл@example.org"]
)
def test_what_cannot_be_an_address_is_refused(client, email):
    page = sign_up(client, email=email)
    assert page.status_code == 200
    assert "error-list" in page.text


def test_the_letter_speaks_the_language_of_the_page(client, session):
    client.post("/sign-up?lang=zh", data={"name": "李", "email": "li@example.org", "password": PASSWORD})
    (mail,) = letters(session, "confirm")
    assert (mail.language, user(session, "li@example.org").language) == ("zh", "zh")


def test_a_letter_carries_nothing_that_a_stranger_typed(client, session):
    sign_up(client, name="Buy now at spam.example")
    (mail,) = letters(session, "confirm")
    assert "spam" not in mail.subject + mail.body


def test_a_reset_ends_every_sign_in_and_confirms_the_address(client, app, session):
    person = a_user(session, email="aigul@example.org", confirmed_at=None)
    other = app.test_client()
    sign_in(other, session, user=person)
    assert client.post("/reset", data={"email": "aigul@example.org"}).location == "/sign-up/mail-sent"
    link = link_in(letters(session, "reset")[0])
    assert client.post(link, data={"password": PASSWORD}).location == "/account"
    assert user(session).may_sign_in
    assert other.get("/account").status_code == 302
    assert len(session.exec(select(SignIn)).all()) == 1
    assert client.get(link).status_code == 404


def test_asking_for_a_reset_tells_nobody_whether_the_account_exists(client, session):
    answer = client.post("/reset", data={"email": "nobody@example.org"})
    assert answer.location == "/sign-up/mail-sent"
    assert letters(session, "reset") == []


def test_a_second_reset_link_replaces_the_first(client, session):
    a_user(session, email="aigul@example.org")
    for _ in range(2):
        client.post("/reset", data={"email": "aigul@example.org"})
    first, second = letters(session, "reset")
    assert (client.get(link_in(first)).status_code, client.get(link_in(second)).status_code) == (404, 200)


def test_a_link_for_one_purpose_does_not_serve_the_other(client, session):
    sign_up(client)
    code = link_in(letters(session, "confirm")[0]).rsplit("/", 1)[1]
    assert client.get(f"/reset/{code}").status_code == 404


def test_account_mail_needs_no_approval(client, session):
    sign_up(client)
    assert [mail.state for mail in letters(session, "confirm")] == ["approved"]
