"""The organiser draws a hall with keys and pointer, and takes things back."""

from sqlmodel import Session, select

from expo.accounts import services as accounts
from expo.accounts.roles import Role
from expo.venue.models import Hall, Stand
from tests.make import a_hall, a_stand, a_zone, an_edition

PASSWORD = "a caravan of forty camels"


def a_small_hall(rows: Session) -> int:
    edition = an_edition(rows, code="expo-1")
    hall = a_hall(rows, edition, code="H1", width=4000, depth=3000)
    zone = a_zone(rows, edition, code="INT")
    for number in range(3):
        a_stand(rows, hall, zone, code=f"A-{number + 1}", x=600 + 300 * number, y=600)
    organiser = accounts.create_user(rows, "olga@example.org", "Olga", PASSWORD)
    accounts.grant(rows, organiser, Role.ORGANISER, edition.id, None)
    rows.commit()
    return hall.id


def test_an_organiser_draws_a_hall(house, rows, page):
    hall = a_small_hall(rows)
    page.goto(f"{house}/expo-1/console/floor/{hall}/editor")
    page.get_by_label("E-mail address").fill("olga@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.locator("[data-ready]").wait_for()
    board = page.locator("[data-board]")

    def saved(version: int) -> dict[str, tuple[int, int, int, int]]:
        page.get_by_text(f"Version {version} · saved").wait_for()
        rows.expire_all()
        found = rows.exec(select(Stand).where(Stand.hall_id == hall))
        return {stand.code: (stand.x, stand.y, stand.width, stand.depth) for stand in found}

    board.focus()
    page.keyboard.press("n")
    for key in ("Shift+ArrowUp", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    assert saved(2)["A-1"] == (600, 480, 300, 300)
    page.keyboard.press("Control+ArrowUp")
    assert saved(3)["A-1"] == (600, 480, 300, 290)
    page.keyboard.press("Control+z")
    page.get_by_text("Version 4 · saved").wait_for()
    page.keyboard.press("Control+z")
    assert saved(5)["A-1"] == (600, 600, 300, 300)
    page.keyboard.press("x")
    assert saved(6)["A-1-2"] == (750, 600, 150, 300)
    page.keyboard.press("m")
    assert saved(7)["A-1"] == (600, 600, 300, 300)

    stand = page.locator("[data-stand='A-3'] rect").bounding_box()
    page.mouse.move(stand["x"] + stand["width"] / 2, stand["y"] + stand["height"] / 2)
    page.mouse.down()
    page.mouse.move(stand["x"] + stand["width"] * 2.5, stand["y"] + stand["height"] * 2.5, steps=6)
    page.mouse.up()
    x, y, _width, _depth = saved(8)["A-3"]
    assert (x % 10, y % 10, x > 1500, y > 900) == (0, 0, True, True)

    used = page.locator("[data-ledger] [data-zone=INT] [data-used]")
    assert used.text_content() == "27"
    board.focus()
    page.keyboard.press("s")
    frame = board.bounding_box()
    page.mouse.move(frame["x"] + frame["width"] * 0.6, frame["y"] + frame["height"] * 0.6)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] * 0.7, frame["y"] + frame["height"] * 0.7, steps=4)
    assert float(used.text_content()) > 27
    page.keyboard.press("Escape")
    assert used.text_content() == "27"
    page.mouse.up()
    page.keyboard.press("v")

    page.locator("details:has([data-generator]) summary").click()
    page.get_by_label("North, m").last.fill("18")
    page.get_by_label("Numbers").last.fill("B{nr:02}")
    page.get_by_text("12 stands would be laid out.").wait_for()
    assert used.text_content() == "135"
    page.get_by_role("button", name="Put them there").click()
    assert len(saved(9)) == 15
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    rows.expire_all()
    assert rows.get(Hall, hall).version == 9
