"""The venue as rows of plain columns, for the rooms above."""

from collections.abc import Collection
from typing import NamedTuple

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.venue.models import Hall, Stand, Zone
from expo.venue.signs import letter_of


class StandRow(NamedTuple):
    """A stand with the codes of its hall and zone; lengths in cm."""

    id: int
    code: str
    hall: str
    zone: str
    kind: str
    x: int
    y: int
    width: int
    depth: int
    open_sides: int
    power_kw: int
    water: bool = False
    height_cm: int | None = None
    load_kg_m2: int | None = None


def halls(session: Session, edition: Edition) -> list[Hall]:
    """The halls by code."""
    return list(session.exec(select(Hall).where(Hall.edition_id == edition.id).order_by(Hall.code)))


def zones(session: Session, edition: Edition) -> list[Zone]:
    """The zones by code."""
    return list(session.exec(select(Zone).where(Zone.edition_id == edition.id).order_by(Zone.code)))


def signed_zones(session: Session, edition: Edition, codes: Collection[str]) -> list[tuple[str, Zone]]:
    """Those of the zones, each with the letter it has on every sign."""
    found = enumerate(zones(session, edition))
    return [(letter_of(place), zone) for place, zone in found if zone.code in codes]


def stands(session: Session, edition: Edition, hall: str | None = None) -> list[StandRow]:
    """The stands, of one hall if asked for, by code."""
    query = (
        select(
            Stand.id, Stand.code, Hall.code, Zone.code, Stand.kind, Stand.x, Stand.y, Stand.width,
            Stand.depth, Stand.open_sides, Stand.power_kw, Stand.water, Stand.height_cm, Stand.load_kg_m2,
        )
        .join(Hall, Hall.id == Stand.hall_id)
        .join(Zone, Zone.id == Stand.zone_id)
        .where(Stand.edition_id == edition.id)
        .order_by(Stand.code)
    )  # fmt: skip
    if hall is not None:
        query = query.where(Hall.code == hall)
    return [StandRow._make(row) for row in session.execute(query)]
