"""Credit notes, and corrections of what no longer holds."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from expo.allocation.models import Allotment
from expo.errors import Refused
from expo.orders import services
from expo.orders.models import Payment
from expo.orders.services.comparing import differences
from expo.orders.services.settling import Account
from expo.venue.models import Stand
from tests.expo.orders.making import DAY, PRICES, TOTAL, an_invoice, holds, on_a_stand, order_of, pay
from tests.make import an_edition


@pytest.fixture
def invoice(session):
    return an_invoice(session)


def test_lines_are_taken_back_once_and_the_rest_cancels_the_order(session, invoice):
    first = services.credit(session, invoice, "No power", [3])
    assert (first.number, [line["position"] for line in first.snapshot["lines"]]) == (1, [3])
    assert order_of(session, invoice).state == "invoiced"
    with pytest.raises(Refused, match="nothing left"):
        services.credit(session, invoice, "Again", [3])
    rest = services.credit(session, invoice, "All of it")
    assert (rest.number, first.total_minor + rest.total_minor) == (2, invoice.total_minor)
    assert order_of(session, invoice).state == "cancelled"
    holds(session)


def test_a_credit_note_says_why(session, invoice):
    with pytest.raises(Refused, match="names the reason"):
        services.credit(session, invoice, "  ")


def test_what_is_left_after_a_credit_note_can_be_paid(session, invoice):
    note = services.credit(session, invoice, "No power", [3])
    pay(session, invoice, TOTAL - note.total_minor)
    assert order_of(session, invoice).state == "paid"
    holds(session)


def test_a_changed_stand_is_corrected_by_a_credit_note_and_a_new_invoice_that_takes_the_money(session):
    edition = an_edition(session, prices=PRICES)
    exhibitor = on_a_stand(session, edition)
    seen = services.quote_of(session, edition, exhibitor).total_minor
    old = services.order_now(session, edition, exhibitor, seen)
    services.record(session, exhibitor, seen, DAY, old)
    with pytest.raises(Refused, match="Nothing to correct"):
        services.correct(session, order_of(session, old), "x")
    session.exec(select(Stand)).one().width = 600
    session.flush()
    new = services.correct(session, order_of(session, old), "The stand is larger")
    assert (old.number, new.number, new.total_minor) == (1, 2, 209_880)
    assert order_of(session, old).state == "cancelled"
    assert order_of(session, new).state == "invoiced"
    assert services.account_of(session, exhibitor) == Account(seen + 209_880, seen, seen, 0)
    assert session.exec(select(Payment.invoice_id)).all() == [new.id]
    holds(session)


def test_without_its_stand_the_invoice_is_only_taken_back_and_the_money_is_to_ones_credit(session):
    edition = an_edition(session, prices=PRICES)
    exhibitor = on_a_stand(session, edition)
    seen = services.quote_of(session, edition, exhibitor).total_minor
    old = services.order_now(session, edition, exhibitor, seen)
    services.record(session, exhibitor, seen, DAY, old)
    session.delete(session.exec(select(Allotment)).one())
    session.flush()
    assert services.correct(session, order_of(session, old), "No stand") is None
    assert services.account_of(session, exhibitor).open == -seen
    services.record(session, exhibitor, seen, DAY, old, refund=True)
    assert services.account_of(session, exhibitor).open == 0
    holds(session)


def test_an_open_order_follows_its_stand_at_the_prices_of_its_day(session):
    edition = an_edition(session, prices=PRICES)
    exhibitor = on_a_stand(session, edition)
    order = services.place_order(session, exhibitor, services.quote_of(session, edition, exhibitor))
    tomorrow = services.today(edition) + timedelta(days=1)
    services.save_list(session, edition, 1, {}, {"late_percent": Decimal(50), "late_from": tomorrow})
    session.exec(select(Stand)).one().open_sides = 0
    session.flush()
    assert [one.order for one in differences(session, edition)] == [order.number]
    services.recompute(session, order)
    assert [line.kind for line in services.lines(session, order)] == ["shell"]
    assert differences(session, edition) == []
    holds(session)
