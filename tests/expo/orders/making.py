"""Firms on stands, invoices and payments for tests."""

from datetime import date

from sqlalchemy import text

from expo.allocation.models import Allotment
from expo.exhibitors.models import Exhibitor, Invoice, Order
from expo.orders import services
from expo.orders.models import Payment
from tests.expo.orders.test_services import QUOTE
from tests.make import a_hall, a_stand, a_zone, an_edition, an_exhibitor

PRICES = {"shell_m2": "100", "corner_percent": "10", "tax_percent": "6"}
DAY = date(2023, 6, 1)
TOTAL = QUOTE.total_minor


def an_invoice(session) -> Invoice:
    exhibitor = an_exhibitor(session, an_edition(session))
    return services.issue_invoice(session, services.place_order(session, exhibitor, QUOTE))


def order_of(session, invoice) -> Order:
    return session.get_one(Order, invoice.order_id)


def firm_of(session, invoice) -> Exhibitor:
    return session.get_one(Exhibitor, order_of(session, invoice).exhibitor_id)


def pay(session, invoice, minor: int, **more) -> Payment:
    return services.record(session, firm_of(session, invoice), minor, DAY, invoice, **more)


def holds(session) -> None:
    """The rules that the database checks at the end of a transaction."""
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    session.execute(text("SET CONSTRAINTS ALL DEFERRED"))


def on_a_stand(session, edition) -> Exhibitor:
    exhibitor = an_exhibitor(session, edition)
    stand = a_stand(session, a_hall(session, edition), a_zone(session, edition), code="A-1", open_sides=3)
    session.add(Allotment(edition_id=edition.id, stand_id=stand.id, exhibitor_id=exhibitor.id))
    session.flush()
    return exhibitor


def with_trigger_off(session, statement: str) -> None:
    """For tests that need a past: nobody else may change what was issued."""
    holds(session)
    session.execute(text("ALTER TABLE invoice DISABLE TRIGGER invoice_is_final"))
    session.execute(text(statement))
    session.execute(text("ALTER TABLE invoice ENABLE TRIGGER invoice_is_final"))
