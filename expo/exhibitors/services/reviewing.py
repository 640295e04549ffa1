"""The organiser's verbs: look through applications and decide on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, column, exists, func, table
from sqlmodel import Session, select

from expo.accounts.models import Grant, User
from expo.accounts.roles import Role
from expo.errors import Refused
from expo.exhibitors import points, stages
from expo.exhibitors.models import Exhibitor, Order, Organisation
from expo.exhibitors.services.numbering import hold
from expo.words import say

PAGE = 50
# A room above owns this table; who has a stand cannot simply leave.
ALLOTMENT = table("allotment", column("exhibitor_id"))


@dataclass(frozen=True)
class Filter:
    """What part of the queue is looked at; empty means all."""

    state: str = ""
    country: str = ""
    zone: str = ""
    words: str = ""
    sort: str = ""


SORTS = {
    "code": Exhibitor.code,
    "country": Organisation.country,
    "area_m2": Exhibitor.area_m2,
    "points": Exhibitor.points,
    "submitted_at": Exhibitor.submitted_at,
}


def review_counts(session: Session, edition_id: int) -> dict[str, int]:
    """How many applications stand at which state."""
    rows = session.execute(
        select(Exhibitor.state, func.count())
        .where(Exhibitor.edition_id == edition_id)
        .group_by(Exhibitor.state)
    )
    return dict(tuple(row) for row in rows)


def _chosen(query: Select, edition_id: int, chosen: Filter, *, any_state: bool = False) -> Select:
    query = query.join(Organisation, Organisation.id == Exhibitor.organisation_id)
    query = query.where(Exhibitor.edition_id == edition_id)
    if chosen.state and not any_state:
        query = query.where(Exhibitor.state == chosen.state)
    if chosen.country:
        query = query.where(Organisation.country == chosen.country)
    if chosen.zone:
        query = query.where(Exhibitor.zones.contains([chosen.zone]))
    for word in chosen.words.casefold().split():
        query = query.where(Exhibitor.search_text.contains(word, autoescape=True))
    return query


def queue(session: Session, edition_id: int, chosen: Filter, page: int = 1) -> Sequence[Any]:
    """One page of applications; those that wait longest come first unless sorted otherwise."""
    query = select(
        Exhibitor.code, Exhibitor.state, Exhibitor.sector, Exhibitor.area_m2, Exhibitor.shape,
        Exhibitor.zones, Exhibitor.points, Exhibitor.submitted_at, Organisation.name, Organisation.country,
    )  # fmt: skip
    key = SORTS.get(chosen.sort.removeprefix("-"))
    if key is None:
        waiting = Exhibitor.state == "submitted"
        query = query.order_by(waiting.desc(), Exhibitor.submitted_at.nulls_last(), Exhibitor.code)
    else:
        down = chosen.sort.startswith("-")
        query = query.order_by(key.desc().nulls_last() if down else key.nulls_last(), Exhibitor.code)
    query = _chosen(query, edition_id, chosen)
    return session.execute(query.limit(PAGE).offset((page - 1) * PAGE)).all()


def all_found(session: Session, edition_id: int, chosen: Filter) -> Sequence[Any]:
    """Everything the filter finds, by code, with what a spreadsheet wants beside it."""
    query = select(
        Exhibitor.code, Organisation.name, Organisation.country, Organisation.city, Exhibitor.sector,
        Exhibitor.state, Exhibitor.area_m2, Exhibitor.shape, Exhibitor.zones, Exhibitor.power_kw,
        Exhibitor.points, Exhibitor.submitted_at, Exhibitor.contact_name, Exhibitor.contact_email,
    )  # fmt: skip
    return session.execute(_chosen(query, edition_id, chosen).order_by(Exhibitor.code)).all()


def found_by_state(session: Session, edition_id: int, chosen: Filter) -> dict[str, int]:
    """How many applications the filter finds at each state, whatever state it asks for."""
    query = select(Exhibitor.state, func.count()).group_by(Exhibitor.state)
    return dict(tuple(row) for row in session.execute(_chosen(query, edition_id, chosen, any_state=True)))


def countries(session: Session, edition_id: int) -> Sequence[str]:
    """Where applications come from."""
    query = select(Organisation.country).distinct().order_by(Organisation.country)
    return session.exec(_chosen(query, edition_id, Filter()).select_from(Exhibitor)).all()


def exhibitor_by_code(session: Session, edition_id: int, code: str) -> Exhibitor | None:
    """The edition's exhibitor of that code."""
    return session.exec(
        select(Exhibitor).where(Exhibitor.edition_id == edition_id, Exhibitor.code == code)
    ).one_or_none()


def next_in_queue(session: Session, edition_id: int, after: Exhibitor) -> str | None:
    """The code of the application that has waited longest, apart from this one."""
    return session.exec(
        select(Exhibitor.code)
        .where(Exhibitor.edition_id == edition_id, Exhibitor.state == "submitted", Exhibitor.id != after.id)
        .order_by(Exhibitor.submitted_at.nulls_last(), Exhibitor.code)
        .limit(1)
    ).first()


def decide(session: Session, exhibitor: Exhibitor, wanted: str, reason: str = "") -> None:
    """Accept, reject, ask back or end an application. What disappoints needs a reason, which is passed on."""
    hold(session, exhibitor)
    if not stages.may_become(exhibitor.state, wanted, organiser=True):
        raise Refused(
            say(
                "This is not possible: the application is now “%(state)s”.",
                state=stages.NAMES[exhibitor.state],
            )
        )
    if wanted in stages.NEEDS_A_SENTENCE and not reason.strip():
        raise Refused(say("Write a sentence that tells the exhibitor why."))
    if wanted == "withdrawn":
        _refuse_bound(session, exhibitor)
    exhibitor.state, exhibitor.review_note = wanted, reason.strip()
    session.add(exhibitor)
    session.flush()


def _refuse_bound(session: Session, exhibitor: Exhibitor) -> None:
    order = select(Order.id).where(Order.exhibitor_id == exhibitor.id, Order.state != "cancelled")
    if session.exec(order).first():
        raise Refused(say("It has an order. Cancel that first."))
    if session.execute(select(exists().where(ALLOTMENT.c.exhibitor_id == exhibitor.id))).scalar():
        raise Refused(say("It has a stand. Publish an allocation without it first."))


def set_points(session: Session, exhibitor: Exhibitor, source: str, value: Decimal) -> None:
    """Give points from one source; zero takes them away."""
    exhibitor.points_origin = points.replaced(exhibitor.points_origin, source, value)
    exhibitor.points = points.total(exhibitor.points_origin)
    session.add(exhibitor)
    session.flush()


def readers(session: Session, exhibitor: Exhibitor) -> list[tuple[str, str]]:
    """Who is written to, in which language: the contact person, else the organisation, else who applied."""
    rows = session.execute(
        select(User.email, User.language)
        .join(Grant, Grant.user_id == User.id)
        .where(Grant.role == Role.EXHIBITOR, Grant.organisation_id == exhibitor.organisation_id)
        .where((Grant.edition_id == exhibitor.edition_id) | Grant.edition_id.is_(None))
        .order_by(User.id)
    ).all()
    people = [tuple(row) for row in rows]
    organisation = session.get_one(Organisation, exhibitor.organisation_id)
    address = exhibitor.contact_email or organisation.email
    language = dict(people).get(address.lower()) or (people[0][1] if people else "en")
    return [(address, language)] if address else people[:1]
