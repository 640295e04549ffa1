"""Deals for tests: `a_deal(session, edition)` is a purchase of honey, recorded as an intent."""

from datetime import date
from decimal import Decimal

from sqlmodel import Session

from expo.editions.models import Edition, Rate
from matchmaking.deals import services
from matchmaking.deals.models import Deal
from tests.make import a_buyer, an_exhibitor

DAY = date(2023, 6, 15)


def a_rate(session: Session, edition: Edition, **given) -> Rate:
    """One unit of a foreign currency in the edition's own."""
    values = {"currency": "USD", "on_date": DAY, "rate": Decimal("7.1430000000"), "source": "a bank"} | given
    rate = Rate(edition_id=edition.id, **values)
    session.add(rate)
    session.flush()
    return rate


def a_line(**given) -> services.Line:
    """Ten kilogrammes of honey at 12.34."""
    values = {
        "hs": "040900",
        "text": {"en": "Honey"},
        "quantity": Decimal(10),
        "unit": "kg",
        "unit_price_minor": 1234,
    }
    return services.Line(**values | given)


def a_new_deal(session: Session, edition: Edition, **given) -> services.NewDeal:
    """What is to be recorded."""
    values = {
        "seller": given.pop("seller", None) or an_exhibitor(session, edition),
        "buyer": given.pop("buyer", None) or a_buyer(session, edition),
        "currency": "CNY",
        "lines": (a_line(),),
        "signed_on": DAY,
    }
    return services.NewDeal(**values | given)


def a_deal(session: Session, edition: Edition, **given) -> Deal:
    """A recorded deal."""
    return services.record(session, edition, a_new_deal(session, edition, **given))
