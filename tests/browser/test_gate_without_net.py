"""Phones at a gate whose net is gone, late, or closed to them: nothing is lost and nothing counted twice."""

import json
import signal
from contextlib import suppress
from datetime import timedelta
from http.client import HTTPConnection
from time import sleep

import psutil
from sqlmodel import select

from expo.checkin import services
from expo.checkin.api import redeeming
from expo.checkin.models import Conflict, Device, Rule
from expo.clock import now
from tests.browser.gating import VERDICT, a_phone, enrolled, passages, typed, verdict
from tests.expo.checkin.making import a_bearer, a_device, a_house


def test_without_a_net_the_phone_decides_keeps_and_sends_what_it_did(browser, tmp_path, gates, rows):
    person, badge = a_bearer(rows, gates, name={"zh": "李明", "en": "Li Ming"})
    _other, lost = a_bearer(rows, gates, name={"en": "Somebody"})
    foreign = a_house(rows, code="other-expo", name={"en": "Other Expo"})
    _stranger, theirs = a_bearer(rows, foreign)
    rows.commit()
    with a_phone(browser, tmp_path, (None, 4), (badge, 4), (None, 90)) as page:
        enrolled(page, gates, rows)
        page.context.set_offline(True)
        page.reload()  # the app starts without a net
        page.wait_for_selector("[data-net]:has-text('No connection')")
        began = now()
        tone, word, _why, name = verdict(page)
        assert (tone, word, name) == ("good", "Come in", "Li Ming")
        assert "Already inside" in typed(page, badge)[2]
        assert "signature" in typed(page, badge[:-9] + "AAAAAAAAA")[2]
        assert "Other Expo" in typed(page, theirs)[2]
        assert typed(page, "https://example.org/?" + "x" * 90)[2] == "This is not one of our badges."
        page.wait_for_selector("[data-queue]:has-text('5 scans not sent yet')")
        kill(tmp_path / "profile")
    assert [one for one in passages(rows) if one.offline] == []

    with a_phone(browser, tmp_path) as page:  # the same profile, after the browser was killed
        page.context.set_offline(True)
        page.goto(gates.site_url)
        page.wait_for_selector("[data-queue]:has-text('5 scans not sent yet')")
        page.context.set_offline(False)
        page.click("[data-go-to=more]")
        page.click("[data-send]")
        page.wait_for_selector("[data-queue][data-count='0']", state="attached")
        page.reload()
        page.wait_for_selector("[data-queue][data-count='0']", state="attached")
    made = [one for one in passages(rows) if one.offline]
    assert [(one.verdict, one.person_id) for one in made].count(("ok", person.id)) == 1
    assert len(made) == 5
    assert abs(made[0].at - began) < timedelta(seconds=30)
    assert made[0].received_at > made[0].at


def kill(profile):
    """The browser is gone at once, as when a battery is empty."""
    for process in psutil.process_iter(["cmdline"]):
        if f"--user-data-dir={profile}" in (process.info["cmdline"] or []):
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)


def test_a_badge_let_in_at_two_gates_without_a_net_is_a_conflict_that_is_shown(
    browser, tmp_path, gates, rows, house
):
    _person, badge = a_bearer(rows, gates, name={"en": "Li Ming"})
    _device, token = a_device(rows, gates.edition)
    rows.commit()
    with a_phone(browser, tmp_path) as page:
        enrolled(page, gates, rows)
        page.context.set_offline(True)
        there = post(house, gates, token, badge)  # another gate, which has a net
        assert there == 201
        assert typed(page, badge)[0] == "good"
        page.context.set_offline(False)
        page.click("[data-go-to=more]")
        page.click("[data-send]")
        page.wait_for_selector("[data-conflicts]:has-text('Let in at two gates')")
        assert page.inner_text("[data-conflict-count]") == "1"
    rows.rollback()
    assert len(rows.exec(select(Conflict)).all()) == 1


def post(house, gates, token, badge):
    """A scan at another gate; the status of the answer."""
    sent = json.dumps({"secret": badge, "lists": [gates.gates["south"].id]})
    line = HTTPConnection(house.removeprefix("http://"), timeout=10)
    line.request("POST", gates.url("redeem"), sent, {"Authorization": f"Device {token}"})
    return line.getresponse().status


def test_a_device_that_is_locked_out_tells_what_it_did_not_send_and_forgets_the_rest(
    browser, tmp_path, gates, rows
):
    _person, badge = a_bearer(rows, gates)
    rows.commit()
    with a_phone(browser, tmp_path) as page:
        enrolled(page, gates, rows)
        page.context.set_offline(True)
        assert typed(page, badge)[0] == "good"
        device = rows.exec(select(Device).where(Device.name == "North A")).one()
        services.revoke_device(rows, device)
        rows.commit()
        page.context.set_offline(False)
        page.wait_for_selector("[data-alert]:has-text('1 scans were not sent')", timeout=30_000)
        with page.expect_download() as saved:
            page.click("[data-alert-save]")
        assert badge in saved.value.path().read_text()
        left = page.evaluate(
            "new Promise(done => { const asked = indexedDB.open(`gate ${document.body.dataset.edition}`);"
            " asked.onsuccess = () => { const all = ['facts', 'people'].map(name =>"
            " asked.result.transaction(name).objectStore(name).count());"
            " Promise.all(all.map(one => new Promise(ok => { one.onsuccess = () => ok(one.result); })))"
            ".then(done); }; })"
        )
        assert left == [0, 0]
        assert page.is_visible("[data-view=enrol]")


def test_a_server_that_answers_late_is_not_waited_for_and_counts_the_scan_once(
    browser, tmp_path, gates, rows, monkeypatch
):
    person, badge = a_bearer(rows, gates, name={"en": "Li Ming"})
    rows.commit()
    answered = redeeming.scan_answer

    def late(here, answer):
        sleep(2.5)  # it is decided and written; only the answer is slow
        return answered(here, answer)

    with a_phone(browser, tmp_path) as page:
        enrolled(page, gates, rows)
        monkeypatch.setattr(redeeming, "scan_answer", late)
        page.fill("#typed", badge)
        page.press("#typed", "Enter")
        page.wait_for_selector(f"{VERDICT}[data-tone=good][data-alone=yes]")
        assert "Decided on this device" in page.inner_text("[data-verdict-alone]")
        page.wait_for_selector("[data-queue][data-count='0']", state="attached")
    assert [(one.verdict, one.person_id) for one in passages(rows)] == [("ok", person.id)]


def test_a_supervisor_lets_somebody_in_anyway_with_a_reason_with_and_without_a_net(
    browser, tmp_path, gates, rows
):
    rows.add(Rule(edition_id=gates.edition.id, area_id=gates.site.id, kind="vip"))
    _person, badge = a_bearer(rows, gates, kind="visitor", name={"en": "Li Ming"})
    _other, second = a_bearer(rows, gates, kind="visitor", name={"en": "Petr"})
    rows.commit()
    with a_phone(browser, tmp_path) as page:
        enrolled(page, gates, rows)
        forced(page, badge)
        page.context.set_offline(True)
        forced(page, second)
        page.context.set_offline(False)
        page.click("[data-go-to=more]")
        page.click("[data-send]")
        page.wait_for_selector("[data-queue][data-count='0']", state="attached")
    found = [one for one in passages(rows) if one.forced]
    assert [one.offline for one in found] == [False, True]
    assert {one.forced_by for one in found} == {"North A: Passport and invitation seen"}


def forced(page, badge):
    page.fill("#typed", badge)
    page.press("#typed", "Enter")
    page.wait_for_selector(f"{VERDICT}[data-tone=bad]")
    page.select_option("#force-reason", label="Passport and invitation seen")
    page.click("[data-force] button")
    page.wait_for_selector(f"{VERDICT}[data-tone=wait]")
    assert page.inner_text("[data-verdict-why]") == "Let in anyway"
    page.click("[data-next]")
