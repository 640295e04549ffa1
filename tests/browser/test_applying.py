"""A newcomer applies for a stand, at a desk and on a phone."""

from playwright.sync_api import expect

from expo.accounts import services as accounts
from tests.make import a_zone, an_edition

PASSWORD = "a caravan of forty camels"


def test_a_newcomer_applies_and_finds_the_way_back(house, rows, page):
    edition = an_edition(rows, code="expo-1")
    a_zone(rows, edition, code="NAT", name={"en": "National images"})
    accounts.create_user(rows, "aigul@example.org", "Aigul", PASSWORD)
    rows.commit()
    page.goto(f"{house}/expo-1/portal")
    page.get_by_label("E-mail address").fill("aigul@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()

    page.get_by_role("button", name="Save and go on").click()
    assert page.get_by_role("alert").inner_text().count("Choose a country.") == 1
    page.get_by_role("group", name="Name of the organisation").get_by_label("English").fill("Naryn Honey")
    page.get_by_label("Country", exact=True).select_option("KG")
    page.get_by_role("button", name="Save and come back later").click()
    page.get_by_role("link", name="Apply for a stand").click()
    page.get_by_role("link", name="Choose at least one zone.").click()
    page.get_by_label("NAT · National images").check()
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("I wish for").select_option("corner")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Go on", exact=True).click()
    page.get_by_role("button", name="Go on", exact=True).click()
    page.get_by_label("Contact person", exact=False).first.fill("Aigul Bekova")
    page.get_by_label("Sector").fill("food")
    page.get_by_role("group", name="What you do").get_by_label("English").fill("Honey from Naryn.")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_text("Waits for a decision")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
