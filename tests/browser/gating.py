"""A house with gates, and what people do with a phone at one of them."""

from contextlib import contextmanager

from sqlmodel import select

from expo.checkin import services
from expo.checkin.models import Passage
from tests.browser.camera import film, phone

VERDICT = "[data-verdict]:not([hidden])"


@contextmanager
def a_phone(browser, tmp_path, *scenes, name="profile"):
    """The app's page on a phone whose camera shows these scenes; a script error fails the journey."""
    video = film(tmp_path / f"{name}.y4m", scenes or [(None, 5)])
    trouble = []
    with phone(browser.browser_type, tmp_path / name, video) as context:
        page = context.pages[0]
        page.on("pageerror", lambda error: trouble.append(error.stack))
        yield page
    assert trouble == []


def enrolled(page, gates, rows, gate="north", name="North A"):
    _device, code = services.make_device(rows, gates.edition, name)
    rows.commit()
    page.goto(f"{gates.site_url}enrol/{code}")
    page.fill("[name=name]", name)
    page.get_by_role("button", name="Enrol", exact=True).click()
    page.locator(".gate-list button", has_text=gate).click()
    page.wait_for_selector("[data-view=scan]:not([hidden])")
    page.click("[data-go-to=more]")
    page.wait_for_selector("[data-fact=list]:has-text('as of')")
    page.evaluate("navigator.serviceWorker.ready.then(() => caches.keys())")
    page.click("[data-go-to=scan]")


def typed(page, text):
    """What the screen says to a text that comes by hand or by a USB scanner."""
    page.fill("#typed", text)
    page.press("#typed", "Enter")
    return verdict(page)


def verdict(page, patience=20_000):
    page.wait_for_selector(VERDICT, timeout=patience)
    said = (page.inner_text("[data-verdict-word]"), page.inner_text("[data-verdict-why]"))
    name = page.inner_text("[data-verdict-name]")
    tone = page.locator("[data-verdict]").get_attribute("data-tone")
    page.click("[data-next]")
    page.wait_for_selector("[data-verdict]", state="hidden")
    return tone, *said, name


def passages(rows):
    rows.rollback()
    return rows.exec(select(Passage).order_by(Passage.at)).all()
