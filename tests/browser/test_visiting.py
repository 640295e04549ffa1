"""A visitor looks for a firm, sees where it stands, and goes on in another language."""

from playwright.sync_api import expect

from tests.matchmaking.catalogue.fair import a_fair


def test_a_visitor_finds_a_firm_and_its_stand_and_stays_there_in_urdu(house, rows, page):
    edition = a_fair(rows)
    page.goto(f"{house}/{edition.code}/")
    page.get_by_role("search").get_by_role("searchbox").fill("Firm 02")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Firm 02").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Firm 02"
    page.get_by_role("link", name="Floor plan S02").click()
    expect(page.locator(".plan .stand.found, .plan .found .stand")).to_have_count(1)

    page.get_by_role("link", name="اردو").click()
    assert page.url.startswith(f"{house}/{edition.code}/plan?")
    assert page.locator("html").get_attribute("dir") == "rtl"
    expect(page.locator(".plan .stand.found, .plan .found .stand")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
