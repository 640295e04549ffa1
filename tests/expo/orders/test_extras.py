"""Services in the cart and on the order, the price list and its file, with a database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from expo.errors import Refused
from expo.orders import services
from expo.orders.models import CartLine
from expo.spreadsheets import csv_bytes, read_csv
from tests.expo.orders.test_never import a_service
from tests.make import a_zone, an_edition, an_exhibitor

ONE, TWO = Decimal(1), Decimal(2)


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def firm(session, edition):
    return an_exhibitor(session, edition)


def ordered(session, edition, firm, **quantities):
    """The order after these quantities went through the cart."""
    services.fill_cart(session, firm, {code: Decimal(number) for code, number in quantities.items()})
    chosen = services.cart(session, edition, firm)
    seen = services.cart_quote(session, edition, firm, chosen).total_minor
    return services.order_cart(session, edition, firm, seen)


def yesterday(edition) -> date:
    return services.today(edition) - timedelta(days=1)


def test_each_rate_is_taxed_by_itself_and_more_joins_the_open_order(session, edition, firm):
    a_service(session, edition)
    a_service(session, edition, code="CHAIR", category="furniture", price_minor=333, tax_bp=1_300)
    order = ordered(session, edition, firm, SPOT=1, CHAIR=1)
    assert (order.kind, order.net_minor, order.tax_minor) == ("extras", 5_333, 300 + 43)
    assert ordered(session, edition, firm, CHAIR=2).id == order.id
    assert [(line.kind, line.quantity) for line in services.lines(session, order)] == [
        ("power", 1),
        ("furniture", 3),
    ]
    assert order.total_minor == 5_000 + 300 + 999 + 130
    assert session.exec(select(CartLine)).all() == []


def test_what_was_invoiced_is_not_changed_and_more_begins_a_new_order(session, edition, firm):
    a_service(session, edition)
    first = ordered(session, edition, firm, SPOT=1)
    services.issue_invoice(session, first)
    with pytest.raises(Refused, match="no order that can still be changed"):
        services.change_line(session, edition, firm, 1, TWO)
    second = ordered(session, edition, firm, SPOT=1)
    assert [one.number for one in services.extras_of(session, firm)] == [second.number, first.number]


def test_a_price_that_changed_since_it_was_seen_is_not_ordered(session, edition, firm):
    service = a_service(session, edition)
    services.fill_cart(session, firm, {"SPOT": ONE})
    services.save_service(session, edition, {"price_minor": 6_000}, service)
    with pytest.raises(Refused, match="Prices have changed"):
        services.order_cart(session, edition, firm, 5_300)


def test_after_the_deadline_it_costs_more_and_what_was_ordered_stays(session, edition, firm):
    service = a_service(session, edition, deadline=services.today(edition), late_percent=Decimal(25))
    order = ordered(session, edition, firm, SPOT=2)
    service.deadline = yesterday(edition)
    session.flush()
    with pytest.raises(Refused, match="deadline has passed"):
        services.change_line(session, edition, firm, 1, ONE)
    ordered(session, edition, firm, SPOT=1)
    found = [(line.late_percent, line.net_minor) for line in services.lines(session, order)]
    assert found == [(0, 10_000), (25, 6_250)]
    assert "ordered late, +25 %" in services.lines(session, order)[1].text["en"]


def test_what_cannot_be_ordered_late_is_refused(session, edition, firm):
    service = a_service(session, edition)
    services.fill_cart(session, firm, {"SPOT": ONE})
    service.deadline = yesterday(edition)
    session.flush()
    with pytest.raises(Refused, match="can no longer be ordered"):
        services.order_cart(session, edition, firm, 5_300)


def test_until_the_deadline_quantities_change_and_nothing_left_ends_the_order(session, edition, firm):
    service = a_service(session, edition, stock=Decimal(5))
    order = ordered(session, edition, firm, SPOT=2)
    services.change_line(session, edition, firm, 1, Decimal(4))
    session.refresh(service)
    assert (order.total_minor, service.taken) == (21_200, 4)
    with pytest.raises(Refused, match="only 1 are left"):
        services.change_line(session, edition, firm, 1, Decimal(6))
    services.change_line(session, edition, firm, 1, Decimal(0))
    session.refresh(service)
    assert (order.state, order.total_minor, service.taken) == ("cancelled", 0, 0)


@pytest.mark.parametrize(
    ("given", "quantity", "reason"),
    [
        ({"step": Decimal(3)}, "2", "steps of 3"),
        ({"most": Decimal(4)}, "5", "4 of it at most"),
        ({"is_offered": False}, "1", "not offered"),
        ({"category": "permit"}, "1", "not offered"),
    ],
)
def test_quantities_and_services_that_are_not_on_offer_are_refused(
    session, edition, firm, given, quantity, reason
):
    a_service(session, edition, **given)
    with pytest.raises(Refused, match=reason):
        services.fill_cart(session, firm, {"SPOT": Decimal(quantity)})


def test_most_counts_what_was_ordered_before(session, edition, firm):
    a_service(session, edition, most=Decimal(3))
    ordered(session, edition, firm, SPOT=2)
    with pytest.raises(Refused, match="3 of it at most"):
        ordered(session, edition, firm, SPOT=2)


def test_a_draft_fills_a_cart_and_orders_nothing(session, edition):
    a_service(session, edition)
    with pytest.raises(Refused, match="accepted"):
        ordered(session, edition, an_exhibitor(session, edition, state="draft"), SPOT=1)


def test_what_was_ordered_stays_on_the_list(session, edition, firm):
    service = a_service(session, edition)
    ordered(session, edition, firm, SPOT=1)
    with pytest.raises(Refused, match="stays on the books"):
        services.drop_service(session, service)
    with pytest.raises(Refused, match="already"):
        a_service(session, edition)
    with pytest.raises(Refused, match="cannot be lower"):
        services.save_service(session, edition, {"stock": Decimal("0.5")}, service)


def test_a_second_hand_on_the_prices_is_told(session, edition):
    services.save_list(session, edition, 1, {"shell_m2": "10"}, {"due_days": 30})
    assert (edition.prices["shell_m2"], services.list_of(session, edition).version) == ("10", 2)
    with pytest.raises(Refused, match="Somebody else"):
        services.save_list(session, edition, 1, {}, {"due_days": 3})


def test_a_file_changes_all_or_nothing_and_says_before_what_it_would_do(session, edition):
    a_zone(session, edition, code="NAT")
    a_service(session, edition)
    a_service(session, edition, code="OLD", category="water")
    rows = services.price_table(session, edition)
    place = {head: at for at, head in enumerate(rows[0])}
    spot = next(row for row in rows if row[place["code"]] == "SPOT")
    fresh = list(spot)
    spot[place["price"]], fresh[place["code"]] = Decimal("55.5"), "FRESH"
    zone = [""] * len(spot)
    zone[place["category"]], zone[place["code"]] = "floor", "shell_m2"
    zone[place["zone"]], zone[place["price"]] = "NAT", "1300"
    kept = [row for row in rows if row[place["code"]] != "OLD"]
    found, faults = services.read_file(session, edition, list(read_csv(csv_bytes([*kept, fresh, zone]), 100)))
    assert faults == []
    plan = services.planned(session, edition, found)
    assert (plan.fresh, plan.changed, plan.same, plan.left) == (["FRESH"], ["SPOT"], [], ["OLD"])
    assert plan.prices == [("NAT shell_m2", "", "1300")]
    services.take_file(session, edition, 1, found)
    prices = {one.code: one.price_minor for one in services.services_of(session, edition.id)}
    assert prices == {"SPOT": 5_550, "FRESH": 5_000, "OLD": 5_000}
    assert services.prices_of(session, edition).m2("shell", "NAT") == 130_000
