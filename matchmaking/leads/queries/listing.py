"""An exhibitor's own leads: found, filtered, one by one. Who somebody is comes from the view alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, String, and_, case, cast, func, literal
from sqlalchemy.dialects.postgresql import JSONPATH
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from matchmaking.catalogue.models import Product
from matchmaking.leads.models import Lead, LeadAnswer, LeadInterest, LeadLetter, LeadMail, LeadVisit, contact

PAGE = 50
MOST_WORDS = 6
CONSENTS = ("yes", "withdrawn", "no")
ORDERS = ("last", "-last", "number", "-number", "rating", "-rating", "visits", "-visits", "next", "-next")


@dataclass(frozen=True)
class LeadFilter:
    """Which leads. `answer` is (question, choice); `due` those whose next step is to be done by today."""

    words: str = ""
    consent: str = ""
    rating: int = 0
    staff: str = ""
    answer: tuple[int, int] | None = None
    product: int = 0
    chapter: str = ""
    due: date | None = None
    day: date | None = None
    order: str = "-last"


EVERYBODY = LeadFilter()
_there = and_(contact.c.lead_id == Lead.id, contact.c.exhibitor_id == Lead.exhibitor_id)
consent = case(
    (contact.c.consented, literal("yes")), (contact.c.withdrawn_at.is_not(None), literal("withdrawn")),
    else_=literal("no"),
)  # fmt: skip


def conditions(edition: Edition, exhibitor_id: int, wanted: LeadFilter = EVERYBODY) -> list[Any]:
    """The filter as conditions on Lead and the view."""
    found: list[Any] = [Lead.exhibitor_id == exhibitor_id, Lead.edition_id == edition.id]
    if wanted.consent:
        found.append(consent == wanted.consent)
    if wanted.rating:
        found.append(Lead.rating >= wanted.rating)
    if wanted.staff:
        found.append(_visited(LeadVisit.staff_name == wanted.staff))
    if wanted.day:
        local = cast(func.timezone(edition.timezone, LeadVisit.at), Date)
        found.append(_visited(local == wanted.day, LeadVisit.counts))
    if wanted.answer:
        question, choice = wanted.answer
        answered = select(LeadAnswer.lead_id).where(
            LeadAnswer.lead_id == Lead.id, LeadAnswer.question_id == question, LeadAnswer.choice == choice
        )
        found.append(answered.exists())
    if wanted.product or wanted.chapter:
        interested = select(LeadInterest.id).where(LeadInterest.lead_id == Lead.id)
        if wanted.product:
            interested = interested.where(LeadInterest.product_id == wanted.product)
        if wanted.chapter:
            interested = interested.where(LeadInterest.chapter == wanted.chapter)
        found.append(interested.exists())
    if wanted.due:
        found += [Lead.next_on <= wanted.due, Lead.done_at.is_(None)]
    return found + [_holds(word) for word in wanted.words.split()[:MOST_WORDS]]


def _visited(*more: Any) -> ColumnElement[bool]:
    return select(LeadVisit.id).where(LeadVisit.lead_id == Lead.id, *more).exists()


def _holds(word: str) -> ColumnElement[bool]:
    like = "%" + word.lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
    names = cast(func.jsonb_path_query_array(contact.c.name, cast("$.*", JSONPATH)), String)
    text = func.concat_ws(
        " ", names, contact.c.organisation, contact.c.position, contact.c.email, Lead.notes, Lead.next_step,
        func.concat("#", Lead.number),
    )  # fmt: skip
    return func.lower(text).like(like) | _visited(func.lower(LeadVisit.note).like(like))


def count(session: Session, edition: Edition, exhibitor_id: int, wanted: LeadFilter = EVERYBODY) -> int:
    """How many leads a filter finds."""
    query = select(func.count()).select_from(Lead).join(contact, _there)
    return session.execute(query.where(*conditions(edition, exhibitor_id, wanted))).scalar_one()


def leads(
    session: Session,
    edition: Edition,
    exhibitor_id: int,
    wanted: LeadFilter = EVERYBODY,
    limit: int | None = PAGE,
    offset: int = 0,
) -> Sequence[Any]:
    """An exhibitor's leads: everything of `Lead`, what may be known of the person, the stands' people."""
    by = (
        select(func.string_agg(LeadVisit.staff_name.distinct(), ", "))
        .where(LeadVisit.lead_id == Lead.id, LeadVisit.staff_name != "")
        .scalar_subquery()
    )
    column = {
        "last": Lead.last_at, "number": Lead.number, "rating": Lead.rating, "visits": Lead.visits,
        "next": Lead.next_on,
    }[wanted.order.removeprefix("-")]  # fmt: skip
    order = column.desc() if wanted.order.startswith("-") else column.asc()
    return session.execute(
        select(
            Lead.id, Lead.number, Lead.person_id, Lead.first_at, Lead.last_at, Lead.visits, Lead.rating,
            Lead.notes, Lead.next_step, Lead.next_on, Lead.done_at, Lead.muted_at, Lead.revision,
            contact.c.name, contact.c.organisation, contact.c.position, contact.c.country, contact.c.email,
            contact.c.language, contact.c.withdrawn_at, consent.label("consent"), by.label("staff"),
        )
        .join(contact, _there)
        .where(*conditions(edition, exhibitor_id, wanted))
        .order_by(order.nulls_last(), Lead.number.desc())
        .limit(limit)
        .offset(offset)
    ).all()  # fmt: skip


def lead_by_number(session: Session, exhibitor_id: int, number: int) -> Lead | None:
    """The exhibitor's lead of that number."""
    return session.exec(
        select(Lead).where(Lead.exhibitor_id == exhibitor_id, Lead.number == number)
    ).one_or_none()


def card(session: Session, lead: Lead) -> dict[str, Any]:
    """One lead with its taps, as the phone and the page show it."""
    row = session.execute(
        select(contact, consent.label("consent"))
        .select_from(Lead)
        .join(contact, _there)
        .where(Lead.id == lead.id)
    ).one()
    answers = session.execute(
        select(LeadAnswer.question_id, LeadAnswer.choice).where(LeadAnswer.lead_id == lead.id)
    )
    interests = session.execute(
        select(LeadInterest.product_id, LeadInterest.chapter).where(LeadInterest.lead_id == lead.id)
    ).all()
    return {
        "number": lead.number,
        "consent": row.consent,
        "withdrawn_at": row.withdrawn_at,
        "name": row.name or {},
        "organisation": row.organisation,
        "position": row.position,
        "country": row.country,
        "email": row.email,
        "language": row.language,
        "visits": lead.visits,
        "first_at": lead.first_at,
        "last_at": lead.last_at,
        "rating": lead.rating,
        "next_step": lead.next_step,
        "next_on": lead.next_on,
        "answers": {one.question_id: one.choice for one in answers},
        "products": [one.product_id for one in interests if one.product_id],
        "chapters": sorted(one.chapter for one in interests if one.chapter),
    }


def visits_of(session: Session, lead: Lead) -> Sequence[LeadVisit]:
    """Every scan of a lead, the newest first."""
    return session.exec(
        select(LeadVisit).where(LeadVisit.lead_id == lead.id).order_by(LeadVisit.at.desc(), LeadVisit.id)
    ).all()


def products_of(session: Session, exhibitor_id: int) -> Sequence[Any]:
    """What the exhibitor offers, to tap: (id, code, name, chapter), at most sixty."""
    chapter = func.substr(Product.hs, 1, 2).label("chapter")
    return session.execute(
        select(Product.id, Product.code, Product.name, chapter)
        .where(Product.exhibitor_id == exhibitor_id)
        .order_by(Product.code)
        .limit(60)
    ).all()


def letters_of(session: Session, exhibitor_id: int) -> Sequence[Any]:
    """The exhibitor's letters, the newest first: (letter, how many got it)."""
    got = select(func.count()).where(LeadMail.letter_id == LeadLetter.id).scalar_subquery()
    return session.execute(
        select(LeadLetter, got.label("got"))
        .where(LeadLetter.exhibitor_id == exhibitor_id)
        .order_by(LeadLetter.id.desc())
    ).all()


def today_of(edition: Edition) -> date:
    """The date at the venue."""
    return now().astimezone(edition.zone_info).date()
