"""An organiser moves a booth by dragging and by keyboard, and takes it back."""

from playwright.sync_api import expect

from expo.accounts import services as accounts
from expo.accounts.roles import Role
from expo.allocation import services
from tests.expo.allocation.rows import a_fair, a_firm

PASSWORD = "a caravan of forty camels"


def middle(page, stand: str) -> tuple[float, float]:
    box = page.locator(f"[data-stands='{stand}'] path").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def said(page, sentence: str) -> None:
    page.locator("[data-said]").get_by_text(sentence).wait_for()


def test_a_booth_is_dragged_carried_and_put_back(house, rows, page):
    fair = a_fair(rows)
    a_firm(rows, fair, "X", name="Honey House", wishes=[("stand", "A-01")])
    services.publish(rows, services.solve(rows, fair.edition, 1, 100))
    user = accounts.create_user(rows, "ada@example.org", "Ada", PASSWORD)
    accounts.grant(rows, user, Role.ORGANISER, fair.edition.id)
    rows.commit()
    page.goto(f"{house}/{fair.edition.code}/console/allocation")
    page.get_by_label("E-mail address").fill("ada@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Edit the published plan by hand").click()
    page.locator(".editor.live g[tabindex]").first.wait_for(state="attached")

    page.locator("[data-stands='A-01']").scroll_into_view_if_needed()
    page.mouse.move(*middle(page, "A-01"))
    page.mouse.down()
    page.mouse.move(*middle(page, "A-03"), steps=4)
    page.mouse.up()
    said(page, "Honey House (X) goes from A-01 to A-03.")

    page.locator("a[data-stands='A-03']").focus()
    for key in ("m", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    said(page, "Honey House (X) goes from A-03 to B-03.")
    page.keyboard.press("Control+z")
    said(page, "Undone: Honey House (X) goes from A-03 to B-03.")
    expect(page.locator("a[data-stands='A-03']")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
