"""Signing in and out, as a browser does it."""

import pytest
from argon2 import PasswordHasher
from sqlmodel import select

from expo.accounts import passwords
from expo.accounts.models import SignIn, User
from expo.clock import now
from tests.asking import asked
from tests.make import an_edition
from tests.signing import a_user, sign_in

PASSWORD = "caravan by moonlight"
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@pytest.fixture
def person(session) -> User:
    return a_user(session, email="aigul@example.org", password_hash=HASH)


def enter(client, email="aigul@example.org", password=PASSWORD, address="/sign-in"):
    return client.post(address, data={"email": email, "password": password})


def token_of(client) -> str | None:
    with client.session_transaction() as cookie:
        return cookie.get("sign_in")


def test_the_right_password_opens_the_account(client, person):
    assert enter(client, email=" Aigul@Example.org ").location == "/account"
    assert "aigul@example.org" in client.get("/account").text


def test_only_the_digest_of_the_token_is_kept(client, session, person):
    enter(client)
    (row,) = session.exec(select(SignIn)).all()
    assert token_of(client) not in (row.digest, None)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, person):
    wrong = enter(client, password="something else")
    unknown = enter(client, email="nobody@example.org")
    said = "Address and password do not belong together"
    assert (said in wrong.text, said in unknown.text) == (True, True)
    assert wrong.text.replace("aigul", "nobody") == unknown.text
    assert token_of(client) is None


def test_what_was_typed_stays_except_the_password(client, person):
    page = enter(client, password="something else").text
    assert 'value="aigul@example.org"' in page
    assert "something else" not in page


@pytest.mark.parametrize("state", [{"confirmed_at": None}, {"disabled_at": now()}])
def test_unconfirmed_and_disabled_accounts_stay_closed(client, session, state):
    a_user(session, email="aigul@example.org", password_hash=HASH, **state)
    assert enter(client).status_code == 200
    assert token_of(client) is None


def test_signing_in_replaces_the_old_session(client, session, person):
    with client.session_transaction() as cookie:
        cookie["left by a stranger"] = "x"
    enter(client)
    first = token_of(client)
    enter(client)
    with client.session_transaction() as cookie:
        assert "left by a stranger" not in cookie
    assert token_of(client) != first
    assert len(session.exec(select(SignIn)).all()) == 1


def test_signing_out_ends_it_on_the_server_too(client, session, person):
    enter(client)
    stolen = token_of(client)
    assert client.post("/sign-out").status_code == 302
    with client.session_transaction() as cookie:
        cookie["sign_in"] = stolen
    assert client.get("/account").location.startswith("/sign-in")


def test_signing_out_takes_a_post(client):
    assert client.get("/sign-out").status_code in (404, 405)


def test_a_hash_of_older_parameters_is_renewed(client, session, person):
    assert passwords.is_dated(person.password_hash)
    enter(client)
    session.refresh(person)
    assert not passwords.is_dated(person.password_hash)


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        ("/account/password", "/account/password"),
        ("https://evil.example/", "/account"),
        ("//evil.example/", "/account"),
        ("/\\evil.example", "/account"),
        ("/\t/evil.example", "/account"),
        ("javascript:alert(1)", "/account"),
    ],
)
def test_one_returns_to_a_page_of_this_site_only(client, person, wanted, where):
    answer = client.post(
        "/sign-in", query_string={"next": wanted}, data={"email": person.email, "password": PASSWORD}
    )
    assert answer.location == where


def test_a_closed_page_leads_through_sign_in_and_back(client):
    assert client.get("/account").location == "/sign-in?next=/account"


def test_a_post_without_signing_in_is_refused(client):
    assert client.post("/account/password").status_code == 401


def test_who_is_there_costs_one_query(client, session):
    sign_in(client, session, role="organiser", edition=an_edition(session))
    with asked(session.connection()) as told:
        client.get("/account")
    assert len([one for one in told if "FROM sign_in" in one or "JOIN sign_in" in one]) == 1


def test_a_role_taken_back_counts_from_the_next_click(client, session):
    from sqlalchemy import text

    edition = an_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    assert client.get(f"/{edition.code}/console/roles").status_code == 200
    session.execute(text('DELETE FROM "grant"'))
    session.commit()
    assert client.get(f"/{edition.code}/console/roles").status_code == 403


def test_the_account_page_changes_name_and_language(client, session, person):
    sign_in(client, session, user=person)
    answer = client.post("/account", data={"name": "Айгүл", "language": "ru"})
    assert answer.status_code == 302
    session.refresh(person)
    assert (person.name, person.language) == ("Айгүл", "ru")
    assert '<html lang="ru"' in client.get("/account").text


def test_a_new_password_signs_out_every_other_browser(client, app, session, person):
    other = app.test_client()
    sign_in(other, session, user=person)
    sign_in(client, session, user=person)
    answer = client.post("/account/password", data={"old": PASSWORD, "new": "seven camels at dusk"})
    assert answer.status_code == 302
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302


def test_the_present_password_must_be_right(client, session, person):
    sign_in(client, session, user=person)
    page = client.post("/account/password", data={"old": "guessed it", "new": "seven camels at dusk"})
    assert "The present password is not right" in page.text
