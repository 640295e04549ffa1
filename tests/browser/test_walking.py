"""A visitor types a name, sees the booth marked while typing, taps it and is led there."""

from playwright.sync_api import expect

from expo.allocation import services
from tests.expo.allocation.rows import a_fair, a_firm


def test_a_visitor_finds_a_booth_while_typing_and_is_led_there(house, rows, page):
    fair = a_fair(rows)
    a_firm(rows, fair, "X", name="Honey House", wishes=[("stand", "A-04")])
    services.publish(rows, services.solve(rows, fair.edition, 1, 100))
    rows.commit()
    page.goto(f"{house}/{fair.edition.code}/plan?hall=H1")
    page.get_by_role("searchbox", name="Find an exhibitor or a stand").press_sequentially("hone")
    page.get_by_text("1 exhibitor found").wait_for()
    assert page.locator(".plan a.found").get_attribute("data-stands") == "A-04"
    assert page.url.endswith("q=hone")

    page.locator("[data-stands='A-04']").click()
    page.get_by_role("dialog").get_by_role("link", name="Way here").click()
    page.get_by_text("Start at entrance W").wait_for()
    expect(page.locator(".plan .way-line")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
