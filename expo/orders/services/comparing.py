"""Orders against the stands as they are now: what has changed since, and who has not ordered yet."""

from collections import defaultdict
from typing import NamedTuple

from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Order, Organisation
from expo.orders.models import Billing
from expo.orders.pricing import Plot, Terms, quote
from expo.orders.services.listing import prices_of, today
from expo.venue.models import Stand, Zone


class Difference(NamedTuple):
    """An exhibitor whose order says something else than its stand; `order` is 0 where there is none."""

    code: str
    name: dict[str, str]
    order: int
    state: str
    before_minor: int
    now_minor: int
    stands: tuple[str, ...]


def differences(session: Session, edition: Edition) -> list[Difference]:
    """All differences by exhibitor, in five questions however many there are."""
    plots: dict[int, list[Plot]] = defaultdict(list)
    for who, *plot in session.execute(
        select(
            Allotment.exhibitor_id,
            Stand.code,
            Stand.kind,
            Stand.width * Stand.depth,
            Stand.open_sides,
            Zone.code,
        )
        .join(Stand, Stand.id == Allotment.stand_id)
        .join(Zone, Zone.id == Stand.zone_id)
        .where(Allotment.edition_id == edition.id)
        .order_by(Stand.code)
    ):
        plots[who].append(Plot(*plot))
    live = {
        order.exhibitor_id: order
        for order in session.exec(
            select(Order).where(
                Order.edition_id == edition.id, Order.kind == "stand", Order.state != "cancelled"
            )
        )
    }
    rows = session.execute(
        select(Exhibitor, Organisation.name, Billing.tax_exempt)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .outerjoin(Billing, Billing.exhibitor_id == Exhibitor.id)
        .where(Exhibitor.edition_id == edition.id)
        .order_by(Exhibitor.code)
    ).all()
    leads = {exhibitor.lead_id for exhibitor, _name, _exempt in rows}
    prices, day = prices_of(session, edition), today(edition)
    found = []
    for exhibitor, name, exempt in rows:
        order, mine = live.get(exhibitor.id), plots.get(exhibitor.id, [])
        if order is None and (not mine or exhibitor.state != "accepted"):
            continue
        terms = Terms(
            power_kw=exhibitor.power_kw if mine else 0,
            on=order.ordered_on if order and order.ordered_on else day,
            newcomer=exhibitor.newcomer,
            pavilion=exhibitor.lead_id is not None or exhibitor.id in leads,
            exempt=bool(exempt),
        )
        asked = quote(mine, terms, prices)
        if order and (asked.net_minor, asked.tax_minor) == (order.net_minor, order.tax_minor):
            continue
        codes = tuple(plot.code for plot in mine)
        said = (order.number, order.state, order.total_minor) if order else (0, "", 0)
        found.append(Difference(exhibitor.code, name, *said, asked.total_minor, codes))
    return found
