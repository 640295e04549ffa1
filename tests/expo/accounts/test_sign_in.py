"""Signing in and out, as a browser does it."""

from tests.make import an_edition
from tests.signing import sign_in


def test_who_is_signed_in_sees_their_account(client, session):
    user = sign_in(client, session, role="organiser", edition=an_edition(session))
    page = client.get("/account")
    assert page.status_code == 200
    assert user.email in page.text
