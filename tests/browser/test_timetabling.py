"""The organiser builds the timetable, watches the work and releases what came of it."""

from playwright.sync_api import expect
from sqlmodel import Session, select

from expo.accounts import services as accounts
from expo.accounts.roles import Role
from expo.db import make_engine
from expo.jobs.models import Job
from expo.jobs.runner import run
from tests.make import a_forum, a_room, a_talk, an_edition

PASSWORD = "a caravan of forty camels"


def a_small_programme(rows: Session) -> None:
    edition = an_edition(rows, code="expo-1")
    a_room(rows, edition, code="HALL")
    forum = a_forum(rows, edition, code="ENE", name={"en": "Energy"})
    for number in range(4):
        a_talk(rows, forum, code=f"ENE00{number}", title={"en": f"Grids {number}"})
    organiser = accounts.create_user(rows, "olga@example.org", "Olga", PASSWORD)
    accounts.grant(rows, organiser, Role.ORGANISER, edition.id, None)
    rows.commit()


def work(rows: Session, url: str) -> None:
    """What a worker does with the only job that waits."""
    engine = make_engine(url)
    run(lambda: Session(engine), engine, rows.exec(select(Job.id)).one())
    engine.dispose()


def test_an_organiser_builds_watches_and_releases_the_timetable(house, rows, page, fresh_database):
    a_small_programme(rows)
    page.goto(f"{house}/expo-1/console/timetable")
    page.get_by_label("E-mail address").fill("olga@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()

    page.get_by_label("Rounds").fill("20000")
    page.get_by_role("button", name="Build the timetable").click()
    page.get_by_text("Waiting for its turn").first.wait_for()
    work(rows, fresh_database)
    page.get_by_text("Finished").first.wait_for()

    page.goto(f"{house}/expo-1/console/timetable")
    expect(page.get_by_text("4 / 4")).to_have_count(1)
    page.get_by_role("link", name="Preview and release").click()
    page.get_by_role("button", name="Release this timetable").click()
    page.get_by_text("Version 1 is public now").wait_for()
    page.goto(f"{house}/expo-1/programme")
    expect(page.locator(".tt-title")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
