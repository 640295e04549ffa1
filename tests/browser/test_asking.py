"""Asking for meetings in a browser: one asks, the other proposes, many are answered by the keyboard."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from expo.accounts import services as accounts
from expo.accounts.roles import Role
from matchmaking.requests.models import MeetingRequest
from matchmaking.requests.services import ask
from tests.matchmaking.requests.making import a_fair

pytestmark = pytest.mark.browser
PASSWORD = "a long walk by the sea"


def sign_in(page, house, email):
    page.context.clear_cookies()
    page.goto(f"{house}/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def test_two_agree_on_a_time_and_several_are_answered_at_once(house, rows, page):
    edition, (ann, bob), (honey, _tea) = a_fair(rows)
    for party, role, email in (
        (ann, Role.BUYER, "ann@x.example"),
        (honey, Role.EXHIBITOR, "honey@x.example"),
    ):
        user = accounts.create_user(rows, email, email, PASSWORD)
        accounts.grant(rows, user, role, edition.id, party.organisation_id)
    ask(rows, edition, bob, honey.id)
    rows.commit()
    base = f"{house}/{edition.code}/requests"

    sign_in(page, house, "ann@x.example")
    page.goto(f"{base}/to/{honey.code}")
    page.get_by_label("A must").check()
    page.get_by_label("Message").fill("We want honey.")
    page.get_by_role("button", name="Ask for a meeting").click()
    page.get_by_text("They are asked.").wait_for()

    sign_in(page, house, "honey@x.example")
    page.goto(base)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("All on this page").focus()
    page.keyboard.press("Space")
    expect(page.locator('input[name="request"]:checked')).to_have_count(2)
    page.keyboard.press("Space")
    page.get_by_role("link", name="Another time").first.click()
    page.locator('select[name="wish"]').select_option(index=2)
    page.get_by_role("button", name="Propose").click()
    page.get_by_text("they are to answer now").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    sign_in(page, house, "ann@x.example")
    page.goto(base)
    page.get_by_role("button", name="Agree", exact=True).click()
    page.goto(f"{base}?tab=agreed")
    page.get_by_text("Agreed").first.wait_for()
    rows.expire_all()
    found = rows.exec(select(MeetingRequest).where(MeetingRequest.buyer_id == ann.id)).one()
    assert (found.state, found.asker_must, bool(found.slot or found.half)) == ("agreed", True, True)
