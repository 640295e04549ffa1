"""The venue as rows of plain columns, for the rooms above."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, cast, func, text
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.languages import pick
from expo.venue.models import Hall, HallEdit, Stand, Zone, ZoneArea
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


class HallLine(NamedTuple):
    """A hall in a list: how many stands it has, how many somebody has, and their net area in cm²."""

    hall: Hall
    stands: int
    given: int
    net_cm2: int


def hall_lines(session: Session, edition: Edition) -> list[HallLine]:
    """The halls by code, with what stands in them."""
    given = text("(SELECT count(*) FROM allotment WHERE allotment.stand_id = stand.id)")
    rows = session.execute(
        select(
            Hall,
            func.count(Stand.id),
            func.coalesce(func.sum(given), 0),
            func.coalesce(func.sum(cast(Stand.width, BigInteger) * Stand.depth), 0),
        )
        .outerjoin(Stand, Stand.hall_id == Hall.id)
        .where(Hall.edition_id == edition.id)
        .group_by(Hall.id)
        .order_by(Hall.code)
    )
    return [HallLine(hall, stands, int(taken), int(net)) for hall, stands, taken, net in rows]


class ZoneLine(NamedTuple):
    """A zone in the ledger: its stands, and what they and its drawn areas take, in cm²."""

    zone: Zone
    stands: int
    net_cm2: int
    drawn_cm2: int


def zone_lines(session: Session, edition: Edition) -> list[ZoneLine]:
    """The zones by code, with what their stands take."""
    stood = {
        row[0]: row[1:]
        for row in session.execute(
            select(Stand.zone_id, func.count(), func.sum(cast(Stand.width, BigInteger) * Stand.depth))
            .where(Stand.edition_id == edition.id)
            .group_by(Stand.zone_id)
        )
    }
    drawn = dict(
        session.execute(
            select(ZoneArea.zone_id, func.sum(cast(ZoneArea.width, BigInteger) * ZoneArea.depth))
            .join(Zone, Zone.id == ZoneArea.zone_id)
            .where(Zone.edition_id == edition.id)
            .group_by(ZoneArea.zone_id)
        ).all()
    )
    return [
        ZoneLine(zone, *map(int, stood.get(zone.id, (0, 0))), int(drawn.get(zone.id, 0)))
        for zone in zones(session, edition)
    ]


def zones_of(session: Session, edition_id: int) -> list[Zone]:
    """The zones of an edition by its number, by code."""
    return list(session.exec(select(Zone).where(Zone.edition_id == edition_id).order_by(Zone.code)))


def areas_elsewhere(session: Session, hall: Hall) -> dict[int, int]:
    """Zone → what its stands in the edition's other halls take, cm²."""
    rows = session.execute(
        select(Stand.zone_id, func.sum(cast(Stand.width, BigInteger) * Stand.depth))
        .where(Stand.edition_id == hall.edition_id, Stand.hall_id != hall.id)
        .group_by(Stand.zone_id)
    )
    return {zone: int(area) for zone, area in rows}


def codes_elsewhere(session: Session, hall: Hall) -> frozenset[str]:
    """Codes of stands in the edition's other halls."""
    found = session.exec(
        select(Stand.code).where(Stand.edition_id == hall.edition_id, Stand.hall_id != hall.id)
    )
    return frozenset(found)


# Who has a stand is for the allocation to know, a room above: asked here by the tables' names, as the
# database itself does when it keeps such a stand from being deleted.
HOLDERS = text(
    "SELECT a.stand_id, e.code, o.name FROM allotment a JOIN stand s ON s.id = a.stand_id"
    " JOIN exhibitor e ON e.id = a.exhibitor_id JOIN organisation o ON o.id = e.organisation_id"
    " WHERE s.hall_id = :hall"
)


def holders(session: Session, hall: Hall) -> dict[int, str]:
    """Stand (by id) → code and name of who has it."""
    return {
        stand: f"{code} {pick(name, 'en')}"
        for stand, code, name in session.execute(HOLDERS, {"hall": hall.id})
    }


PRINTED = text(
    "WITH plan AS (SELECT kind, placements FROM allocation_publication WHERE edition_id = :edition"
    " ORDER BY number DESC LIMIT 1)"
    " SELECT jsonb_array_elements_text(given.value) FROM plan, jsonb_each(plan.placements) AS given"
    " WHERE plan.kind = 'published'"
    " UNION SELECT s.code FROM allotment a JOIN stand s ON s.id = a.stand_id WHERE a.edition_id = :edition"
    " UNION SELECT jsonb_array_elements_text(r.stands) FROM selection_round r"
    " WHERE r.edition_id = :edition AND r.state IN ('open', 'paused')"
    " UNION SELECT jsonb_array_elements_text(o.stands) FROM stand_offer o"
    " WHERE o.edition_id = :edition AND o.state = 'open'"
)


def printed(session: Session, hall: Hall) -> frozenset[str]:
    """Codes of the edition's stands that people rely on: published, allotted, being selected or offered."""
    return frozenset(session.scalars(PRINTED, {"edition": hall.edition_id}))


def renames_since(session: Session, edition: Edition, moment: datetime) -> dict[str, str]:
    """Code that a stand had at a moment → its code now, of all that were renumbered since."""
    edits = session.scalars(
        select(HallEdit)
        .join(Hall, Hall.id == HallEdit.hall_id)
        .where(Hall.edition_id == edition.id, HallEdit.at > moment, HallEdit.changes.has_key("renamed"))
        .order_by(HallEdit.id)
    )
    now: dict[str, str] = {}
    for edit in edits:
        step: dict[str, str] = edit.changes["renamed"]
        began = {called: code for code, called in now.items()}
        now |= {began.get(code, code): called for code, called in step.items()}
    return {code: called for code, called in now.items() if code != called}


def last_edit(session: Session, hall: Hall) -> HallEdit | None:
    """The edit that made the hall's present version."""
    made = (HallEdit.hall_id == hall.id) & (HallEdit.version == hall.version)
    return session.exec(select(HallEdit).where(made)).first()


def edits_since(session: Session, hall: Hall, version: int, limit: int = 20) -> list[HallEdit]:
    """What was saved after a version, the newest first."""
    return list(
        session.exec(
            select(HallEdit)
            .where(HallEdit.hall_id == hall.id, HallEdit.version > version)
            .order_by(HallEdit.version.desc())
            .limit(limit)
        )
    )


def _in_hall(hall: Hall, zone: str, wanted: str):
    found = select(Stand, Zone.code).join(Zone, Zone.id == Stand.zone_id).where(Stand.hall_id == hall.id)
    if zone:
        found = found.where(Zone.code == zone)
    return found.where(Stand.code.icontains(wanted, autoescape=True)) if wanted else found


def stand_count(session: Session, hall: Hall, *, zone: str = "", wanted: str = "") -> int:
    """How many stands `stand_page` would give on all its pages."""
    found = _in_hall(hall, zone, wanted).with_only_columns(func.count())
    return session.scalar(found) or 0


def stand_page(
    session: Session, hall: Hall, *, zone: str = "", wanted: str = "", limit: int, offset: int
) -> list[tuple[Stand, str]]:
    """Stands of a hall with their zones' codes, by code."""
    rows = session.execute(_in_hall(hall, zone, wanted).order_by(Stand.code).limit(limit).offset(offset))
    return [(stand, code) for stand, code in rows]
