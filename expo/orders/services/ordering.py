"""Orders: priced from the stands that were allotted, placed, changed while open, cancelled."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Invoice, Order, OrderLine, Organisation
from expo.exhibitors.services.numbering import hold, next_number, take_turn
from expo.orders import stages
from expo.orders.models import Billing
from expo.orders.pricing import Plot, Quote, Terms, quote
from expo.orders.services.listing import prices_of, today
from expo.venue.models import Stand, Zone
from expo.words import say

PAGE = 50


def plots_of(session: Session, exhibitor: Exhibitor) -> list[Plot]:
    """The published stands of an exhibitor, as prices are asked of them."""
    rows = session.execute(
        select(Stand.code, Stand.kind, Stand.width * Stand.depth, Stand.open_sides, Zone.code)
        .join(Allotment, Allotment.stand_id == Stand.id)
        .join(Zone, Zone.id == Stand.zone_id)
        .where(Allotment.exhibitor_id == exhibitor.id)
        .order_by(Stand.code)
    )
    return [Plot(*row) for row in rows]


def quote_of(session: Session, edition: Edition, exhibitor: Exhibitor, on: date | None = None) -> Quote:
    """What the exhibitor's place costs, ordered on a day (today by default); without a place, nothing."""
    plots = plots_of(session, exhibitor)
    terms = Terms(
        power_kw=exhibitor.power_kw if plots else 0,
        on=on or today(edition),
        newcomer=exhibitor.newcomer,
        pavilion=_in_pavilion(session, exhibitor),
        exempt=is_exempt(session, exhibitor),
    )
    return quote(plots, terms, prices_of(session, edition))


def _in_pavilion(session: Session, exhibitor: Exhibitor) -> bool:
    """Whether it stands in a pavilion's block, as its lead or as one of its members."""
    members = select(Exhibitor.id).where(Exhibitor.lead_id == exhibitor.id).limit(1)
    return exhibitor.lead_id is not None or session.exec(members).first() is not None


def is_exempt(session: Session, exhibitor: Exhibitor) -> bool:
    """Whether finance has freed the exhibitor from tax."""
    exempt = select(Billing.tax_exempt).where(Billing.exhibitor_id == exhibitor.id)
    return bool(session.exec(exempt).one_or_none())


def place_order(session: Session, exhibitor: Exhibitor, quote: Quote, *, on: date | None = None) -> Order:
    """Write a quote down as the exhibitor's one live order of its stand, at the prices of a day (today)."""
    take_turn(session, exhibitor.edition_id)
    if live_order(session, exhibitor):
        raise Refused(say("There is an order already. It has to be cancelled before another one is placed."))
    if exhibitor.state != "accepted":
        raise Refused(say("Only exhibitors who are accepted can order."))
    if not quote.lines:
        raise Refused(say("There is nothing to order: no prices are set, or no stand was given."))
    order = Order(
        edition_id=exhibitor.edition_id,
        exhibitor_id=exhibitor.id,
        number=next_number(session, Order, exhibitor.edition_id),
        currency=quote.currency,
        ordered_on=on or today(session.get_one(Edition, exhibitor.edition_id)),
    )
    session.add(order)
    session.flush()
    write(session, order, quote)
    return order


def write(session: Session, order: Order, quote: Quote) -> None:
    """The lines of an open order anew, with their sums."""
    for line in lines(session, order):
        session.delete(line)
    session.flush()
    session.add_all(
        OrderLine(order_id=order.id, position=position, **vars(line))
        for position, line in enumerate(quote.lines, 1)
    )
    total(session, order, quote.net_minor, quote.tax_minor)


def total(session: Session, order: Order, net_minor: int, tax_minor: int) -> None:
    """The order's sums, as its lines add up."""
    order.net_minor, order.tax_minor, order.total_minor = net_minor, tax_minor, net_minor + tax_minor
    session.add(order)
    session.flush()


def recompute(session: Session, order: Order) -> None:
    """An open order of a stand as the stand is now, at the prices of the day it was ordered."""
    take_turn(session, order.edition_id)
    hold(session, order)
    exhibitor = session.get_one(Exhibitor, order.exhibitor_id)
    if order.state != "open" or order.kind != "stand":
        raise Refused(say("Only the open order of a stand is made anew. Correct the invoice instead."))
    asked = quote_of(session, session.get_one(Edition, order.edition_id), exhibitor, order.ordered_on)
    if not asked.lines:
        raise Refused(say("There is no stand any more. Cancel the order instead."))
    write(session, order, asked)


def live_order(session: Session, exhibitor: Exhibitor) -> Order | None:
    """The exhibitor's order of its stand that is not cancelled."""
    return session.exec(
        select(Order).where(
            Order.exhibitor_id == exhibitor.id, Order.kind == "stand", Order.state != "cancelled"
        )
    ).one_or_none()


def lines(session: Session, order: Order) -> Sequence[OrderLine]:
    """The order's lines in order."""
    return session.exec(
        select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.position)
    ).all()


def order_by_number(session: Session, edition_id: int, number: int) -> Order | None:
    """The edition's order of that number."""
    return session.exec(
        select(Order).where(Order.edition_id == edition_id, Order.number == number)
    ).one_or_none()


def move(session: Session, order: Order, wanted: str, allowed: Sequence[str]) -> None:
    """Bring an order from one of the states `allowed` to another."""
    hold(session, order)
    if order.state not in allowed:
        raise Refused(
            say("This is not possible: the order is now “%(state)s”.", state=stages.ORDER_NAMES[order.state])
        )
    order.state = wanted
    session.add(order)
    session.flush()


def orders(
    session: Session, edition_id: int, state: str = "", page: int = 1, *, line: str = "", words: str = ""
) -> Sequence[Any]:
    """One page of orders, the latest first, with exhibitors and invoices; `line`: a kind of line in them."""
    query = (
        select(
            Order.number, Order.kind, Order.state, Order.currency, Order.net_minor, Order.tax_minor,
            Order.total_minor, Order.created_at, Exhibitor.code, Organisation.name,
            Invoice.number.label("invoice"),
        )
        .join(Exhibitor, Exhibitor.id == Order.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .outerjoin(Invoice, (Invoice.order_id == Order.id) & (Invoice.kind == "invoice"))
        .order_by(Order.number.desc())
    )  # fmt: skip
    query = _chosen(query, edition_id, state, line, words)
    return session.execute(query.limit(PAGE).offset((page - 1) * PAGE)).all()


def _chosen(query: Any, edition_id: int, state: str, line: str, words: str) -> Any:
    query = query.where(Order.edition_id == edition_id)
    if state:
        query = query.where(Order.state == state)
    if line:
        having = select(OrderLine.id).where(OrderLine.order_id == Order.id, OrderLine.kind == line)
        query = query.where(having.exists())
    if words:
        found = Organisation.search_name.icontains(words.casefold(), autoescape=True)
        query = query.where(found | (Exhibitor.code == words.strip().upper()))
    return query


def order_sums(
    session: Session, edition_id: int, *, line: str = "", words: str = ""
) -> dict[str, tuple[int, int]]:
    """State → how many orders and what they come to, in minor units of the edition's currency."""
    query = (
        select(Order.state, func.count(), func.sum(Order.total_minor))
        .join(Exhibitor, Exhibitor.id == Order.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .group_by(Order.state)
    )
    rows = session.execute(_chosen(query, edition_id, "", line, words))
    return {state: (number, int(total)) for state, number, total in rows}
