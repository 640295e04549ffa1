"""A phone at a stand: a badge before the camera, three taps, no net, a closed browser, nothing lost."""

import pytest
from sqlmodel import select

from expo.registration.models import Person
from matchmaking.leads import services
from matchmaking.leads.models import Lead, LeadAnswer, LeadVisit
from tests.browser.camera import film, phone
from tests.browser.conftest import CHROMIUM
from tests.make import a_person
from tests.matchmaking.leads.staged import a_stand, a_visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
]


def test_a_stand_scans_with_and_without_a_net(house, rows, browser, tmp_path):
    edition, exhibitor = a_stand(rows)
    staff = a_person(rows, edition, kind="exhibitor", exhibitor_id=exhibitor.id, name={"en": "Wang Wei"})
    _one, first = a_visitor(rows, edition)
    _two, second = a_visitor(rows, edition, name={"en": "Farrukh Yusufzoda"}, consent=False)
    _device, code = services.new_phone(rows, exhibitor, staff, "Wang Wei")
    base, scan_page = f"{house}/{edition.code}/leads", f"{house}/{edition.code}/leads/scan"
    rows.commit()

    video = film(tmp_path / "one.y4m", [(first, 3), (None, 1)])
    with phone(browser.browser_type, tmp_path / "profile", video) as context:
        page = context.new_page()
        trouble: list[str] = []
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(f"{base}/phone/{code}")
        page.get_by_role("button", name="Use this phone").click()
        page.get_by_role("button", name="Use the camera").click()
        page.locator("#lead-name", has_text="Aliya Bekova").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("button", name="Decides").click()
        page.get_by_role("button", name="In 3 months").click()
        page.get_by_role("button", name="4 of 5").click()
        page.get_by_text("All sent").wait_for()
        page.evaluate("navigator.serviceWorker.ready")
        page.wait_for_function(
            "caches.keys().then(async (names) => (await (await caches.open(names[0])).keys()).length > 10)"
        )
        assert trouble == []
    lead = rows.exec(select(Lead)).one()
    assert (lead.rating, len(rows.exec(select(LeadAnswer)).all())) == (4, 2)

    video = film(tmp_path / "two.y4m", [(second, 3), (None, 1)])
    with phone(browser.browser_type, tmp_path / "profile", video) as context:
        context.set_offline(True)
        page = context.new_page()
        page.goto(scan_page)
        page.get_by_role("button", name="Use the camera").click()
        page.get_by_text("Kept on this phone").first.wait_for()
        page.get_by_role("button", name="Decides").click()
        page.get_by_text("1 not sent yet").wait_for()
    assert len(rows.exec(select(LeadVisit.id)).all()) == 1

    with phone(browser.browser_type, tmp_path / "profile", None) as context:
        context.set_offline(True)
        page = context.new_page()
        page.goto(scan_page)
        page.get_by_text("1 not sent yet").wait_for()
        context.set_offline(False)
        page.get_by_text("All sent").wait_for()
        page.get_by_text("Somebody you met").first.wait_for()
    rows.expire_all()
    met = rows.exec(select(Lead).order_by(Lead.number)).all()
    assert [lead.number for lead in met] == [1, 2]
    assert {visit.staff_name for visit in rows.exec(select(LeadVisit))} == {"Wang Wei"}
    assert len(rows.exec(select(Person)).all()) == 3
