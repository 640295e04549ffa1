"""The app's pages: in four languages, with the rights a scanner needs, whole without a net."""

import json
import re

import pytest

from expo.gate import views
from expo.gate.wording import WORDS
from expo.settings import ROOT
from tests.make import an_edition
from tests.page import problems


@pytest.fixture
def site(session):
    return f"/{an_edition(session).code}/gate"


@pytest.mark.parametrize("language", ["en", "zh", "ru", "ur"])
def test_the_app_is_well_made_in_every_language(client, site, language):
    answer = client.get(f"{site}/?lang={language}")
    assert (answer.status_code, problems(answer.text)) == (200, [])
    assert f'lang="{language}"' in answer.text
    assert "noscript" in answer.text


def test_the_app_may_use_the_camera_and_the_decoder_and_other_pages_may_not(client, site):
    headers = client.get(f"{site}/").headers
    assert "camera=(self)" in headers["Permissions-Policy"]
    assert "'wasm-unsafe-eval'" in headers["Content-Security-Policy"]
    assert "camera=()" in client.get(site.removesuffix("/gate")).headers["Permissions-Policy"]


def test_a_page_for_nobody_signed_in_sets_no_cookie_and_holds_no_secret(client, site):
    answer = client.get(f"{site}/")
    assert ("Set-Cookie" in answer.headers, 'data-csrf=""' in answer.text) == (False, True)


def test_the_enrolment_address_types_the_code_in(client, site):
    assert 'value="ABCD-1234"' in client.get(f"{site}/enrol/ABCD-1234").text
    assert client.get(f"{site}/enrol/{'x' * 65}").status_code == 404
    assert "<script>" not in client.get(f"{site}/enrol/%3Cscript%3E").text


def test_files_lie_under_the_app_s_own_address_and_no_others_do(client, site):
    address = f"{site}/files-{views.version()}"
    for name in views.files():
        answer = client.get(f"{address}/{name}")
        assert (answer.status_code, "max-age=31536000" in answer.headers["Cache-Control"]) == (200, True)
    assert client.get(f"{address}/expo.css").status_code == 404
    assert client.get(f"{address}/gate-worker.js").status_code == 404
    assert "no-cache" in client.get(f"{site}/files-old/gate.js").headers["Cache-Control"]
    assert "'wasm-unsafe-eval'" in client.get(f"{address}/scan-worker.js").headers["Content-Security-Policy"]


def test_every_module_that_a_module_imports_is_kept(client, site):
    named = {
        name
        for file in views.files()
        for name in re.findall(
            r'(?:from|import|URL\()\s*\(?"\./([\w.-]+)"', (ROOT / "static" / file).read_text()
        )
    }
    assert named - set(views.files()) == set()


def test_the_worker_keeps_what_the_app_needs_and_all_of_it_is_there(client, site):
    answer = client.get(f"{site}/service-worker.js")
    setup = json.loads(answer.text.split("\n", 1)[0].removeprefix("const SETUP = ").removesuffix(";"))
    addresses = [*setup["files"], *setup["shells"].values()]
    assert {client.get(one).status_code for one in addresses} == {200}
    assert (answer.mimetype, setup["home"]) == ("text/javascript", f"{site}/")
    assert any("zxing_reader.wasm" in one for one in addresses)


@pytest.mark.parametrize("language", ["en", "ur"])
def test_the_manifest_lets_phones_install_the_app(client, site, language):
    facts = client.get(f"{site}/gate.webmanifest?lang={language}").get_json(force=True)
    assert (facts["start_url"], facts["scope"], facts["display"]) == (f"{site}/", f"{site}/", "standalone")
    assert facts["dir"] == ("rtl" if language == "ur" else "ltr")
    assert [client.get(icon["src"]).mimetype for icon in facts["icons"]] == ["image/png"] * 2


def test_every_word_the_modules_ask_for_is_there_and_every_word_is_asked_for():
    whole = "".join((ROOT / "static" / name).read_text() for name in views.files())
    asked = set(re.findall(r'word\("([\w-]+)"', whole))
    assert asked - set(WORDS) == set()
    unused = {key for key in WORDS if f'"{key}"' not in whole}
    made = {key for key in unused if key.startswith(("reason-", "camera-", "state-"))}
    assert unused - made == set()
