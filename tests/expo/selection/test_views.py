"""The pages of live selection, for exhibitors and for organisers."""

from datetime import timedelta

import pytest
from sqlmodel import select

from expo.allocation.models import Allotment
from expo.clock import now
from expo.exhibitors.models import Organisation
from expo.jobs.models import Job
from expo.outbox.models import Mail
from expo.selection.models import Hold, Round, Settings, Swap, Turn, WaitingWish
from expo.selection.services import picking, swapping
from tests.asking import asked
from tests.expo.selection.making import a_fair, a_firm, a_round
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def fair(session):
    return a_fair(session)


def as_exhibitor(client, session, fair, firm):
    organisation = session.get_one(Organisation, firm.organisation_id)
    return sign_in(client, session, "exhibitor", fair.edition, organisation)


def page(client, fair, path, code=200) -> str:
    answer = client.get(f"/{fair.edition.code}{path}")
    assert answer.status_code == code, answer.text
    if code == 200:
        assert problems(answer.text) == []
    return answer.text


def post(client, fair, path, **data) -> str:
    answer = client.post(f"/{fair.edition.code}{path}", data=data, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_pages_are_closed_to_strangers(client, session, fair):
    for path in ("/portal/selection", "/portal/selection/state", "/console/selection"):
        assert client.get(f"/{fair.edition.code}{path}").status_code == 302
    as_exhibitor(client, session, fair, a_firm(session, fair, "X"))
    assert client.get(f"/{fair.edition.code}/console/selection").status_code == 403


def test_an_exhibitor_picks_holds_and_confirms_without_scripts(client, session, fair):
    firm = a_firm(session, fair, "X", area_m2=18, contact_email="x@example.org")
    a_round(session, fair)
    as_exhibitor(client, session, fair, firm)
    assert 'data-stand="A-01"' in page(client, fair, "/portal/selection")
    text = page(client, fair, "/portal/selection?hall=H1&picked=1&stand=A-01&stand=A-03")
    assert "do not all touch" in text
    text = post(client, fair, "/portal/selection/hold", stand=["A-01", "A-02"], hall="H1")
    assert "Held for you. Confirm before the time is up." in text
    assert "The stand is yours." in post(client, fair, "/portal/selection/confirm", hall="H1")
    assert len(session.exec(select(Allotment)).all()) == 2
    mine = page(client, fair, "/portal/stand")
    assert ("This place is yours." in mine, "organiser settled" in mine) == (True, False)
    assert session.exec(select(Mail.kind)).all() == ["selection.confirmed"]
    assert "You have a place already" in post(client, fair, "/portal/selection/hold", stand="A-05")


def test_losing_a_stand_is_told_and_what_was_picked_is_kept(client, session, fair):
    firm, other = a_firm(session, fair, "X", area_m2=18), a_firm(session, fair, "Y")
    round_ = a_round(session, fair)
    picking.choose(session, round_, other, ["A-01"])
    as_exhibitor(client, session, fair, firm)
    text = post(client, fair, "/portal/selection/hold", stand=["A-01", "A-02"], hall="H1")
    assert "A-01 is held by somebody else" in text
    assert 'name="stand" value="A-02"' in text
    assert "A-01 has just been taken by somebody else." in text
    assert ("This place suits" in text, "A-02 has just been taken" in text) == (False, False)
    assert [hold.exhibitor_id for hold in session.exec(select(Hold)).all()] == [other.id]


def test_the_state_says_what_is_not_free_and_nothing_when_nothing_is_new(client, session, fair):
    firm, other = a_firm(session, fair, "X"), a_firm(session, fair, "Y")
    round_ = a_round(session, fair)
    picking.choose(session, round_, other, ["A-01"])
    as_exhibitor(client, session, fair, firm)
    address = f"/{fair.edition.code}/portal/selection/state?hall=H1"
    answer = client.get(address)
    assert answer.json == {"state": "open", "stands": {"held": ["A-01"]}, "until": None}
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    picking.confirm(session, round_, other)
    session.commit()
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.json["stands"] == {"taken": ["A-01"]}
    seen = session.exec(select(Turn.seen_at).where(Turn.exhibitor_id == firm.id)).one()
    assert seen is not None


def test_the_list_of_free_stands_is_narrowed(client, session, fair):
    firm = a_firm(session, fair, "X")
    a_round(session, fair)
    as_exhibitor(client, session, fair, firm)
    assert page(client, fair, "/portal/selection?hall=H1").count("data-row=") == 12
    assert page(client, fair, "/portal/selection?hall=H1&kind=corner").count("data-row=") == 4
    assert page(client, fair, "/portal/selection?hall=H1&size=1").count("data-row=") == 0
    page(client, fair, "/portal/selection?hall=NOWHERE", 404)


def test_without_a_round_the_page_says_what_will_come(client, session, fair):
    as_exhibitor(client, session, fair, a_firm(session, fair, "X"))
    assert "No selection is going on" in page(client, fair, "/portal/selection")


ROUND = {
    "name": "First choice", "mode": "turns", "starts_at": "2030-03-01T09:00", "per_window": "1",
    "window_minutes": "10", "day_from": "09:00", "day_until": "18:00", "lasting": "y", "hold_minutes": "10",
    "tolerance_percent": "10", "most_stands": "60", "rival_m": "12", "keep_zones": "y", "zones": "INT",
    "stands": "",
}  # fmt: skip


def test_an_organiser_sets_up_opens_pauses_and_closes_a_round(client, session, fair):
    for code, points in (("LOW", 1), ("HIGH", 9)):
        a_firm(session, fair, code, points=points, contact_email="x@example.org")
    sign_in(client, session, "organiser", fair.edition)
    assert "No round yet" in page(client, fair, "/console/selection")
    page(client, fair, "/console/selection/new")
    text = post(client, fair, "/console/selection/new", **ROUND)
    assert "First choice" in text
    [round_] = session.exec(select(Round)).all()
    turns = session.exec(select(Turn).order_by(Turn.position)).all()
    assert [turn.opens_at.astimezone(fair.edition.zone_info).strftime("%H:%M") for turn in turns] == [
        "09:00", "09:10",
    ]  # fmt: skip
    base = f"/console/selection/{round_.id}"
    assert "2 exhibitors are told their time" in post(client, fair, f"{base}/open")
    assert [job.kind for job in session.exec(select(Job)).all()] == ["selection.tell"]
    for act, said in (
        ("pause", "Paused"),
        ("resume", "It goes on"),
        ("newcomers", "0 exhibitors"),
        ("close", "Over"),
    ):
        assert said in post(client, fair, f"{base}/{act}")
    page(client, fair, base)
    assert "data-live-part" in client.get(f"/{fair.edition.code}{base}/live").text
    lines = client.get(f"/{fair.edition.code}{base}/timetable.csv").text.splitlines()
    assert [line.split(",")[1] for line in lines[1:]] == ["HIGH", "LOW"]
    assert "Only a round that is going on" in post(client, fair, f"{base}/pause")


def test_what_is_wrong_with_a_round_is_shown_beside_what_was_typed(client, session, fair):
    sign_in(client, session, "organiser", fair.edition)
    text = post(client, fair, "/console/selection/new", **ROUND | {"stands": "Q-1, Q-2", "per_window": "3"})
    assert "There is no stand Q-1, Q-2." in text
    assert "Q-1, Q-2</textarea>" in text
    text = post(client, fair, "/console/selection/new", **ROUND | {"per_window": "0"})
    assert 'aria-invalid="true"' in text
    assert session.exec(select(Round)).all() == []


def test_waiting_for_a_stand(client, session, fair):
    firm, other = a_firm(session, fair, "X"), a_firm(session, fair, "Y")
    round_ = a_round(session, fair)
    picking.choose(session, round_, other, ["A-01"])
    picking.confirm(session, round_, other)
    as_exhibitor(client, session, fair, firm)
    page(client, fair, "/portal/selection/waiting")
    wish = {"kind": "stand", "stand": "A-01", "zone": "", "least_m2": "9", "most_m2": "9"}
    assert "You are on the waiting list" in post(client, fair, "/portal/selection/waiting", **wish)
    assert "You wait for that already" in post(client, fair, "/portal/selection/waiting", **wish)
    assert "That stand is free" in post(client, fair, "/portal/selection/waiting", **wish | {"stand": "A-02"})
    text = page(client, fair, "/portal/selection/waiting")
    assert "1 of 1" in text
    [row] = session.exec(select(WaitingWish)).all()
    assert "no longer wait" in post(client, fair, f"/portal/selection/waiting/{row.id}/leave")


def test_swaps_are_asked_agreed_and_approved(client, app, session, fair):
    one, other = a_firm(session, fair, "X"), a_firm(session, fair, "Y")
    round_ = a_round(session, fair)
    for firm, stand in ((one, "A-01"), (other, "B-04")):
        picking.choose(session, round_, firm, [stand])
        picking.confirm(session, round_, firm)
    as_exhibitor(client, session, fair, one)
    page(client, fair, "/portal/selection/swaps")
    assert "Asked." in post(client, fair, "/portal/selection/swaps", stand="B-04", message="Near you")
    swap = session.exec(select(Swap)).one()
    assert "not there any more" in post(client, fair, f"/portal/selection/swaps/{swap.id}/agree")
    second = app.test_client()
    as_exhibitor(second, session, fair, other)
    assert "Near you" in page(second, fair, "/portal/selection/swaps")
    assert "Waits for the organiser" in post(second, fair, f"/portal/selection/swaps/{swap.id}/agree")
    third = app.test_client()
    sign_in(third, session, "organiser", fair.edition)
    page(third, fair, "/console/selection/swaps")
    assert "Done" in post(third, fair, f"/console/selection/swaps/{swap.id}/approve")
    assert swapping.by_stand(session, fair.edition.id, "A-01").code == "Y"


def test_a_lead_shares_out_its_block_and_members_see_theirs(client, app, session, fair):
    lead = a_firm(session, fair, "LEAD", area_m2=18)
    member = a_firm(session, fair, "MEM", lead_id=lead.id, contact_email="m@example.org")
    round_ = a_round(session, fair, tolerance_percent=50)
    picking.choose(session, round_, lead, ["A-01", "A-02", "A-03"])
    picking.confirm(session, round_, lead)
    as_exhibitor(client, session, fair, lead)
    assert 'name="owner-A-02"' in page(client, fair, "/portal/selection/pavilion")
    seen = {f"seen-A-0{n}": "LEAD" for n in (1, 2, 3)}
    text = post(client, fair, "/portal/selection/pavilion", **seen | {"owner-A-02": "MEM"})
    assert "1 stand changed hands." in text
    assert "has changed since" in post(
        client, fair, "/portal/selection/pavilion", **seen | {"owner-A-03": "MEM"}
    )
    second = app.test_client()
    as_exhibitor(second, session, fair, member)
    text = page(second, fair, "/portal/selection/pavilion")
    assert ("<select" in text.partition("<main")[2], "A-02" in text) == (False, True)
    refused = post(second, fair, "/portal/selection/pavilion", **{"owner-A-01": "MEM", "seen-A-02": "MEM"})
    assert "Only the lead" in refused
    assert "selection.share" in session.exec(select(Mail.kind)).all()


def test_settings_are_kept(client, session, fair):
    sign_in(client, session, "organiser", fair.edition)
    given = {"offer_hours": "12", "swap_days": "3", "swaps_open": "y"}
    assert "Saved." in post(client, fair, "/console/selection/settings", **given)
    kept = session.get_one(Settings, fair.edition.id)
    assert (kept.offer_hours, kept.waiting_open, kept.swaps_open) == (12, False, True)
    page(client, fair, "/console/selection/waiting")


def test_pages_take_a_constant_number_of_queries(client, session, fair):
    firm = a_firm(session, fair, "X", area_m2=18)
    a_round(session, fair, starts_at=now() - timedelta(hours=1))
    as_exhibitor(client, session, fair, firm)
    with asked(session.get_bind()) as first:
        page(client, fair, "/portal/selection")
    for number in range(20):
        a_firm(session, fair, f"Z{number}")
    session.commit()
    with asked(session.get_bind()) as then:
        page(client, fair, "/portal/selection")
    assert abs(len(then) - len(first)) <= 1
    with asked(session.get_bind()) as told:
        client.get(f"/{fair.edition.code}/portal/selection/state?hall=H1")
    assert len([one for one in told if "SAVEPOINT" not in one]) <= 9
