"""Who stands where as published, and how full the floor is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, literal
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session, select

from expo.allocation.models import (
    Allotment,
)
from expo.allocation.services.asking import places_of
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from expo.languages import pick
from expo.spreadsheets import csv_bytes
from expo.venue.models import Hall, Stand, Zone


def occupied(session: Session, edition: Edition) -> dict[str, list[str]]:
    """Exhibitor code → its published stand codes."""
    current, _ = places_of(session, edition)
    return {code: list(stands) for code, stands in current.items()}


@dataclass(frozen=True)
class ZoneOccupancy:
    """A zone's stands: how many there are and are given, and their net area in cm²."""

    code: str
    name: dict[str, str]
    hue: int
    stands: int
    given: int
    area_cm2: int
    given_cm2: int


def occupancy(session: Session, edition: Edition) -> list[ZoneOccupancy]:
    """Every zone, by code, empty ones too."""
    area = func.coalesce(func.sum(Stand.width * Stand.depth), 0)
    rows = session.execute(
        select(
            Zone.code, Zone.name, Zone.hue, func.count(Stand.id), func.count(Allotment.id), area,
            func.coalesce(func.sum(Stand.width * Stand.depth).filter(Allotment.id.is_not(None)), 0),
        )
        .outerjoin(Stand, Stand.zone_id == Zone.id)
        .outerjoin(Allotment, Allotment.stand_id == Stand.id)
        .where(Zone.edition_id == edition.id)
        .group_by(Zone.id)
        .order_by(Zone.code)
    )  # fmt: skip
    return [ZoneOccupancy(*row[:5], area_cm2=int(row[5]), given_cm2=int(row[6])) for row in rows]


def accepted_count(session: Session, edition: Edition) -> int:
    """How many exhibitors want a place."""
    return session.execute(
        select(func.count()).where(Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted")
    ).scalar_one()


def names_of(session: Session, edition: Edition) -> dict[str, tuple[dict[str, str], str]]:
    """Exhibitor code → name (a language map) and country."""
    rows = session.execute(
        select(Exhibitor.code, Organisation.name, Organisation.country)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.edition_id == edition.id)
    )
    return {code: (name, country) for code, name, country in rows}


def allotment_rows(session: Session, edition: Edition) -> Sequence:
    """Every allotted stand with its exhibitor, hall and zone, by exhibitor."""
    return session.execute(
        select(
            Exhibitor.code.label("exhibitor"), Organisation.name, Organisation.country,
            Stand.code.label("stand"), Hall.code.label("hall"), Zone.code.label("zone"), Stand.kind,
            Stand.width, Stand.depth, Stand.open_sides, Allotment.locked,
        )
        .join(Exhibitor, Exhibitor.id == Allotment.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .join(Stand, Stand.id == Allotment.stand_id)
        .join(Hall, Hall.id == Stand.hall_id)
        .join(Zone, Zone.id == Stand.zone_id)
        .where(Allotment.edition_id == edition.id)
        .order_by(Exhibitor.code, Stand.code)
    ).all()  # fmt: skip


HEADS = ("exhibitor", "name", "country", "stand", "hall", "zone", "kind", "area_m2", "open_sides", "locked")


def allocation_csv(session: Session, edition: Edition) -> str:
    """The published allotments, a line a stand, as CSV text."""
    rows = [
        (
            row.exhibitor, pick(row.name, "en"), row.country, row.stand, row.hall, row.zone, row.kind,
            f"{row.width * row.depth / 10_000:g}", sides(row.open_sides), row.locked,
        )
        for row in allotment_rows(session, edition)
    ]  # fmt: skip
    return csv_bytes([HEADS, *rows]).decode()


def sides(bits: int) -> str:
    """Open sides as letters: 3 → "NE"."""
    return "".join(letter for bit, letter in ((1, "N"), (2, "E"), (4, "S"), (8, "W")) if bits & bit)


def occupants(
    session: Session, edition: Edition, hall: str | None = None
) -> dict[str, tuple[str, dict[str, str]]]:
    """Stand code → code and name of the exhibitor it is published for; of one hall if asked for."""
    query = (
        select(Stand.code, Exhibitor.code)
        .select_from(Allotment)
        .join(Stand, Stand.id == Allotment.stand_id)
        .join(Exhibitor, Exhibitor.id == Allotment.exhibitor_id)
        .where(Allotment.edition_id == edition.id)
    )
    if hall is not None:
        query = query.join(Hall, Hall.id == Stand.hall_id).where(Hall.code == hall)
    names = names_of(session, edition)
    return {stand: (code, names[code][0]) for stand, code in session.execute(query)}


def placed_names(
    session: Session, edition: Edition, places: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, dict[str, str]]]:
    """The same for other places than the published ones: those of a run, a version or a draft."""
    names = names_of(session, edition)
    return {
        stand: (code, names[code][0] if code in names else {"en": code})
        for code, stands in places.items()
        for stand in stands
    }


def placed_count(session: Session, edition: Edition) -> int:
    """How many exhibitors have a published place."""
    return session.execute(
        select(func.count(func.distinct(Allotment.exhibitor_id))).where(Allotment.edition_id == edition.id)
    ).scalar_one()


def locked(session: Session, edition: Edition) -> Sequence:
    """Exhibitors with a place settled by hand: code, name, stand codes."""
    return session.execute(
        select(
            Exhibitor.code,
            Organisation.name,
            func.string_agg(Stand.code, aggregate_order_by(literal(", "), Stand.code)).label("stands"),
        )
        .select_from(Allotment)
        .join(Exhibitor, Exhibitor.id == Allotment.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .join(Stand, Stand.id == Allotment.stand_id)
        .where(Allotment.edition_id == edition.id, Allotment.locked)
        .group_by(Exhibitor.id, Organisation.id)
        .order_by(Exhibitor.code)
    ).all()
