"""Whether somebody whom a stand met belongs to a buyer that is known here: then a deal can follow."""

from typing import Any

from sqlalchemy import func, or_
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Organisation
from matchmaking.catalogue.models import Buyer
from matchmaking.leads.models import Lead, contact
from matchmaking.meetings.models import Meeting


def buyer_of(session: Session, edition: Edition, lead: Lead) -> Any | None:
    """The buyer, as (code, name, the meeting with it or None), by its contact's address or by its name.

    Who is met without a contact belongs to nobody known: a button would tell what consent does not.
    """
    named = func.lower(contact.c.organisation)
    by_name = [func.lower(Organisation.name.op("->>")(code)) == named for code in ("en", "zh", "ru", "ur")]
    same_address = func.lower(Buyer.contact_email) == func.lower(contact.c.email)
    meeting = (
        select(Meeting.starts_at)
        .where(
            Meeting.buyer_id == Buyer.id,
            Meeting.exhibitor_id == lead.exhibitor_id,
            Meeting.state.in_(("planned", "held")),
        )
        .scalar_subquery()
    )
    return session.execute(
        select(Buyer.code, Organisation.name, meeting.label("meeting"))
        .select_from(Buyer)
        .join(Organisation, Organisation.id == Buyer.organisation_id)
        .join(contact, contact.c.lead_id == lead.id)
        .where(
            Buyer.edition_id == edition.id,
            contact.c.consented,
            ((contact.c.email != "") & same_address) | ((contact.c.organisation != "") & or_(*by_name)),
        )
        .order_by(same_address.desc(), Buyer.code)
        .limit(1)
    ).one_or_none()
