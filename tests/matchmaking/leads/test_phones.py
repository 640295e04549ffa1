"""Phones of a stand: enrolled once, switched off, and served with what they keep."""

import re

import pytest
from sqlmodel import select

from matchmaking.leads import services
from matchmaking.leads.models import LeadVisit
from tests.make import a_person
from tests.matchmaking.leads.staged import a_scan, a_stand, a_visitor, enter, send


@pytest.fixture
def stand(session):
    return a_stand(session)


def test_scans_are_answered_one_by_one_and_sending_again_is_harmless(client, session, stand):
    edition, exhibitor = stand
    _person, badge = a_visitor(session, edition)
    enter(client, session, edition, exhibitor)
    for _ in range(2):
        results = send(client, edition, a_scan(badge), a_scan("nonsense", "scan-0002"), "?").json["results"]
        assert [(one["scan_id"], one["status"]) for one in results] == [
            ("scan-0001", "ok"), ("scan-0002", "refused"), ("", "refused"),
        ]  # fmt: skip
    assert (results[0]["lead"]["name"], results[0]["lead"]["number"]) == ("Aliya Bekova", 1)
    assert len(session.exec(select(LeadVisit)).all()) == 1


@pytest.mark.parametrize("body", [None, [], {}, {"scans": []}, {"scans": {}}, {"scans": [{}] * 101}])
def test_what_is_no_list_of_scans_is_refused(client, session, stand, body):
    edition, exhibitor = stand
    enter(client, session, edition, exhibitor)
    assert client.post(f"/{edition.code}/leads/sync", json=body).status_code == 400


def test_sending_needs_the_token_of_the_page(app, client, session, stand):
    edition, exhibitor = stand
    _person, badge = a_visitor(session, edition)
    enter(client, session, edition, exhibitor)
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert send(client, edition, a_scan(badge)).status_code == 400
        token = client.get(f"/{edition.code}/leads/state.json").json["token"]
        answer = client.post(
            f"/{edition.code}/leads/sync", json={"scans": [a_scan(badge)]}, headers={"X-CSRFToken": token}
        )
        assert answer.json["results"][0]["status"] == "ok"
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_a_phone_is_enrolled_once_scans_as_its_bearer_and_is_switched_off(client, app, session, stand):
    edition, exhibitor = stand
    staff = a_person(session, edition, kind="exhibitor", exhibitor_id=exhibitor.id, name={"en": "Wang Wei"})
    _person, badge = a_visitor(session, edition)
    enter(client, session, edition, exhibitor)
    page = client.post(f"/{edition.code}/portal/leads/phones", data={"staff": staff.code})
    link = re.search(r"/[a-z0-9-]+/leads/phone/[\w-]+", page.text).group(0)
    phone, second = app.test_client(), app.test_client()
    assert "Wang Wei" in phone.get(link).text
    answer = phone.post(link)
    cookie = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("leads_phone="))
    assert all(part in cookie for part in (f"Path=/{edition.code}/leads", "HttpOnly", "SameSite=Lax"))
    assert "was used" in second.post(link).text
    assert send(phone, edition, a_scan(badge)).json["results"][0]["status"] == "ok"
    assert session.exec(select(LeadVisit.staff_name, LeadVisit.staff_id)).all() == [("Wang Wei", staff.id)]
    device = re.search(r"phones/(\d+)/revoke", client.get(f"/{edition.code}/portal/leads/phones").text).group(
        1
    )
    client.post(f"/{edition.code}/portal/leads/phones/{device}/revoke")
    assert send(phone, edition, a_scan(badge)).status_code == 401


def test_a_phone_whose_bearer_left_the_stand_scans_no_more(client, app, session, stand):
    edition, exhibitor = stand
    staff = a_person(session, edition, kind="exhibitor", exhibitor_id=exhibitor.id)
    _device, code = services.new_phone(session, exhibitor, staff, "Wang Wei")
    session.commit()
    phone = app.test_client()
    phone.post(f"/{edition.code}/leads/phone/{code}")
    assert phone.get(f"/{edition.code}/leads/state.json").json["ok"] is True
    staff.exhibitor_id = None
    session.add(staff)
    session.commit()
    assert phone.get(f"/{edition.code}/leads/state.json").json["ok"] is False


def test_typing_works_without_scripts(client, session, stand):
    edition, exhibitor = stand
    person, _badge = a_visitor(session, edition, code="PE0042")
    enter(client, session, edition, exhibitor)
    address = f"/{edition.code}/leads/typed"
    wrong = client.post(address, data={"code": "PE0042", "letters": "Ivan"})
    assert "do not belong together" in wrong.text
    assert client.post(address, data={"code": "pe0042", "letters": "бек"}).location.endswith(
        "/portal/leads/1"
    )
    assert person.code == "PE0042"


def test_worker_is_served_with_what_it_keeps(client, session, stand):
    edition, _exhibitor = stand
    answer = client.get(f"/{edition.code}/leads/service-worker.js?lang=ur")
    assert answer.content_type == "text/javascript; charset=utf-8"
    files = re.findall(r'"(/(?:static|assets)/[^"]+)"', answer.text)
    assert len(files) > 8
    assert {client.get(one).status_code for one in files if one.startswith("/static/")} == {200}
