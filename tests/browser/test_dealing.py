"""A seller enters a deal, the buyer confirms it, a stranger checks its paper; and a sale at the till."""

from playwright.sync_api import expect
from sqlmodel import select

from expo.accounts import services as accounts
from expo.accounts.roles import Role
from expo.exhibitors.models import Organisation
from matchmaking.deals.models import Deal, DealDocument
from tests.make import a_buyer, a_product, an_edition, an_exhibitor

PASSWORD = "a caravan of forty camels"


def somebody(rows, edition, part, role: Role, email: str) -> None:
    """A person who acts for an exhibitor or a buyer."""
    user = accounts.create_user(rows, email, email.split("@")[0].title(), PASSWORD)
    firm = rows.get_one(Organisation, part.organisation_id)
    accounts.grant(rows, user, role, edition.id, firm.id)


def come_in(page, house: str, email: str) -> None:
    page.goto(f"{house}/expo-1/deals")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def leave(page) -> None:
    page.get_by_role("button", name="Sign out").click()


def test_a_deal_is_entered_confirmed_signed_and_checked(house, rows, page):
    edition = an_edition(rows, code="expo-1")
    seller, buyer = an_exhibitor(rows, edition), a_buyer(rows, edition)
    a_product(rows, seller, name={"en": "Jam"}, hs="200799", unit="pcs", price_minor=1500, currency="CNY")
    somebody(rows, edition, seller, Role.EXHIBITOR, "aigul@example.org")
    somebody(rows, edition, buyer, Role.BUYER, "wei@example.org")
    rows.commit()

    come_in(page, house, "aigul@example.org")
    page.get_by_role("link", name="Record a deal").click()
    page.get_by_label("Buyer", exact=False).first.fill(buyer.code)
    line = page.get_by_role("group", name="Line 1")
    line.get_by_label("HS code").fill("0409.00")
    line.get_by_label("What is sold").fill("Honey")
    line.get_by_label("Quantity").fill("10")
    line.get_by_label("Unit", exact=False).first.fill("kg")
    line.get_by_label("Price per unit").fill("12.34")
    assert "123.4" in page.locator("[data-sum]").inner_text()
    page.get_by_role("button", name="Record the deal").click()
    expect(page.get_by_text("The other party is to confirm it.")).to_have_count(1)
    page.get_by_role("button", name="Draw it up").click()
    page.goto(f"{house}/expo-1/deals/till")
    page.get_by_role("button", name="Sold").click()
    assert page.get_by_role("status").filter(has_text="15.00").count() >= 1
    leave(page)

    come_in(page, house, "wei@example.org")
    page.get_by_role("link", name="Deal 1").first.click()
    page.get_by_role("button", name="Confirm the deal").click()
    expect(page.get_by_text("Confirmed by all")).to_have_count(1)
    leave(page)

    code = rows.exec(select(DealDocument.code)).one()
    page.goto(f"{house}/expo-1/deals/check/{code}")
    expect(page.get_by_text("This document is as it was drawn up and sealed.")).to_have_count(1)
    assert "123.40" not in page.inner_text("main")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert rows.exec(select(Deal.standing)).one() == "confirmed"
