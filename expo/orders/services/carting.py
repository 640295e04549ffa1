"""Services on an exhibitor's order: the cart, ordering what is in it, changing what was ordered."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.db import broken_rule
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Order, OrderLine
from expo.exhibitors.services.numbering import hold, next_number, take_turn
from expo.languages import pick
from expo.money import times
from expo.orders.extras import Offer, fault, is_open, line_text, offer
from expo.orders.models import CartLine, Service
from expo.orders.pricing import Quote, quoted, taxes
from expo.orders.services.catalogue import services_of
from expo.orders.services.listing import today
from expo.orders.services.ordering import is_exempt, lines, total
from expo.words import say

LARGEST_MINOR = 10**15


class Chosen(NamedTuple):
    """A service in the cart, and its offer today (None: it can no longer be ordered)."""

    service: Service
    quantity: Decimal
    offer: Offer | None


def cart(session: Session, edition: Edition, exhibitor: Exhibitor) -> list[Chosen]:
    """What the exhibitor means to order."""
    rows = session.execute(
        select(CartLine.quantity, Service)
        .join(Service, Service.id == CartLine.service_id)
        .where(CartLine.exhibitor_id == exhibitor.id)
        .order_by(Service.id)
    )
    return [Chosen(service, quantity, offer_of(edition, service)) for quantity, service in rows]


def offer_of(edition: Edition, service: Service) -> Offer | None:
    """What the service costs today; None when it is not offered."""
    if not service.is_offered or service.category == "permit":
        return None
    return offer(service.price_minor, service.deadline, service.late_percent, today(edition))


def fill_cart(session: Session, exhibitor: Exhibitor, wanted: Mapping[str, Decimal]) -> None:
    """Put quantities by service code into the cart in place of what was there; zero takes one out."""
    hold(session, exhibitor)
    known = {one.code: one for one in services_of(session, exhibitor.edition_id, offered=True)}
    there = {
        line.service_id: line
        for line in session.exec(select(CartLine).where(CartLine.exhibitor_id == exhibitor.id))
    }
    for code, quantity in wanted.items():
        service = known.get(code)
        if service is None:
            raise Refused(say("%(code)s is not offered any more.", code=code))
        if wrong := fault(quantity, service.step, service.most):
            raise Refused(say("%(name)s: %(wrong)s", name=pick(service.name, "en"), wrong=wrong))
        line = there.get(service.id)
        if quantity and line:
            line.quantity = quantity
        elif quantity:
            session.add(CartLine(exhibitor_id=exhibitor.id, service_id=service.id, quantity=quantity))
        elif line:
            session.delete(line)
    session.flush()


def cart_quote(session: Session, edition: Edition, exhibitor: Exhibitor, chosen: Sequence[Chosen]) -> Quote:
    """What the cart comes to today. What can no longer be ordered is left out."""
    bare = [
        (one.service.category, line_text(one.service.name, one.offer), one.quantity, one.service.unit,
         one.offer.price_minor, times(one.quantity, one.offer.price_minor), one.service.tax_bp)
        for one in chosen
        if one.offer
    ]  # fmt: skip
    return quoted(edition.currency, bare, exempt=is_exempt(session, exhibitor))


def order_cart(session: Session, edition: Edition, exhibitor: Exhibitor, seen_minor: int) -> Order:
    """Order what is in the cart; refused if it no longer costs what was seen or stock is short."""
    take_turn(session, edition.id)
    hold(session, exhibitor)
    if exhibitor.state != "accepted":
        raise Refused(say("Only exhibitors who are accepted can order."))
    chosen = cart(session, edition, exhibitor)
    if not chosen:
        raise Refused(say("Your cart is empty."))
    for one in chosen:
        if one.offer is None:
            name = pick(one.service.name, "en")
            raise Refused(say("%(name)s can no longer be ordered. Take it out of the cart.", name=name))
    if cart_quote(session, edition, exhibitor, chosen).total_minor != seen_minor:
        raise Refused(say("Prices have changed meanwhile. Look at your cart again first."))
    order = open_extras(session, exhibitor) or begin_extras(session, edition, exhibitor)
    hold(session, order)
    there = {
        (line.service_id, line.late_percent): line for line in lines(session, order) if not line.permit_id
    }
    for one in chosen:
        line = there.get((one.service.id, one.offer.late_percent))
        _put(session, exhibitor, order, one, line)
    for line in session.exec(select(CartLine).where(CartLine.exhibitor_id == exhibitor.id)).all():
        session.delete(line)
    add_up(session, order)
    return order


def _put(session: Session, exhibitor: Exhibitor, order: Order, one: Chosen, line: OrderLine | None) -> None:
    """One thing of the cart onto the order: a line of its own, or more of a line that is there."""
    quantity = one.quantity + (line.quantity if line else 0)
    if one.service.most is not None and quantity > one.service.most:
        raise Refused(
            say("One stand may have %(most)s of it at most.", most=f"{one.service.most.normalize():f}")
        )
    if line:
        set_quantity(session, line, quantity, one.service)
        return
    line = OrderLine(
        order_id=order.id,
        position=_next_position(session, order),
        kind=one.service.category,
        text=line_text(one.service.name, one.offer),
        quantity=quantity,
        unit=one.service.unit,
        unit_price_minor=one.offer.price_minor,
        net_minor=0,
        tax_bp=0 if is_exempt(session, exhibitor) else one.service.tax_bp,
        service_id=one.service.id,
        late_percent=one.offer.late_percent,
    )
    set_quantity(session, line, quantity, one.service)


def set_quantity(session: Session, line: OrderLine, quantity: Decimal, service: Service) -> None:
    """A quantity of a line at the price it was ordered at; the stock decides."""
    net, name = times(quantity, line.unit_price_minor), pick(service.name, "en")
    if abs(net) >= LARGEST_MINOR:
        raise Refused(say("%(name)s: that is more money than an order can hold.", name=name))
    try:
        with session.begin_nested():
            line.quantity, line.net_minor = quantity, net
            session.add(line)
            session.flush()
    except IntegrityError as error:
        if broken_rule(error)[0] != "ck_service_stock":
            raise
        session.refresh(service)
        left = f"{((service.stock or 0) - service.taken).normalize():f}"
        raise Refused(say("%(name)s: only %(left)s are left.", name=name, left=left)) from None


def _next_position(session: Session, order: Order) -> int:
    last = select(OrderLine.position).where(OrderLine.order_id == order.id)
    return (session.exec(last.order_by(OrderLine.position.desc()).limit(1)).first() or 0) + 1


def add_up(session: Session, order: Order) -> None:
    """The tax of each rate parted anew among an open order's lines, and the order's sums."""
    written = lines(session, order)
    for rate in {line.tax_bp for line in written}:
        same = [line for line in written if line.tax_bp == rate]
        for line, tax in zip(same, taxes([line.net_minor for line in same], rate), strict=True):
            line.tax_minor = tax
            session.add(line)
    total(session, order, sum(line.net_minor for line in written), sum(line.tax_minor for line in written))


def open_extras(session: Session, exhibitor: Exhibitor) -> Order | None:
    """The exhibitor's order of services that is not invoiced yet."""
    return session.exec(
        select(Order).where(Order.exhibitor_id == exhibitor.id, Order.kind == "extras", Order.state == "open")
    ).one_or_none()


def begin_extras(session: Session, edition: Edition, exhibitor: Exhibitor) -> Order:
    """An order of services without lines yet."""
    order = Order(
        edition_id=edition.id,
        exhibitor_id=exhibitor.id,
        number=next_number(session, Order, edition.id),
        kind="extras",
        currency=edition.currency,
        ordered_on=today(edition),
    )
    session.add(order)
    session.flush()
    return order


def change_line(
    session: Session, edition: Edition, exhibitor: Exhibitor, position: int, quantity: Decimal
) -> Order:
    """Another quantity of something ordered (zero takes it off), until its deadline and its invoice."""
    take_turn(session, edition.id)
    order = open_extras(session, exhibitor)
    line = next((one for one in lines(session, order) if one.position == position), None) if order else None
    if order is None or line is None or line.permit_id:
        raise Refused(say("This is on no order that can still be changed."))
    hold(session, order)
    service = session.get_one(Service, line.service_id)
    if order.state != "open" or not is_open(service.deadline, today(edition)):
        raise Refused(say("Its deadline has passed. Ask the organiser; more of it can be ordered late."))
    if wrong := fault(quantity, service.step, service.most):
        raise Refused(wrong)
    if quantity:
        set_quantity(session, line, quantity, service)
    else:
        session.delete(line)
        session.flush()
    add_up(session, order)
    if not lines(session, order):
        order.state = "cancelled"
        session.add(order)
        session.flush()
    return order


def extras_of(session: Session, exhibitor: Exhibitor) -> list[Order]:
    """The exhibitor's orders of services that were not cancelled, the latest first."""
    return list(
        session.exec(
            select(Order)
            .where(Order.exhibitor_id == exhibitor.id, Order.kind == "extras", Order.state != "cancelled")
            .order_by(Order.number.desc())
        )
    )
