"""Looking through applications: what the organiser finds by which filter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, select

from expo.accounts.models import Grant, User
from expo.accounts.roles import Role
from expo.exhibitors.models import Exhibitor, Organisation

PAGE = 50


@dataclass(frozen=True)
class Filter:
    """What part of the queue is looked at; empty means all."""

    state: str = ""
    country: str = ""
    zone: str = ""
    words: str = ""
    sort: str = ""
    only: str = ""


_MEMBER = aliased(Exhibitor)
ONLY = {
    "newcomer": Exhibitor.newcomer,
    "late": Exhibitor.late_reason != "",
    "flexible": Exhibitor.least_m2.is_not(None),
    "pavilion": or_(
        Exhibitor.lead_id.is_not(None),
        Exhibitor.pavilion_m2 > 0,
        exists().where(_MEMBER.lead_id == Exhibitor.id),
    ),
    "high": Exhibitor.height_cm > 250,
    "water": Exhibitor.water,
    "heavy": Exhibitor.load_kg_m2 > 0,
    "raw": Exhibitor.shape == "raw",
}
"""What else one may look for: the part of an application that needs somebody's eye."""
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


def found(query: Select, edition_id: int, chosen: Filter, *, any_state: bool = False) -> Select:
    """A query over exhibitors narrowed to what the filter finds."""
    query = query.join(Organisation, Organisation.id == Exhibitor.organisation_id)
    query = query.where(Exhibitor.edition_id == edition_id)
    if chosen.state and not any_state:
        query = query.where(Exhibitor.state == chosen.state)
    if chosen.country:
        query = query.where(Organisation.country == chosen.country)
    if chosen.zone:
        query = query.where(Exhibitor.zones.contains([chosen.zone]))
    if chosen.only in ONLY:
        query = query.where(ONLY[chosen.only])
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
    query = found(query, edition_id, chosen)
    return session.execute(query.limit(PAGE).offset((page - 1) * PAGE)).all()


def all_found(session: Session, edition_id: int, chosen: Filter) -> Sequence[Any]:
    """Everything the filter finds, by code, with what a spreadsheet wants beside it."""
    query = select(
        Exhibitor.code, Organisation.name, Organisation.country, Organisation.city, Exhibitor.sector,
        Exhibitor.state, Exhibitor.area_m2, Exhibitor.least_m2, Exhibitor.shape, Exhibitor.zones,
        Exhibitor.power_kw, Exhibitor.water, Exhibitor.height_cm, Exhibitor.load_kg_m2, Exhibitor.points,
        Exhibitor.submitted_at, Exhibitor.contact_name, Exhibitor.contact_email,
    )  # fmt: skip
    return session.execute(found(query, edition_id, chosen).order_by(Exhibitor.code)).all()


def found_by_state(session: Session, edition_id: int, chosen: Filter) -> dict[str, int]:
    """How many applications the filter finds at each state, whatever state it asks for."""
    query = select(Exhibitor.state, func.count()).group_by(Exhibitor.state)
    return dict(tuple(row) for row in session.execute(found(query, edition_id, chosen, any_state=True)))


def countries(session: Session, edition_id: int) -> Sequence[str]:
    """Where applications come from."""
    query = select(Organisation.country).distinct().order_by(Organisation.country)
    return session.exec(found(query, edition_id, Filter()).select_from(Exhibitor)).all()


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
