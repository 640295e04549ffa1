"""Headers, cookies and addresses of every answer."""

import pytest
from flask import url_for

from app import create_app
from expo.web.scanning import may_scan
from expo.web.security import POLICY, site_address
from tests.make import an_edition


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/sign-in",
        "/account",
        "/nowhere",
        "/static/expo.css",
        "/healthz",
        "/t/broken",
        "/t/refused",
        "/%00",
    ],
)
def test_every_answer_bears_the_policy_and_its_request_id(trouble, address):
    headers = trouble.get(address).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert len(headers["X-Request-ID"]) >= 8


def test_the_policy_allows_no_inline_code():
    assert "unsafe" not in POLICY
    assert "default-src 'none'" in POLICY


def test_a_plain_request_id_is_kept_and_a_strange_one_replaced(client):
    kept = client.get("/healthz", headers={"X-Request-ID": "abc-12345678"}).headers["X-Request-ID"]
    assert kept == "abc-12345678"
    assert (
        client.get("/healthz", headers={"X-Request-ID": "<b>x</b>12345"}).headers["X-Request-ID"]
        != "<b>x</b>12345"
    )


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client):
    cookie = client.get("/sign-in").headers["Set-Cookie"]
    assert ("HttpOnly" in cookie, "SameSite=Lax" in cookie) == (True, True)


def an_app(tmp_path, **given):
    return create_app(database_url="postgresql://x/y", instance=tmp_path, log_level="error", **given)


def test_behind_https_the_cookie_travels_by_https_only(tmp_path):
    assert an_app(tmp_path, site_url="https://expo.example.org/").config["SESSION_COOKIE_SECURE"] is True
    assert an_app(tmp_path).config["SESSION_COOKIE_SECURE"] is False


def test_links_in_letters_lead_to_the_site_of_the_settings(tmp_path):
    app = an_app(tmp_path, site_url="https://expo.example.org/")
    with app.test_request_context("/", headers={"Host": "evil.example"}):
        assert site_address() + url_for("accounts.ask_reset") == "https://expo.example.org/reset"


def test_a_proxy_is_believed_only_where_one_is_set(tmp_path):
    from flask import request

    from expo.web.access import public

    for hops, seen in ((0, "127.0.0.1"), (1, "203.0.113.7")):
        app = an_app(tmp_path, trusted_proxies=hops)
        app.add_url_rule("/t/where", "where", public(lambda: request.remote_addr))
        answer = app.test_client().get("/t/where", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.7"})
        assert answer.text == seen


def test_the_secret_key_is_made_once_and_kept_from_others(tmp_path):
    first, second = an_app(tmp_path), an_app(tmp_path)
    assert first.config["SECRET_KEY"] == second.config["SECRET_KEY"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_files_are_served_from_our_folders_only(client):
    addresses = ["/static/../app.py", "/static/%2e%2e/app.py", "/assets/../../app.py", "/assets/nothing"]
    assert [client.get(address).status_code for address in addresses] == [404] * 4
    assert "Vary" not in client.get("/static/expo.css").headers
    assert "max-age=31536000" in client.get("/static/expo.css?v=1").headers["Cache-Control"]


def test_a_module_that_others_import_without_its_version_is_asked_for_anew(client):
    answer = client.get("/static/board-state.js")
    assert answer.headers["Cache-Control"] == "no-cache, max-age=0"
    again = client.get("/static/board-state.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_camera_and_webassembly_are_for_pages_that_scan_only(app, client):
    assert "camera=()" in client.get("/").headers["Permissions-Policy"]
    with app.test_request_context("/"):
        headers = may_scan(app.make_response("")).headers
    policy = headers["Content-Security-Policy"]
    assert "camera=(self)" in headers["Permissions-Policy"]
    assert ("script-src 'self' 'wasm-unsafe-eval'" in policy, "worker-src 'self'" in policy) == (True, True)
    assert ("'unsafe-eval'" in policy, "default-src 'none'" in policy) == (False, True)


def test_links_stay_within_the_edition(app, session):
    edition = an_edition(session)
    session.commit()
    with app.test_request_context(f"/{edition.code}/console/roles"):
        app.preprocess_request()
        assert url_for("outbox.mail_list") == f"/{edition.code}/console/outbox"
        assert url_for("outbox.mail_list", edition="other") == "/other/console/outbox"
        assert url_for("accounts.sign_in") == "/sign-in"


def test_the_front_page_teaches_while_there_is_no_edition(client):
    assert "flask demo run" in client.get("/").text


def test_the_front_page_lists_public_editions_only(client, session):
    an_edition(session, name={"en": "Open Expo"})
    an_edition(session, name={"en": "Other Expo"})
    an_edition(session, name={"en": "Hidden Expo"}, is_public=False)
    page = client.get("/").text
    assert ("Open Expo" in page, "Other Expo" in page, "Hidden Expo" in page) == (True, True, False)
