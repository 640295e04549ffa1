"""What is noted of a lead: taps from the phone, and the form of the portal."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.clock import now
from expo.errors import Refused
from expo.words import say
from matchmaking.catalogue.hs_names import CHAPTERS
from matchmaking.catalogue.models import Product
from matchmaking.leads.marks import Marks
from matchmaking.leads.models import Lead, LeadAnswer, LeadInterest, LeadVisit
from matchmaking.leads.services.asking import questions


def mark(session: Session, lead: Lead, visit: LeadVisit, marks: Marks | None) -> None:
    """Take over taps, unless newer ones of the same scan are here already. What is unknown is left out."""
    if marks is None or (visit.marked_at is not None and marks.at <= visit.marked_at):
        return
    visit.marked_at = marks.at
    if marks.note is not None:
        visit.note = marks.note
    if marks.rating is not None:
        lead.rating = marks.rating or None
    if marks.next_step is not None:
        lead.next_step, lead.done_at = marks.next_step, None
    if marks.next_on is not None:
        lead.next_on = marks.next_on
    lead.revision += 1
    session.flush()
    _answers(session, lead, marks.answers)
    _interests(session, lead, marks.products, marks.chapters)


def change(session: Session, lead: Lead, given: Mapping[str, Any], seen: int | None) -> None:
    """What the portal's form says: rating, notes, next_step, next_on, done, answers, products, chapters.

    Refused when somebody else changed it since the sender looked (`seen` is the revision on their page).
    """
    session.refresh(lead, with_for_update=True)
    if seen is not None and seen != lead.revision:
        raise Refused(
            say("A colleague has changed this lead meanwhile. Look at what it says now, then save again.")
        )
    lead.rating, lead.notes = given["rating"], given["notes"]
    lead.next_step, lead.next_on = given["next_step"], given["next_on"]
    lead.done_at = (lead.done_at or now()) if given["done"] and given["next_step"] else None
    lead.revision += 1
    session.flush()
    _answers(session, lead, given["answers"])
    products, chapters = set(given["products"]), set(given["chapters"])
    had = session.execute(
        select(LeadInterest.product_id, LeadInterest.chapter).where(LeadInterest.lead_id == lead.id)
    ).all()
    off = {row.product_id: False for row in had if row.product_id and row.product_id not in products}
    gone = {row.chapter: False for row in had if row.chapter and row.chapter not in chapters}
    _interests(session, lead, off | dict.fromkeys(products, True), gone | dict.fromkeys(chapters, True))


def _answers(session: Session, lead: Lead, answers: Mapping[int, int | None]) -> None:
    known = {one.id: len(one.choices) for one in questions(session, lead.edition_id, lead.exhibitor_id)}
    for question_id, choice in answers.items():
        if question_id not in known:
            continue
        if choice is None:
            session.execute(
                delete(LeadAnswer).where(LeadAnswer.lead_id == lead.id, LeadAnswer.question_id == question_id)
            )
        elif choice < known[question_id]:
            row = {
                "lead_id": lead.id, "exhibitor_id": lead.exhibitor_id, "question_id": question_id,
                "choice": choice,
            }  # fmt: skip
            session.execute(
                insert(LeadAnswer)
                .values(row)
                .on_conflict_do_update(index_elements=["lead_id", "question_id"], set_={"choice": choice})
            )


def _interests(
    session: Session, lead: Lead, products: Mapping[int, bool], chapters: Mapping[str, bool]
) -> None:
    own = set(
        session.exec(
            select(Product.id).where(Product.exhibitor_id == lead.exhibitor_id, Product.id.in_(products))
        )
    )
    off = [key for key, on in products.items() if not on]
    gone = [key for key, on in chapters.items() if not on]
    if off or gone:
        session.execute(
            delete(LeadInterest).where(
                LeadInterest.lead_id == lead.id,
                LeadInterest.product_id.in_(off) | LeadInterest.chapter.in_(gone),
            )
        )
    both = {"lead_id": lead.id, "exhibitor_id": lead.exhibitor_id}
    rows = [both | {"product_id": key, "chapter": None} for key, on in products.items() if on and key in own]
    rows += [
        both | {"product_id": None, "chapter": key} for key, on in chapters.items() if on and key in CHAPTERS
    ]
    if rows:
        session.execute(insert(LeadInterest).values(rows).on_conflict_do_nothing())
