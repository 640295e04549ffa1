"""Orders, invoices, credit notes and payments, with a database."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.db import make_engine
from expo.errors import Refused
from expo.exhibitors.models import Invoice, Order, OrderLine, Organisation
from expo.orders import services
from expo.orders.pricing import Plot, Prices, Terms, quote
from tests.make import an_edition, an_exhibitor

QUOTE = quote(
    [Plot("A-1", "shell", 90_000, 3)],
    Terms(power_kw=3),
    Prices("CNY", 120_000, 0, Decimal(10), Decimal(20), 18_000, 600),
)


def test_an_order_is_written_down_once(session):
    exhibitor = an_exhibitor(session, an_edition(session))
    order = services.place_order(session, exhibitor, QUOTE)
    session.commit()  # the sums are checked by the database now
    assert (order.number, order.total_minor) == (1, QUOTE.total_minor)
    assert [line.kind for line in services.lines(session, order)] == ["shell", "corner", "power"]
    with pytest.raises(Refused, match="already"):
        services.place_order(session, exhibitor, QUOTE)


def test_the_database_keeps_a_second_live_order_away(session):
    exhibitor = an_exhibitor(session, an_edition(session))
    services.place_order(session, exhibitor, QUOTE)
    session.add(Order(edition_id=exhibitor.edition_id, exhibitor_id=exhibitor.id, number=7, currency="CNY"))
    with pytest.raises(IntegrityError, match="uq_exhibitor_order_live"):
        session.flush()


def test_only_the_accepted_order(session):
    with pytest.raises(Refused, match="accepted"):
        services.place_order(session, an_exhibitor(session, an_edition(session), state="draft"), QUOTE)


def test_an_order_that_does_not_add_up_cannot_be_kept(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        order = services.place_order(session, an_exhibitor(session, an_edition(session)), QUOTE)
        line = session.exec(select(OrderLine).where(OrderLine.order_id == order.id)).first()
        line.tax_minor += 1
        with pytest.raises(IntegrityError, match="does not add up"):
            session.commit()
    engine.dispose()


def test_an_invoice_keeps_what_it_said(session):
    exhibitor = an_exhibitor(session, an_edition(session))
    order = services.place_order(session, exhibitor, QUOTE)
    invoice = services.issue_invoice(session, order)
    name = invoice.snapshot["buyer"]["name"]
    session.get_one(Organisation, exhibitor.organisation_id).name = {"en": "Renamed"}
    session.flush()
    assert invoice.snapshot["buyer"]["name"] == name
    assert (order.state, invoice.number, invoice.total_minor) == ("invoiced", 1, QUOTE.total_minor)
    with pytest.raises(Refused, match="not possible"):
        services.issue_invoice(session, order)


def test_a_cancelled_order_makes_way_and_its_invoice_keeps_its_number(session):
    exhibitor = an_exhibitor(session, an_edition(session))
    first = services.issue_invoice(session, services.place_order(session, exhibitor, QUOTE))
    services.cancel(session, session.get_one(Order, first.order_id))
    second = services.issue_invoice(session, services.place_order(session, exhibitor, QUOTE))
    papers = [(row[0].kind, row[0].number) for row in services.invoices_of(session, exhibitor)]
    assert papers == [("invoice", 2), ("credit_note", 1), ("invoice", 1)]
    services.mark_paid(session, session.get_one(Order, second.order_id))
    assert exhibitor.paid_on is not None
    assert {
        state: number for state, (number, _sum) in services.order_sums(session, exhibitor.edition_id).items()
    } == {
        "cancelled": 1,
        "paid": 1,
    }


def test_invoices_issued_at_once_have_no_holes_and_no_doubles(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as setup:
        edition = an_edition(setup)
        orders = [services.place_order(setup, an_exhibitor(setup, edition), QUOTE).id for _ in range(6)]
        edition_id = edition.id
        setup.commit()
    together = Barrier(6, timeout=20)

    def issue(number: int) -> None:
        with Session(engine) as session:
            order = session.get_one(Order, orders[number])
            together.wait()
            services.issue_invoice(session, order)
            session.rollback() if number == 2 else session.commit()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(issue, range(6)))
    with Session(engine) as session:
        services.issue_invoice(session, session.get_one(Order, orders[2]))
        session.commit()
        numbers = session.exec(select(Invoice.number).where(Invoice.edition_id == edition_id)).all()
    engine.dispose()
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]
