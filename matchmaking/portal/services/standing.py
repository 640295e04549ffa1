"""From the stands that were allotted to an order and its invoice."""

from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors import services as exhibitors
from expo.exhibitors.models import Exhibitor, Invoice
from expo.exhibitors.pricing import Place, Quote, quote, read_prices
from expo.venue.models import Stand
from expo.words import say


def place_of(session: Session, exhibitor: Exhibitor) -> Place:
    """The published stands of an exhibitor, as prices are asked of them."""
    rows = session.execute(
        select(Stand.code, Stand.kind, Stand.width, Stand.depth, Stand.open_sides)
        .join(Allotment, Allotment.stand_id == Stand.id)
        .where(Allotment.exhibitor_id == exhibitor.id)
        .order_by(Stand.code)
    ).all()
    return Place(
        shell_stands=tuple(row.code for row in rows if row.kind == "shell"),
        raw_stands=tuple(row.code for row in rows if row.kind == "raw"),
        shell_cm2=sum(row.width * row.depth for row in rows if row.kind == "shell"),
        raw_cm2=sum(row.width * row.depth for row in rows if row.kind == "raw"),
        open_sides=tuple(row.open_sides for row in rows),
    )


def quote_of(session: Session, edition: Edition, exhibitor: Exhibitor) -> Quote:
    """What the exhibitor's place costs today; without a place, nothing."""
    place = place_of(session, exhibitor)
    power = exhibitor.power_kw if place.open_sides else 0
    return quote(place, power, read_prices(edition.prices, edition.currency))


def order_now(session: Session, edition: Edition, exhibitor: Exhibitor, seen_minor: int) -> Invoice:
    """Order the place one has and get the invoice for it; refused if it no longer costs what was seen."""
    exhibitors.take_turn(session, edition.id)  # before looking: allocations are published under the same lock
    asked = quote_of(session, edition, exhibitor)
    if asked.total_minor != seen_minor:
        raise Refused(say("Your stand or its price has changed meanwhile. Look at the new order first."))
    order = exhibitors.place_order(session, exhibitor, asked)
    return exhibitors.issue_invoice(session, order)
