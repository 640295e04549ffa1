"""Accounts from the command line."""

from sqlmodel import select

from expo.accounts import services
from expo.accounts.models import User
from tests.make import an_edition


def run(app, *words, **more):
    return app.test_cli_runner().invoke(args=["accounts", *words], **more)


def test_the_first_organiser_is_made_on_the_command_line(app, session):
    edition = an_edition(session, code="qingdao-2023")
    session.commit()
    made = run(
        app, "create", "Boss@Example.org", "The boss", "--password-stdin", input="caravan by moonlight\n"
    )
    assert made.exit_code == 0, made.output
    assert run(app, "grant", "boss@example.org", "organiser", "--edition", "qingdao-2023").exit_code == 0
    user = session.exec(select(User).where(User.email == "boss@example.org")).one()
    assert user.may_sign_in
    assert [row.email for row in services.grants(session, edition.id)] == ["boss@example.org"]


def test_a_bad_password_or_address_is_refused_in_words(app, session):
    weak = run(app, "create", "boss@example.org", "The boss", "--password-stdin", input="short\n")
    assert (weak.exit_code, "at least 10 characters" in weak.output) == (1, True)
    assert run(app, "create", "boss", "The boss", "--password-stdin", input="x\n").exit_code == 2


def test_a_role_needs_an_account_and_an_edition_that_exist(app, session):
    assert "no account" in run(app, "grant", "nobody@example.org", "gate").output
    run(app, "create", "boss@example.org", "The boss", "--password-stdin", input="caravan by moonlight\n")
    assert "no edition" in run(app, "grant", "boss@example.org", "gate", "--edition", "nowhere").output
