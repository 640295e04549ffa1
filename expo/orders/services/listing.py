"""The price list of an edition: what holds today, and changing it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.services.numbering import hold
from expo.orders.models import PriceList
from expo.orders.pricing import KINDS, Prices, in_minor, read_amount, read_prices
from expo.words import say

REMINDER_DAYS = [7, 21, 42]
OWN = (
    "peninsula_percent", "early_percent", "early_until", "late_percent", "late_from", "newcomer_percent",
    "pavilion_percent",
)  # fmt: skip
BASIC = ("shell_m2", "raw_m2", "corner_percent", "island_percent", "power_kw", "tax_percent")
"""What `Edition.prices` keeps, and the edition folder with it."""


def today(edition: Edition) -> date:
    """The day it is where the edition is held: deadlines and terms are of that place."""
    return now().astimezone(edition.zone_info).date()


def list_of(session: Session, edition: Edition) -> PriceList:
    """The edition's price list; a fresh one, not yet kept, where nobody has touched it."""
    found = session.exec(select(PriceList).where(PriceList.edition_id == edition.id)).one_or_none()
    return found or PriceList(edition_id=edition.id, reminder_days=REMINDER_DAYS)


def prices_of(session: Session, edition: Edition) -> Prices:
    """The prices that hold in an edition."""
    kept = list_of(session, edition)
    zones = {
        code: {kind: in_minor(read_amount(given[f"{kind}_m2"]), edition.currency)
               for kind in KINDS if given.get(f"{kind}_m2") not in (None, "")}
        for code, given in kept.zones.items()
    }  # fmt: skip
    own = {name: getattr(kept, name) for name in OWN}
    return replace(read_prices(edition.prices, edition.currency), zones=zones, **own)


def save_list(
    session: Session, edition: Edition, version: int, basic: Mapping[str, str], given: Mapping[str, Any]
) -> PriceList:
    """Change the price list as a whole. Refused when somebody else has changed it since `version` was read.

    `basic`: what `Edition.prices` keeps, decimals as text. Placed orders keep their prices.
    """
    hold(session, edition)
    kept = list_of(session, edition)
    if kept.id is not None:
        hold(session, kept)
    if kept.version != version:
        raise Refused(say("Somebody else has changed the prices meanwhile. Look at them first."))
    if given.get("early_until") and given.get("late_from") and given["early_until"] >= given["late_from"]:
        raise Refused(say("Early prices have to end before late ones begin."))
    for name, value in given.items():
        setattr(kept, name, value)
    kept.version += 1
    edition.prices = {**edition.prices, **{key: basic[key] for key in BASIC if key in basic}}
    session.add_all((kept, edition))
    session.flush()
    return kept
