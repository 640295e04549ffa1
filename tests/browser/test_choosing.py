"""Two exhibitors choose stands at once, by click and by keyboard, at a desk and on a phone."""

from expo.accounts import services as accounts
from expo.accounts.roles import Role
from expo.exhibitors.models import Organisation
from expo.selection.services import picking
from tests.expo.selection.making import a_fair, a_firm, a_round

PASSWORD = "a caravan of forty camels"


def test_picking_by_click_and_keys_while_others_take_stands(house, rows, page):
    fair = a_fair(rows, code="expo-1")
    own, other = a_firm(rows, fair, "X", area_m2=18), a_firm(rows, fair, "Y")
    round_ = a_round(rows, fair)
    user = accounts.create_user(rows, "aigul@example.org", "Aigul", PASSWORD)
    organisation = rows.get_one(Organisation, own.organisation_id)
    accounts.grant(rows, user, Role.EXHIBITOR, fair.edition.id, organisation.id)
    rows.commit()

    page.goto(f"{house}/expo-1/portal/selection")
    page.get_by_label("E-mail address").fill("aigul@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.locator('a.pick[data-stand="A-01"]').click()
    page.locator("#basket").get_by_text("at least 16.2 m² are needed").wait_for()
    page.locator('a.pick[data-stand="A-01"]').focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator("#basket").get_by_text("This place suits what you asked for.").wait_for()

    picking.choose(rows, round_, other, ["A-02"])
    rows.commit()
    page.locator('a.pick.held[data-stand="A-02"]').wait_for()
    page.locator("#basket").get_by_text("at least 16.2 m² are needed").wait_for()
    page.locator('a.pick[data-stand="B-01"]').click()
    page.get_by_role("button", name="Hold for 10 minutes").click()
    page.get_by_text("Held for you. Confirm before the time is up.").wait_for()
    assert page.locator("[data-left]").inner_text().endswith("left")
    page.get_by_role("button", name="Confirm: take this place").click()
    page.get_by_text("The stand is yours.").wait_for()
    assert page.locator("#basket .sign").inner_text().split() == ["A-01", "B-01"]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
