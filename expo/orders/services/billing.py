"""To whom an exhibitor's invoices are made out, in which language and currency."""

from collections.abc import Mapping
from typing import Any

from babel.numbers import get_territory_currencies
from sqlmodel import Session, select

from expo.exhibitors.models import Exhibitor, Organisation
from expo.exhibitors.services.numbering import hold
from expo.orders.models import Billing


def billing_of(session: Session, exhibitor: Exhibitor) -> Billing:
    """The exhibitor's particulars; fresh ones, not yet kept, where nothing was entered."""
    found = session.exec(select(Billing).where(Billing.exhibitor_id == exhibitor.id)).one_or_none()
    return found or Billing(exhibitor_id=exhibitor.id)


def save_billing(session: Session, exhibitor: Exhibitor, given: Mapping[str, Any]) -> Billing:
    """Change the particulars. Invoices issued before keep what they say."""
    hold(session, exhibitor)
    kept = billing_of(session, exhibitor)
    for name, value in given.items():
        setattr(kept, name, value)
    session.add(kept)
    session.flush()
    return kept


def currency_of(session: Session, exhibitor: Exhibitor) -> str:
    """The currency of the exhibitor's books: as it chose, else the one of its country; '' for none."""
    chosen = billing_of(session, exhibitor).currency
    if chosen:
        return chosen
    country = session.get_one(Organisation, exhibitor.organisation_id).country
    return next(iter(get_territory_currencies(country)), "")
