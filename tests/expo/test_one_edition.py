"""Whatever is linked lies in one edition: tried with raw SQL, past every service."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from expo.exhibitors.models import Order
from expo.orders import services
from expo.orders.models import Service
from expo.selection.models import Round
from tests.expo.allocation.rows import a_fair, a_firm
from tests.expo.orders.test_services import QUOTE

HOLD = """INSERT INTO stand_hold (edition_id, stand_id, exhibitor_id, round_id, held_at, expires_at)
          VALUES ({edition}, {stand}, {firm}, {round}, now(), now() + interval '1 hour')"""
ALLOT = "INSERT INTO allotment (edition_id, stand_id, exhibitor_id, locked) VALUES ({}, {}, {}, true)"
FOREIGN = {
    "a stand in a zone": "UPDATE stand SET zone_id = {their_zone} WHERE id = {stand}",
    "an area of a zone": "INSERT INTO zone_area (hall_id, zone_id, x, y, width, depth)"
    " VALUES ({hall}, {their_zone}, 0, 0, 100, 100)",
    "an allotment": ALLOT.format("{edition}", "{stand}", "{their_firm}"),
    "an allotment's own": ALLOT.format("{theirs}", "{stand}", "{firm}"),
    "a hold": HOLD.replace("{firm}", "{their_firm}"),
    "a hold's own": HOLD.replace("{edition}", "{theirs}"),
    "a turn": "INSERT INTO selection_turn (round_id, exhibitor_id, position, opens_at)"
    " VALUES ({round}, {their_firm}, 9, now())",
    "a wish to wait": "INSERT INTO waiting_wish (edition_id, exhibitor_id, kind, stand_id, least_m2, most_m2,"
    " replaces, state, joined_at) VALUES ({edition}, {firm}, 'stand', {their_stand}, 1, 2, false, 'waiting',"
    " now())",
    "a swap": "INSERT INTO stand_swap (edition_id, asker_id, other_id, asker_stands, other_stands, state,"
    " message, reason, asked_at, expires_at) VALUES ({edition}, {firm}, {their_firm}, '[]', '[]', 'asked',"
    " '', '', now(), now())",
    "a partner": "INSERT INTO partnership (edition_id, asker_id, asked_id, words, note, state, asked_at)"
    " VALUES ({edition}, {firm}, {their_firm}, '', '', 'asked', now())",
    "a guest": "INSERT INTO pavilion_invitation (edition_id, lead_id, guest_id, words, area_m2, note, state,"
    " created_at) VALUES ({edition}, {firm}, {their_firm}, '', 1, '', 'invited', now())",
    "an order": "UPDATE exhibitor_order SET exhibitor_id = {their_firm} WHERE id = {order}",
    "a thing ordered": "INSERT INTO cart_line (exhibitor_id, service_id, quantity)"
    " VALUES ({firm}, {their_service}, 1)",
    "a payment": "INSERT INTO payment (edition_id, exhibitor_id, kind, amount_minor, currency, paid_on,"
    " reference, payer, note, created_at, void_reason) VALUES ({edition}, {their_firm}, 'payment', 5, 'CNY',"
    " current_date, '', '', '', now(), '')",
}
EMIGRANTS = ("hall", "zone", "stand", "exhibitor", "exhibitor_order", "selection_round")


@pytest.fixture
def rows(session) -> dict[str, int]:
    """Numbers of rows of two fairs."""
    ours, theirs = a_fair(session), a_fair(session)
    firm, their_firm = a_firm(session, ours, "EX1"), a_firm(session, theirs, "EX2")
    service = Service(
        edition_id=theirs.edition.id, code="X", category="furniture", name={"en": "X"}, price_minor=1
    )
    round_ = Round(edition_id=ours.edition.id, name="R", starts_at=firm.created_at, state="open")
    order = services.place_order(session, firm, QUOTE)
    session.add_all([service, round_])
    session.flush()
    return {
        "edition": ours.edition.id, "theirs": theirs.edition.id, "hall": ours.hall.id, "firm": firm.id,
        "their_firm": their_firm.id, "their_zone": theirs.zone.id, "stand": ours.stands["A-01"].id,
        "their_stand": theirs.stands["A-01"].id, "their_service": service.id, "round": round_.id,
        "order": order.id,
    }  # fmt: skip


@pytest.mark.parametrize("what", FOREIGN)
def test_nothing_leads_into_another_edition(session, rows, what):
    with pytest.raises(DBAPIError, match="leads into another edition"):
        session.execute(text(FOREIGN[what].format(**rows)))


def test_the_same_within_one_edition_is_taken(session, rows):
    session.execute(text(HOLD.format(**rows)))
    session.execute(text(FOREIGN["a turn"].format(**rows | {"their_firm": rows["firm"]})))


@pytest.mark.parametrize("table", EMIGRANTS)
def test_nothing_moves_to_another_edition(session, rows, table):
    with pytest.raises(DBAPIError, match="stays in its edition"):
        session.execute(
            text(f"UPDATE {table} SET edition_id = :theirs WHERE edition_id = :edition"),
            {name: rows[name] for name in ("edition", "theirs")},
        )


def test_an_invoice_comes_to_what_its_order_comes_to(session, rows):
    session.get_one(Order, rows["order"])
    with pytest.raises(DBAPIError, match="its invoice to 7"):
        session.execute(
            text(
                "INSERT INTO invoice (edition_id, order_id, kind, number, issued_at, currency, total_minor,"
                " snapshot, reference) VALUES (:edition, :order, 'invoice', 1, now(), 'CNY', 7, '{}', '')"
            ),
            {name: rows[name] for name in ("edition", "order")},
        )


def test_no_more_goes_back_than_came(session, rows):
    session.execute(text(FOREIGN["a payment"].format(**rows | {"their_firm": rows["firm"]})))
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    with pytest.raises(DBAPIError, match="more would go back"):
        session.execute(
            text(
                "INSERT INTO payment (edition_id, exhibitor_id, kind, amount_minor, currency, paid_on,"
                " reference, payer, note, created_at, void_reason)"
                " VALUES (:edition, :firm, 'refund', 6, 'CNY', :day, '', '', '', now(), '')"
            ),
            {"edition": rows["edition"], "firm": rows["firm"], "day": date(2023, 6, 1)},
        )


def test_nobody_writes_by_hand_what_is_taken_of_a_service(session, rows):
    with pytest.raises(DBAPIError, match="follows from orders"):
        session.execute(text("UPDATE service SET taken = 1"))


def test_what_was_published_is_not_deleted_but_a_whole_edition_is(session, rows):
    session.execute(
        text(
            "INSERT INTO allocation_publication (edition_id, number, kind, placements, locked, reason, at)"
            " VALUES (:edition, 1, 'published', '{}', '[]', '', now())"
        ),
        {"edition": rows["edition"]},
    )
    with pytest.raises(DBAPIError, match="was published and stays"), session.begin_nested():
        session.execute(text("DELETE FROM allocation_publication"))
    session.execute(text("DELETE FROM edition WHERE id = :edition"), {"edition": rows["edition"]})
    left = text("SELECT count(*) FROM allocation_publication WHERE edition_id = :edition")
    assert session.execute(left, {"edition": rows["edition"]}).scalar() == 0
