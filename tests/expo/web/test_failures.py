"""Whatever happens, a person gets a page with a sentence."""

import io
import json
import logging

import pytest

from app import create_app
from expo import logs
from expo.db import make_engine
from expo.errors import SetupProblem
from expo.settings import read_settings
from tests.make import an_edition
from tests.page import problems
from tests.signing import sign_in


def test_a_refusal_nobody_caught_is_said(trouble):
    page = trouble.get("/t/refused")
    assert (page.status_code, "Stand A-07 was taken." in page.text) == (409, True)


def test_an_accident_is_a_page_without_its_details(trouble):
    page = trouble.get("/t/broken")
    assert (page.status_code, "sesame" in page.text, problems(page.text)) == (500, False, [])


@pytest.mark.parametrize(
    ("address", "status"), [("/t/too-long", 400), ("/t/twice", 409), ("/t/deadlock", 409)]
)
def test_what_the_database_refuses_is_a_page_for_signed_in_people_too(trouble, session, address, status):
    assert trouble.get(address).status_code == status
    user = sign_in(trouble, session)
    page = trouble.get(address)
    assert (page.status_code, user.name in page.text) == (status, True)


@pytest.mark.parametrize(("address", "status"), [("/t/gone", 409), ("/t/stale", 409), ("/t/misused", 500)])
def test_a_row_deleted_meanwhile_is_a_lost_race_and_no_accident(trouble, address, status):
    assert trouble.get(address).status_code == status


@pytest.mark.parametrize(
    ("language", "said"), [("en", "No such place here"), ("zh", ""), ("ru", ""), ("ur", "")]
)
def test_an_unknown_address_is_said_in_the_readers_language(client, language, said):
    page = client.get(f"/nowhere/at/all?lang={language}")
    assert page.status_code == 404
    assert f'<html lang="{language}"' in page.text
    assert said in page.text
    assert problems(page.text) == []


def test_a_failure_is_data_where_data_is_asked_for(trouble):
    answer = trouble.get("/t/refused", headers={"Accept": "application/json"})
    assert answer.json == {"error": "Stand A-07 was taken.", "status": 409}


@pytest.mark.parametrize("number", [2**31, 2**63, 10**40])
def test_a_number_that_no_row_can_have_is_no_address(trouble, number):
    assert trouble.get("/t/row/2147483647").status_code == 200
    assert trouble.get(f"/t/row/{number}").status_code == 404


@pytest.mark.parametrize("where", ["/sign-in?next=%00", "/%00", "/a%00b/console/roles", "/t/row/%00"])
def test_a_zero_byte_in_an_address_is_refused(trouble, where):
    assert trouble.get(where).status_code in (400, 404)
    assert "X-Request-ID" in trouble.get(where).headers


@pytest.mark.parametrize("where", ["/static/", "/assets/", "/"])
def test_a_name_too_long_for_a_disk_is_no_address(client, where):
    assert client.get(where + "x" * 3000).status_code == 404


@pytest.mark.parametrize("form", [{"email": "a\0@example.org"}, {"na\0me": "x"}])
def test_a_zero_byte_in_a_form_is_refused(client, form):
    assert client.post("/sign-in", data=form).status_code == 400


def test_characters_that_nobody_types_do_not_come_in(trouble):
    trouble.application.config["WTF_CSRF_ENABLED"] = False
    try:
        typed = "A\x01\x1b\x85\ufffe-0\x0b7 链\t\n😀"
        assert trouble.post("/t/form", data={"name": typed}).text.endswith("; A-0 7 链\t\n😀")
    finally:
        trouble.application.config["WTF_CSRF_ENABLED"] = True


def test_a_form_that_is_too_large_is_refused(client):
    assert client.post("/sign-in", data={"email": "x" * 3_000_000}).status_code == 413


def test_a_refused_form_keeps_what_was_typed(app, trouble):
    trouble.application.config["WTF_CSRF_ENABLED"] = False
    try:
        assert trouble.post("/t/form", data={"name": "A-07"}).text == "Stand A-07 was taken.; A-07"
        assert trouble.post("/t/form", data={"name": ""}).text == "Type a name.; "
    finally:
        trouble.application.config["WTF_CSRF_ENABLED"] = True


def test_a_database_out_of_reach_is_a_page_also_for_who_is_signed_in(tmp_path):
    app = create_app(
        database_url="postgresql://127.0.0.1:9/none?connect_timeout=2", instance=tmp_path, log_level="error"
    )
    app.config["PROPAGATE_EXCEPTIONS"] = False
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["sign_in"] = "some token"
    for address in ("/", "/account", "/somewhere/console/roles", "/no/where/at/all"):
        page = browser.get(address)
        assert (page.status_code, "database" in page.text) == (503, True)
    assert browser.post("/sign-in", data={"email": "a@example.org"}).status_code == 503
    assert browser.get("/healthz").status_code == 200
    assert browser.get("/readyz").status_code == 503


def test_readiness_knows_the_migrations(client, app):
    assert client.get("/healthz").json == {"status": "ok"}


# ---- settings and logs ----


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("EXPO_WEB_WORKERS", "many", "EXPO_WEB_WORKERS"),
        ("EXPO_WEB_WORKERS", "0", "greater than or equal to 1"),
        ("EXPO_DATABASE_URL", "mysql://x", "must start with postgresql://"),
        ("EXPO_SITE_URL", "expo.example.org", "must be an address such as"),
        ("EXPO_SECRET_KEY", "short", "at least 32"),
        ("EXPO_SMTP_HOST", "mail.example.org", "EXPO_SMTP_HOST needs EXPO_SITE_URL"),
    ],
)
def test_a_bad_setting_is_one_sentence_with_its_name(monkeypatch, name, value, said):
    monkeypatch.setenv(name, value)
    with pytest.raises(SetupProblem) as problem:
        read_settings()
    assert name in str(problem.value)
    assert said in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_bad_setting_never_repeats_a_secret(monkeypatch):
    monkeypatch.setenv("EXPO_SECRET_KEY", "sesame")
    with pytest.raises(SetupProblem) as problem:
        read_settings()
    assert "sesame" not in str(problem.value)


def test_values_under_telling_names_are_hidden():
    event = {"event": "x", "password": "sesame", "X_Token": "sesame", "csrf_token": "sesame", "name": "Li"}
    assert logs.hide_secrets(None, "", event) == {
        "event": "x",
        "password": "hidden",
        "X_Token": "hidden",
        "csrf_token": "hidden",
        "name": "Li",
    }


def test_a_librarys_log_is_one_json_object_a_line():
    out = io.StringIO()
    logs.set_up("error")
    logging.getLogger().handlers[0].setStream(out)
    logging.getLogger("some.library").error("look %s", "here")
    logs.set_up("error")
    assert json.loads(out.getvalue())["event"] == "look here"


def test_a_failed_statement_is_logged_without_what_was_typed():
    assert make_engine("postgresql://x/y").hide_parameters


def test_a_page_of_an_edition_survives_hostile_queries(client, session):
    edition = an_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    for query in (
        "page=-1",
        "page=9e9",
        "page=999999999999999999999",
        "q=%25",
        "state=x&subject=%27",
        "sort=-",
    ):
        for page in ("audit", "outbox", "roles"):
            assert client.get(f"/{edition.code}/console/{page}?{query}").status_code == 200
