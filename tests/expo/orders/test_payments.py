"""Payments and statements: what is paid, by whom, against which invoice."""

from dataclasses import replace
from datetime import date

import pytest

from expo.editions.models import Edition
from expo.errors import Refused
from expo.orders import services
from expo.orders.statement import read
from tests.expo.orders.making import DAY, TOTAL, an_invoice, firm_of, holds, order_of, pay
from tests.expo.orders.test_services import QUOTE
from tests.make import an_exhibitor


@pytest.fixture
def invoice(session):
    return an_invoice(session)


def test_part_full_and_too_much(session, invoice):
    order = order_of(session, invoice)
    pay(session, invoice, TOTAL - 1)
    assert (order.state, services.open_minor(session, invoice)) == ("invoiced", 1)
    pay(session, invoice, 101)
    assert (order.state, services.open_minor(session, invoice)) == ("paid", -100)
    assert firm_of(session, invoice).paid_on == DAY
    with pytest.raises(Refused, match="More would go back"):
        pay(session, invoice, TOTAL + 101, refund=True)
    pay(session, invoice, 100, refund=True)
    assert (order.state, services.open_minor(session, invoice)) == ("paid", 0)
    holds(session)


def test_a_voided_payment_opens_the_invoice_again(session, invoice):
    payment = pay(session, invoice, TOTAL)
    with pytest.raises(Refused, match="what was wrong"):
        services.void(session, payment, "")
    services.void(session, payment, "Typed twice")
    assert order_of(session, invoice).state == "invoiced"
    with pytest.raises(Refused, match="voided"):
        services.void(session, payment, "Again")
    holds(session)


def test_loose_money_is_matched_later_and_only_with_ones_own_invoice(session, invoice):
    stranger = an_exhibitor(session, session.get_one(Edition, invoice.edition_id))
    payment = services.record(session, stranger, TOTAL, DAY)
    with pytest.raises(Refused, match="another exhibitor"):
        services.assign(session, payment, invoice)
    own = services.record(session, firm_of(session, invoice), TOTAL, DAY)
    assert services.account_of(session, firm_of(session, invoice)).loose == TOTAL
    services.assign(session, own, invoice)
    assert order_of(session, invoice).state == "paid"
    holds(session)


@pytest.mark.parametrize(
    ("minor", "day", "reason"), [(0, DAY, "above zero"), (1, date(2999, 1, 1), "still to come")]
)
def test_impossible_payments_are_refused(session, invoice, minor, day, reason):
    with pytest.raises(Refused, match=reason):
        services.record(session, firm_of(session, invoice), minor, day, invoice)


# ---- statements ----


def lines_of(invoice, *more: str):
    head = "date;amount;reference;currency;id"
    texts = [head, f"2023-06-01;100.00;pay {invoice.reference};CNY;T1", *more]
    return read([(at, line.split(";")) for at, line in enumerate(texts, 1)], "CNY")[0]


def test_a_statement_pays_by_reference_and_is_read_twice_without_paying_twice(session, invoice):
    edition = session.get_one(Edition, invoice.edition_id)
    lines = lines_of(
        invoice, "2023-06-01;7.00;thanks;CNY;T2", "2023-06-01;-5;fees;CNY;T3", "2023-06-01;9;x;USD;T4"
    )
    outcomes = [one.outcome for one in services.matched(session, edition, lines)]
    assert outcomes == ["part", "unmatched", "outgoing", "foreign"]
    counts = services.take_over(session, edition, lines)
    assert (counts["part"], counts["unmatched"]) == (1, 1)
    with pytest.raises(Refused, match="Nothing was taken over"):
        services.take_over(session, edition, lines)
    assert services.open_minor(session, invoice) == TOTAL - 10_000
    assert services.payment_count(session, edition.id, loose=True) == 1
    holds(session)


def test_a_line_that_names_two_invoices_is_left_to_a_person(session, invoice):
    edition = session.get_one(Edition, invoice.edition_id)
    other = services.issue_invoice(
        session, services.place_order(session, an_exhibitor(session, edition), QUOTE)
    )
    lines = lines_of(invoice, f"2023-06-01;9;{invoice.reference} {other.reference};CNY;T9")
    assert [one.outcome for one in services.matched(session, edition, lines)] == ["part", "unmatched"]


def test_money_beyond_what_is_open_is_told_before_it_is_taken_over(session, invoice):
    edition = session.get_one(Edition, invoice.edition_id)
    rest = f"{(TOTAL - 10_000) / 100:.2f}"
    paid = [f"2023-06-0{n};{sum_};{invoice.reference};CNY;N{n}" for n, sum_ in ((2, rest), (3, "5.00"))]
    lines = lines_of(invoice, *paid)
    found = [(one.outcome, one.open_minor) for one in services.matched(session, edition, lines)]
    assert found == [("part", TOTAL), ("matched", TOTAL - 10_000), ("idle", 0)]
    (more,) = services.matched(session, edition, [replace(lines[0], amount_minor=TOTAL + 1)])
    counts = services.take_over(session, edition, lines)
    assert (more.outcome, counts["idle"], services.open_minor(session, invoice)) == ("over", 1, -500)
    holds(session)


@pytest.mark.parametrize("named", [True, False])
def test_money_is_not_taken_from_under_its_refund(session, invoice, named):
    firm, target = firm_of(session, invoice), invoice if named else None
    came = services.record(session, firm, 100, DAY, target)
    services.record(session, firm, 100, DAY, target, refund=True)
    with pytest.raises(Refused, match="Void the refund first"), session.begin_nested():
        services.void(session, came, "a slip")
    if not named:
        with pytest.raises(Refused, match="Void the refund first"), session.begin_nested():
            services.assign(session, came, invoice)
