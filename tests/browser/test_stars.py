"""A visitor stars talks, loses the net, stars another, and finds everything sent when the net is back."""

import pytest
from sqlmodel import select

from expo.accounts import passwords
from expo.stars.models import Follower, Star
from expo.stars.views import offline
from tests.expo.forums.test_views import a_released_edition
from tests.signing import a_user

READY = "navigator.serviceWorker.ready.then(() => new Promise(done => setTimeout(done, 1500)))"


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["desk", "phone"])
def visitor(browser, request):
    """A page whose net can be cut: what it then says on the console is expected."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    page = context.new_page()
    page.trouble = []
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    yield page
    context.close()
    assert page.trouble == []


def star(page, code):
    return page.locator(f"button[data-star={code}]").first


def pressed(page, code):
    page.wait_for_selector(f"button[data-star={code}]")
    return star(page, code).get_attribute("aria-pressed")


def starred(rows):
    rows.rollback()
    return len(rows.exec(select(Star)).all())


def test_stars_and_pages_survive_without_a_net(house, rows, visitor):
    edition = a_released_edition(rows, 6)
    page, site = visitor, f"{house}/{edition.code}"
    page.goto(f"{site}/programme?view=list")
    star(page, "TALK01").focus()
    page.keyboard.press("Space")
    page.wait_for_selector("button[data-star=TALK01][aria-pressed=true]:not(.waiting)")
    assert starred(rows) == 1
    page.evaluate(READY)
    page.goto(f"{site}/programme/TALK02")  # a page that is kept as it was opened with the worker at work
    page.wait_for_timeout(800)

    page.context.set_offline(True)
    page.goto(f"{site}/programme")
    assert page.get_by_role("heading", level=1).inner_text() == "Programme"
    page.wait_for_selector(".stars-offline:has-text('Offline, as of')")
    assert pressed(page, "TALK01") == "true"
    star(page, "TALK04").click()
    page.wait_for_selector(".stars-waiting:has-text('kept on this device only')")
    page.goto(f"{site}/programme/TALK02")
    assert page.get_by_role("heading", level=1).inner_text() == "Talk 2"
    page.goto(f"{site}/programme/TALK03")  # never opened: drawn from the data
    page.wait_for_selector("h1:has-text('Talk 3')")
    page.goto(f"{site}/my-programme")
    page.wait_for_selector("h1:has-text('My programme')")
    titles = page.locator(".talk-line .tt-title").all_inner_texts()
    assert sorted(titles) == ["Talk 1", "Talk 4"]
    assert starred(rows) == 1

    page.context.set_offline(False)
    page.reload()
    page.wait_for_selector("button[data-star=TALK04][aria-pressed=true]:not(.waiting)")
    assert page.locator(".stars-waiting").is_hidden()
    assert page.locator(".stars-offline").is_hidden()
    assert starred(rows) == 2
    kept = page.evaluate(
        "caches.keys().then(async names => (await Promise.all(names.map(async name => "
        "(await (await caches.open(name)).keys()).map(({url}) => new URL(url).pathname)))).flat())"
    )
    assert [path for path in kept if "my-programme" in path or "console" in path] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_newer_version_asks_before_it_takes_over_and_another_language_does_not(
    house, rows, visitor, monkeypatch
):
    edition = a_released_edition(rows, 2)
    page, address = visitor, f"{house}/{edition.code}/programme"
    page.goto(address)
    page.evaluate(READY)
    page.goto(f"{address}?lang=ur")
    page.evaluate(READY)
    assert page.locator(".stars-fresh").is_hidden()
    page.goto(address)
    page.wait_for_timeout(1000)
    monkeypatch.setattr(offline, "ASSETS", offline.ASSETS[:-1])
    page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update())")
    page.wait_for_selector(".stars-fresh:not([hidden])")
    with page.expect_navigation():
        page.locator(".stars-fresh button").click()
    page.wait_for_timeout(500)
    assert page.locator(".stars-fresh").is_hidden()


def test_what_was_somebody_s_is_gone_from_the_device_when_they_sign_out(house, rows, visitor):
    edition = a_released_edition(rows, 2)
    user = a_user(rows, email="ayan@example.org", password_hash=passwords.hashed("correct horse battery"))
    rows.commit()
    page, address = visitor, f"{house}/{edition.code}/programme?view=list"
    page.goto(f"{house}/sign-in")
    page.fill("[name=email]", user.email)
    page.fill("[name=password]", "correct horse battery")
    page.locator("main button[type=submit]").first.click()
    page.goto(address)
    star(page, "TALK01").click()
    page.wait_for_selector("button[data-star=TALK01][aria-pressed=true]:not(.waiting)")
    page.context.clear_cookies()
    page.goto(address)
    page.wait_for_selector("button[data-star=TALK01][aria-pressed=false]")
    rows.rollback()
    assert [one.email for one in rows.exec(select(Follower)).all()] == ["ayan@example.org"]
