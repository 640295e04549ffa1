"""The day in a browser: a tap that finds no net is kept and sent once, a badge before the desk's camera."""

import pytest
from sqlmodel import select

from expo.accounts import services as accounts
from expo.accounts.roles import Role
from expo.exhibitors.models import Organisation
from matchmaking.onsite.models import MeetingAttendance
from tests.browser.camera import film, phone
from tests.browser.conftest import CHROMIUM
from tests.browser.test_asking import PASSWORD, sign_in
from tests.matchmaking.leads.staged import a_visitor
from tests.matchmaking.onsite.making import a_day, a_meeting_now

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
]


def somebody(rows, role, edition, organisation_id, email):
    user = accounts.create_user(rows, email, email, PASSWORD)
    accounts.grant(rows, user, role, edition.id, organisation_id)


def test_a_tap_without_a_net_is_kept_and_counts_once(house, rows, browser):
    edition, (buyer, _other), (seller, _more) = a_day(rows)
    meeting = a_meeting_now(rows, edition, buyer, seller)
    somebody(rows, Role.BUYER, edition, buyer.organisation_id, "ann@x.example")
    rows.commit()
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    page = context.new_page()
    sign_in(page, house, "ann@x.example")
    page.goto(f"{house}/{edition.code}/my-day")
    context.set_offline(True)
    button = page.get_by_role("button", name="I am there").first
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Kept on this device").wait_for()
    assert rows.exec(select(MeetingAttendance)).all() == []
    context.set_offline(False)
    page.get_by_text("Noted: you are there.").wait_for()
    rows.rollback()
    kept = rows.exec(select(MeetingAttendance)).one()
    assert (kept.meeting_id, kept.side, kept.how) == (meeting.id, "buyer", "self")
    assert page.evaluate("localStorage.getItem(`taps${location.pathname}`)") == "[]"
    context.close()


def test_a_badge_before_the_desks_camera_is_there(house, rows, browser, tmp_path):
    edition, (buyer, _other), (seller, _more) = a_day(rows)
    meeting = a_meeting_now(rows, edition, buyer, seller)
    _person, secret = a_visitor(rows, edition, kind="exhibitor", exhibitor_id=seller.id)
    somebody(rows, Role.ORGANISER, edition, None, "host@x.example")
    name = rows.get_one(Organisation, seller.organisation_id).name["en"]
    rows.commit()
    video = film(tmp_path / "badge.y4m", [(secret, 3), (None, 1)])
    with phone(browser.browser_type, tmp_path / "profile", video) as context:
        page = context.new_page()
        trouble: list[str] = []
        page.on("pageerror", lambda error: trouble.append(str(error)))
        sign_in(page, house, "host@x.example")
        page.goto(f"{house}/{edition.code}/console/meeting-desk")
        page.get_by_role("button", name="Use the camera").click()
        page.locator("[data-said]", has_text=f"{name}: table 1").wait_for()
        assert trouble == []
    row = rows.exec(select(MeetingAttendance)).one()
    assert (row.meeting_id, row.side, row.how) == (meeting.id, "supplier", "badge")
