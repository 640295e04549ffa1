"""Money around the stands of the reference edition: prices, orders, invoices, payments, what is overdue."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.clock import now
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Invoice, Order
from expo.orders import services as orders
from expo.orders.models import PriceList
from matchmaking.demo.offers import TERMS, elevation, services

ORDERED, INVOICED, PAID = 48, 42, 34
"""So many order; so many of these have their invoice; so many of these have paid it."""
AGES = (62, 34, 12)
"""Days since invoices were issued, in turn: the reminders of the unpaid ones differ."""
CART = {"counter": 1, "table-4": 2, "screen-55": 1, "network-100": 1}
HIGH_CM = 400


def trade(session: Session, edition: Edition) -> bool:
    """Set prices and services, let exhibitors order and pay, and apply for permits; not a second time."""
    if session.exec(select(PriceList.id).where(PriceList.edition_id == edition.id)).first():
        return False
    kept = orders.list_of(session, edition)
    orders.save_list(session, edition, kept.version, edition.prices, TERMS)
    for service in services():
        orders.save_service(session, edition, service)
    placed = placed_of(session, edition)
    _order_stands(session, edition, placed[:ORDERED])
    _order_services(session, edition, placed[:ORDERED:8])
    _permits(session, [one for one in placed if one.height_cm >= HIGH_CM][:4])
    return True


def placed_of(session: Session, edition: Edition) -> Sequence[Exhibitor]:
    """The exhibitors who have a place, by code."""
    has_place = select(Allotment.id).where(Allotment.exhibitor_id == Exhibitor.id)
    found = select(Exhibitor).where(Exhibitor.edition_id == edition.id, has_place.exists())
    return session.exec(found.order_by(Exhibitor.code)).all()


def _order_stands(session: Session, edition: Edition, customers: Sequence[Exhibitor]) -> None:
    unpaid: list[tuple[Order, Invoice]] = []
    for place, exhibitor in enumerate(customers):
        at = now() - timedelta(days=AGES[place % len(AGES)])
        quote = orders.quote_of(session, edition, exhibitor)
        order = orders.place_order(session, exhibitor, quote, on=_day(edition, at))
        orders.save_billing(session, exhibitor, {"email": exhibitor.contact_email})
        if place >= INVOICED:
            continue
        invoice = orders.issue_invoice(session, order, at)
        if place < PAID:
            orders.mark_paid(session, order, _day(edition, at + timedelta(days=9)))
        else:
            unpaid.append((order, invoice))
    for order, invoice in unpaid[-1:]:
        power = [line.position for line in orders.lines(session, order) if line.kind == "power"]
        orders.credit(session, invoice, "The power that was ordered is not needed.", positions=power)


def _day(edition: Edition, at: datetime) -> date:
    return at.astimezone(edition.zone_info).date()


def _order_services(session: Session, edition: Edition, customers: Sequence[Exhibitor]) -> None:
    """Some order services; the last of them still has them in the cart."""
    for exhibitor in customers:
        orders.fill_cart(session, exhibitor, {code: Decimal(number) for code, number in CART.items()})
    for exhibitor in customers[:-1]:
        chosen = orders.cart(session, edition, exhibitor)
        seen = orders.cart_quote(session, edition, exhibitor, chosen).total_minor
        orders.order_cart(session, edition, exhibitor, seen)


def _permits(session: Session, builders: Sequence[Exhibitor]) -> None:
    """High builds: one granted, one asked back, the others wait for review."""
    answers = (("granted", ""), ("returned", "The drawing shows no heights at the back wall."))
    for place, exhibitor in enumerate(builders):
        asked = {"height_cm": exhibitor.height_cm, "description": "Raw space with a built front."}
        permit = orders.apply_for(session, exhibitor, "height", asked)
        orders.add_drawing(session, permit, "front.dxf", elevation(600, exhibitor.height_cm))
        orders.submit(session, permit)
        if place < len(answers):
            orders.decide(session, permit, *answers[place], user_id=None)
