"""A stranger proposes a talk: reviewed, accepted, told, confirmed, placed, released; then all can read it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, select

from expo.accounts import services as accounts
from expo.accounts.roles import Role
from expo.call.models import Proposal
from expo.outbox.models import Mail
from tests.expo.call.test_services import open_call
from tests.make import a_forum, a_room, an_edition

PASSWORD = "a caravan of forty camels"


def a_call(rows: Session) -> None:
    edition = an_edition(rows, code="expo-1")
    a_room(rows, edition, code="HALL", name={"en": "Hall"})
    a_forum(rows, edition, code="F0", is_main=True, name={"en": "Energy"})
    open_call(rows, edition, reviews_wanted=1)
    organiser = accounts.create_user(rows, "olga@example.org", "Olga", PASSWORD)
    accounts.grant(rows, organiser, Role.ORGANISER, edition.id, None)
    rows.commit()


def linked(rows: Session, house: str, pattern: str) -> str:
    """The address in the newest letter that holds one like it."""
    rows.expire_all()
    bodies = rows.exec(select(Mail.body).order_by(Mail.id.desc())).all()
    return house + next(found[0] for body in bodies if (found := re.search(pattern, body)))


def sign_in(page, house: str) -> None:
    page.goto(f"{house}/expo-1/console/proposals")
    page.get_by_label("E-mail address").fill("olga@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


@pytest.fixture
def stranger(browser) -> Iterator[Page]:
    """Somebody else's browser."""
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


def test_a_proposal_becomes_a_talk_on_the_programme(house, rows, page, stranger):
    a_call(rows)
    stranger.goto(f"{house}/expo-1/call/new")
    stranger.get_by_role("textbox", name="Title").fill("Honey by rail")
    stranger.locator("#abstract").fill("How it travels.\n\nAnd arrives.")
    stranger.locator("[name=speakers-0-name]").fill("Айгуль Бекова")
    stranger.locator("[name=speakers-0-email]").fill("aigul@example.org")
    stranger.get_by_role("button", name="Hand in").click()
    stranger.get_by_text("Handed in.").first.wait_for()
    stranger.goto(linked(rows, house, r"/expo-1/call/mine/\S+"))
    assert stranger.get_by_text("open the link in our mail").count() == 0

    sign_in(page, house)
    code = rows.exec(select(Proposal.code)).one()
    page.goto(f"{house}/expo-1/console/proposals/{code}")
    for score in page.get_by_role("radio", name="4", exact=True).all():
        score.check()
    page.get_by_role("button", name="Keep my review").click()
    assert page.get_by_role("main").get_by_label("Forum").input_value() == ""
    page.get_by_role("main").get_by_label("Forum").select_option("F0")
    page.get_by_role("button", name="Put it there").click()
    page.get_by_text("Saved.").wait_for()
    page.get_by_role("button", name="Mark as: Accepted").click()
    page.get_by_text("1 proposal is decided").wait_for()
    page.goto(f"{house}/expo-1/console/proposals/letters")
    page.get_by_text("Write about 1 decision").click()
    page.get_by_role("button", name="Write the letters").click()
    page.get_by_text("Nobody waits for this letter").first.wait_for()

    rows.expire_all()
    stranger.goto(linked(rows, house, r"/expo-1/on-stage/\S+"))
    stranger.get_by_role("button", name="Yes, I come").click()

    page.goto(f"{house}/expo-1/console/programme/talks")
    link = page.get_by_role("link", name="Honey by rail", exact=True).first
    talk = link.get_attribute("href").rsplit("/", 1)[1]
    page.goto(f"{house}/expo-1/console/board/talks/{talk}")
    page.get_by_label("Start").fill("10:00")
    page.get_by_role("main").get_by_role("button", name="Place it", exact=True).click()
    page.get_by_text("Saved.").wait_for()
    page.goto(f"{house}/expo-1/console/timetable/release")
    page.get_by_role("button", name="Release this timetable").click()
    page.get_by_text("Version 1 is public now").wait_for()

    stranger.goto(f"{house}/expo-1/programme")
    stranger.get_by_role("link", name="Honey by rail", exact=True).click()
    stranger.get_by_role("heading", name="Honey by rail").wait_for()
    expect(stranger.get_by_role("link", name="Айгуль Бекова")).to_have_count(1)
