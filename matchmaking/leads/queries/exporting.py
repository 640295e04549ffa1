"""What was tapped and noted of all leads of an exhibitor at once."""

from typing import Any

from sqlmodel import Session, select

from matchmaking.catalogue.models import Product
from matchmaking.leads.models import LeadAnswer, LeadInterest, LeadVisit

Taps = tuple[dict[int, int], list[Any], list[str]]
"""Question → choice; products' names (language maps) and chapters ("HS 04"); notes of visits."""


def taps_of(session: Session, exhibitor_id: int) -> dict[int, Taps]:
    """Lead → its taps and notes, in three queries however many leads."""
    found: dict[int, Taps] = {}

    def of(lead_id: int) -> Taps:
        return found.setdefault(lead_id, ({}, [], []))

    answers = select(LeadAnswer).where(LeadAnswer.exhibitor_id == exhibitor_id)
    for one in session.exec(answers):
        of(one.lead_id)[0][one.question_id] = one.choice
    interests = (
        select(LeadInterest.lead_id, LeadInterest.chapter, Product.name)
        .outerjoin(Product, Product.id == LeadInterest.product_id)
        .where(LeadInterest.exhibitor_id == exhibitor_id)
        .order_by(LeadInterest.id)
    )
    for row in session.execute(interests):
        of(row.lead_id)[1].append(row.name or f"HS {row.chapter}")
    noted = select(LeadVisit.lead_id, LeadVisit.note).where(
        LeadVisit.exhibitor_id == exhibitor_id, LeadVisit.note != ""
    )
    for row in session.execute(noted.order_by(LeadVisit.at)):
        of(row.lead_id)[2].append(row.note)
    return found
