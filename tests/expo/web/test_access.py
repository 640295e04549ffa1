"""Closed unless opened, and no form without its key."""

import re

import pytest

from tests.make import an_edition
from tests.signing import sign_in


def csrf_of(page: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]


def test_a_page_that_says_nothing_about_itself_is_closed(trouble, session):
    assert trouble.get("/t/unmarked").status_code == 403
    sign_in(trouble, session, role="organiser")
    assert trouble.get("/t/unmarked").status_code == 403


def test_a_guarded_page_asks_to_sign_in_then_for_the_role(trouble, session):
    assert trouble.get("/t/guarded?x=1").location == "/sign-in?next=/t/guarded?x%3D1"
    sign_in(trouble, session)
    assert trouble.get("/t/guarded").status_code == 403


def test_every_page_that_takes_a_post_wants_the_key_of_its_form(trouble, session):
    edition = an_edition(session)
    sign_in(trouble, session, role="organiser", edition=edition)
    accepted = []
    for rule in trouble.application.url_map.iter_rules():
        if "POST" in rule.methods:
            named = rule.rule.replace("<edition>", edition.code).replace("<house>", edition.code)
            address = re.sub(r"<int:[^>]+>", "1", named)
            address = re.sub(r"<any\(([^,)]+)[^>]*>", r"\1", address)
            answer = trouble.post(re.sub(r"<[^>]+>", "x", address))
            refused = answer.status_code == 400 and "open too long" in answer.text
            # a scanner shows its device's token and no session; a session needs its key there too
            scanner = rule.rule.startswith("/api/") and answer.status_code in (400, 401)
            # a mail program ends letters without a form (RFC 8058): the signed address is the key
            signed = rule.rule.endswith("/leads/stop/<token>/now") and answer.status_code == 404
            if not (refused or scanner or signed):
                accepted.append((rule.rule, answer.status_code))
    assert accepted == []


def test_with_its_key_a_form_is_taken(trouble):
    key = csrf_of(trouble.get("/sign-in").text)
    form = {"email": "aigul@example.org", "password": "some password", "csrf_token": key}
    assert "do not belong together" in trouble.post("/sign-in", data=form).text


def test_the_key_of_another_browser_is_refused(trouble):
    key = csrf_of(trouble.get("/sign-in").text)
    stranger = trouble.application.test_client()
    assert stranger.post("/sign-in", data={"csrf_token": key}).status_code == 400


def test_an_edition_not_yet_public_is_there_for_its_own_people_only(client, app, session):
    edition = an_edition(session, is_public=False)
    page = f"/{edition.code}/console/roles"
    assert client.get(page).status_code == 404
    sign_in(client, session, role="organiser", edition=an_edition(session))
    assert client.get(page).status_code == 404
    sign_in(client, session, role="organiser", edition=edition)
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("code", ["nowhere", "No Where", "%00", "a'b", "x" * 500])
def test_an_unknown_edition_is_no_address(client, code):
    assert client.get(f"/{code}/console/roles").status_code in (400, 404)
