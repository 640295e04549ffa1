"""Who may be named on the plan, and where they stand."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import text
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.editions.models import Edition
from expo.plan.finding import Entry
from expo.plan.queries.stamping import Stamp
from expo.venue.models import Hall, Stand, Zone


class Person(NamedTuple):
    """An exhibitor with a stand who may be named."""

    code: str
    name: dict[str, str]
    country: str
    sector: str


# One value of JSON is read several times faster than as many rows with a language map in each.
_PERSONS = text(
    "SELECT jsonb_agg(jsonb_build_array(person.id, person.code, firm.name, firm.country, person.sector)"
    " ORDER BY person.code) FROM exhibitor AS person"
    " JOIN organisation AS firm ON firm.id = person.organisation_id WHERE person.edition_id = :edition"
    " AND EXISTS (SELECT FROM allotment WHERE allotment.exhibitor_id = person.id)"
)


def persons(session: Session, edition: Edition, now: Stamp) -> dict[int, Person]:
    """Who may be named, by number, in the order of their codes."""
    if not now.shows.names:
        return {}
    found = session.connection().execute(_PERSONS, {"edition": edition.id}).scalar_one() or []
    return {number: Person(*rest) for number, *rest in found}


def entries(session: Session, edition: Edition, named: Mapping[int, Person]) -> list[Entry]:
    """The same with their stands by hall and zone."""
    if not named:
        return []
    rows = session.connection().execute(
        select(Allotment.exhibitor_id, Hall.code, Zone.code, Stand.code)
        .select_from(Allotment)
        .join(Stand, Stand.id == Allotment.stand_id)
        .join(Hall, Hall.id == Stand.hall_id)
        .join(Zone, Zone.id == Stand.zone_id)
        .where(Allotment.edition_id == edition.id)
        .order_by(Stand.code)
    )
    places: dict[tuple[int, str, str], list[str]] = {}
    for owner, hall, zone, stand in rows.all():
        if owner in named:  # or was given it since
            places.setdefault((owner, hall, zone), []).append(stand)
    return [Entry(*named[owner], hall, zone, tuple(codes)) for (owner, hall, zone), codes in places.items()]
