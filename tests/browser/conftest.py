"""A running house and a real browser. Without Chromium journeys are skipped aloud, or fail if told to."""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fasteners import InterProcessLock
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from sqlmodel import Session
from werkzeug.serving import make_server

from app import create_app
from expo import fonts
from expo.db import make_engine
from expo.settings import ROOT
from expo.web import quick
from tests.conftest import compiled_templates
from tests.expo.checkin.making import KEY, a_house

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium; EXPO_REQUIRE_BROWSER=1 makes its absence a failure."""
    if CHROMIUM is None:
        message = "no Chromium here: journeys in a real browser did not run (apt-get install chromium)"
        if os.environ.get("EXPO_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def web_fonts() -> Path:
    """The fonts that `make run` makes before it serves; made once for all houses of all workers."""
    with InterProcessLock(ROOT / "instance" / "tests" / "fonts.lock"):
        fonts.make(ROOT / "instance")
    return ROOT / "instance" / "fonts"


@pytest.fixture(scope="session")
def _everywhere(tmp_path_factory) -> Flask:
    """The application of all houses, which differ by their database and their folder."""
    app = create_app(
        database_url="postgresql://nowhere/yet",
        instance=tmp_path_factory.mktemp("house"),
        secret_key="for journeys only, for journeys only, for journeys",
        log_level="error",
    )
    app.jinja_env.bytecode_cache = compiled_templates()
    return app


def moved(app: Flask, url: str, instance: Path) -> None:
    """Let the application work on another database and in another folder; what it kept is forgotten."""
    settings = app.extensions["expo_settings"]
    settings.database_url, settings.instance = url, instance
    for kept in ("expo_engine", "expo_gate_known", "expo_gate_tokens"):
        app.extensions.pop(kept, None)
    quick.init(app, lambda: url)


@pytest.fixture
def house(_everywhere, fresh_database, tmp_path, web_fonts) -> Iterator[str]:
    """The address of a running application on a database of its own."""
    (tmp_path / "fonts").symlink_to(web_fonts)
    moved(_everywhere, fresh_database, tmp_path)
    server = make_server("127.0.0.1", 0, _everywhere, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(5)
    engine = _everywhere.extensions.get("expo_engine")
    if engine:
        engine.dispose()


@pytest.fixture
def rows(fresh_database) -> Iterator[Session]:
    """A session on the running house's database; commit to let pages see it."""
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def gates(house, rows, tmp_path):
    """A house with gates, whose server signs badges with the key that the tests know."""
    (tmp_path / "badge-key").write_text(KEY.private_bytes_raw().hex())
    made = a_house(rows)
    made.site_url = f"{house}/{made.edition.code}/gate/"
    rows.commit()
    return made


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["desk", "phone"])
def page(browser, request) -> Iterator[Page]:
    """A page on a desk screen and on a phone; any script error or refused resource fails the journey."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert trouble == []
