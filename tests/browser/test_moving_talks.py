"""Two organisers move talks about on the board: by mouse, by keyboard, and against one another."""

import pytest

from expo.accounts import services as accounts
from expo.accounts.roles import Role
from tests.expo.board.making import a_small_programme, at, put

PASSWORD = "a caravan of forty camels"


@pytest.fixture
def edition(rows):
    """Talks A and C are placed; Li and Ada may edit."""
    edition = a_small_programme(rows)
    put(rows, edition, "TALK0A", "HALL", at(15, 9))
    put(rows, edition, "TALK0C", "SIDE", at(15, 10))
    for name in ("Li Wei", "Ada"):
        user = accounts.create_user(rows, f"{name[:2].lower()}@example.org", name, PASSWORD)
        accounts.grant(rows, user, Role.ORGANISER, edition.id)
    rows.commit()
    return edition


def at_the_board(page, house, edition, who):
    page.goto(f"{house}/{edition.code}/console/board")
    page.get_by_label("E-mail address").fill(f"{who}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.locator("[data-ready]").wait_for()


def said(page, sentence):
    page.locator("[data-said]").get_by_text(sentence).wait_for()


def block(page, letter):
    return page.locator(f"[data-talk-code='TALK0{letter}']")


def drag(page, letter, across, down):
    """Drag a block by so many pixels."""
    block(page, letter).scroll_into_view_if_needed()
    box = block(page, letter).bounding_box()
    x, y = box["x"] + 30, box["y"] + 10
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + across / 2, y + down / 2)
    page.mouse.move(x + across, y + down, steps=3)
    page.mouse.up()


def test_talks_are_dragged_carried_overruled_and_taken_back(house, edition, page):
    at_the_board(page, house, edition, "li")
    column = page.locator("[data-heads] > div").first.bounding_box()["width"]
    drag(page, "C", -column, 45)
    said(page, "Talk C: Hall, 10:30, Thursday, 15 June 2023.")

    block(page, "A").focus()
    for key in ("Enter", "PageDown", "ArrowDown"):
        page.keyboard.press(key)
    said(page, "Aigul Bekova is not available then.")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Place it anyway").click()
    said(page, "Talk A: Hall, 09:05, Friday, 16 June 2023.")
    page.locator("[data-wrong]").get_by_text("Aigul Bekova is not available then").wait_for()
    block(page, "A").focus()
    page.keyboard.press("Control+z")
    page.locator("[data-wrong]").get_by_text("Nothing is wrong.").wait_for()
    page.get_by_role("button", name="Thursday").click()
    assert block(page, "A").get_attribute("aria-label").startswith("Talk A, Hall, 09:00")

    block(page, "C").focus()
    for key in ("Enter", "ArrowUp", "Shift+ArrowUp", "Shift+ArrowUp"):
        page.keyboard.press(key)
    said(page, "Taken by Talk A.")
    page.keyboard.press("Escape")
    block(page, "C").focus()
    page.keyboard.press("Delete")
    page.locator("[data-cards] [data-talk-code='TALK0C']").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_two_at_the_board_see_each_other_and_the_late_one_decides(house, edition, page, browser):
    at_the_board(page, house, edition, "li")
    other = browser.new_context(locale="en-GB").new_page()
    at_the_board(other, house, edition, "ad")
    page.locator("[data-here]").get_by_text("Ada").wait_for()

    block(other, "C").focus()
    for key in ("Enter", "ArrowDown", "Enter"):
        other.keyboard.press(key)
    said(other, "Talk C: Side, 10:05")
    page.locator("[data-news]").get_by_text("Ada: Talk C").wait_for()
    assert "10:05" in block(page, "C").get_attribute("aria-label")

    other.route("**/changes.json*", lambda route: route.fulfill(status=304))
    other.wait_for_timeout(2500)  # now Ada hears of nothing
    block(page, "C").focus()
    for key in ("Enter", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    said(page, "Talk C: Side, 10:10")
    block(other, "C").focus()
    for key in ("Enter", "ArrowUp", "Enter"):
        other.keyboard.press(key)
    other.get_by_role("alertdialog").get_by_text("Li Wei has changed “Talk C” meanwhile").wait_for()
    other.get_by_role("button", name="Move it as I wanted").click()
    said(other, "Talk C: Side, 10:00")
    other.context.close()


def test_several_are_chosen_dragged_together_swapped_and_pinned(house, edition, page):
    at_the_board(page, house, edition, "li")
    block(page, "A").click()
    block(page, "C").click(modifiers=["Shift"])
    page.locator("[data-chosen]").get_by_text("2 chosen").wait_for()
    drag(page, "A", 0, 45)
    said(page, "2 talks moved.")
    assert "Hall, 09:30" in block(page, "A").get_attribute("aria-label")
    assert "Side, 10:30" in block(page, "C").get_attribute("aria-label")
    page.get_by_role("button", name="Swap").click()
    page.locator("[data-talk-code='TALK0A'][aria-label*='Side, 10:30']").wait_for()
    assert "Hall, 09:30" in block(page, "C").get_attribute("aria-label")
    page.get_by_role("button", name="Pin", exact=True).click()
    said(page, "Talk A is pinned where it is. Talk C is pinned where it is.")
    drag(page, "A", 0, 45)
    said(page, "Talk A is pinned. Unpin it before you move it.")
    page.get_by_role("button", name="Unpin").click()
    said(page, "Talk A may be moved again.")


def test_a_talk_dropped_on_a_day_goes_there_at_its_time(house, edition, page):
    at_the_board(page, house, edition, "li")
    block(page, "C").scroll_into_view_if_needed()
    box = block(page, "C").bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + 20)
    tab = page.get_by_role("button", name="Friday").bounding_box()
    page.mouse.move(tab["x"] + 10, tab["y"] + 10, steps=4)
    page.mouse.up()
    said(page, "Talk C: Side, 10:00, Friday, 16 June 2023.")


def test_a_finger_that_rests_on_a_talk_carries_it(house, edition, browser):
    context = browser.new_context(viewport={"width": 820, "height": 1180}, has_touch=True, locale="en-GB")
    page = context.new_page()
    at_the_board(page, house, edition, "li")
    box = block(page, "C").bounding_box()
    finger = context.new_cdp_session(page)

    def touch(kind, *points):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [*points]})

    x, y = box["x"] + 30, box["y"] + 10
    touch("touchStart", {"x": x, "y": y})
    page.locator("[data-talk-code='TALK0C'].carried").wait_for()
    for down in (15, 30, 45):
        touch("touchMove", {"x": x, "y": y + down})
    touch("touchEnd")
    said(page, "Talk C: Side, 10:30, Thursday, 15 June 2023.")
    context.close()


def test_a_talk_is_made_longer_by_its_edge_and_by_keys_and_taken_back(house, edition, page):
    at_the_board(page, house, edition, "li")
    block(page, "C").scroll_into_view_if_needed()
    box = block(page, "C").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] - 3)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] + 42, steps=3)
    page.mouse.up()
    said(page, "Talk C: 60 minutes, until 11:00.")
    block(page, "C").focus()
    for key in ("-", "-", "Enter"):
        page.keyboard.press(key)
    said(page, "Talk C: 50 minutes, until 10:50.")
    page.get_by_role("button", name="Undo").click()
    said(page, "Talk C: Side, 10:00, Thursday, 15 June 2023.")
    assert "60 min" in block(page, "C").get_attribute("aria-label")
    block(page, "C").focus()
    for key in ("+", "Escape"):
        page.keyboard.press(key)
    said(page, "Put back.")
