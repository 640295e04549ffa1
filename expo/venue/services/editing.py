"""Edits of one hall's floor: all of a request or nothing, against the version that was seen."""

import json
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from sqlalchemy import text
from sqlmodel import Session, select

from expo.audit.services import note, quietly
from expo.errors import Refused
from expo.venue import queries
from expo.venue.editing.applying import Outcome, Trouble, apply
from expo.venue.editing.floor import Area, Budget, Floor, Spot
from expo.venue.editing.history import Difference, difference, kept, way_back
from expo.venue.editing.operations import Operation
from expo.venue.editing.requests import read_operations
from expo.venue.editing.rules import renamed
from expo.venue.editing.shells import shell_of
from expo.venue.models import Hall, HallEdit, Stand, ZoneArea
from expo.venue.services.refusals import in_words
from expo.words import say

MOST_TOLD_SINGLY = 50
DEFERRED = (
    "stand_no_overlap", "zone_area_no_overlap", "uq_stand_edition_id_code", "stand_fits", "hall_still_fits",
    "zone_area_still_fits",
)  # fmt: skip
VALUES = (
    "code", "kind", "x", "y", "width", "depth", "open_sides", "power_kw", "water", "height_cm", "load_kg_m2",
)  # fmt: skip


class Stale(Refused):
    """The hall has changed since; `edits` are the others' edits, the newest first."""

    def __init__(self, version: int, edits: Sequence[HallEdit]):
        super().__init__(
            say("Somebody changed this hall in the meantime. Have a look at it, then do your change again.")
        )
        self.version, self.edits = version, edits


class Violated(Refused):
    """The operations break rules; nothing was done."""

    def __init__(self, troubles: Sequence[Trouble]):
        super().__init__(troubles[0].fault.sentence)
        self.troubles = troubles


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit did, or would do when it was only tried."""

    version: int
    before: Floor
    outcome: Outcome
    changes: Difference


def floor_of(session: Session, hall: Hall) -> Floor:
    """A hall's floor as values."""
    zones = {zone.id: zone for zone in queries.zones_of(session, hall.edition_id)}
    rows = session.exec(select(Stand).where(Stand.hall_id == hall.id).order_by(Stand.code)).all()
    areas = session.exec(select(ZoneArea).where(ZoneArea.hall_id == hall.id).order_by(ZoneArea.id)).all()
    elsewhere = queries.areas_elsewhere(session, hall)
    return Floor(
        shell=shell_of(hall),
        spots={row.code: _spot(row, zones[row.zone_id].code) for row in rows},
        areas=tuple(Area(zones[a.zone_id].code, a.x, a.y, a.width, a.depth) for a in areas),
        zones={
            zone.code: Budget(zone.code, zone.gross_m2, zone.net_m2, elsewhere.get(zone.id, 0))
            for zone in zones.values()
        },
        elsewhere=queries.codes_elsewhere(session, hall),
        taken=queries.holders(session, hall),
        printed=queries.printed(session, hall),
        hall=hall.code,
    )


def _spot(row: Stand, zone: str) -> Spot:
    return Spot(zone=zone, id=row.id, **{name: getattr(row, name) for name in VALUES})


def edit(
    session: Session, hall: Hall, version: int | None, operations: Sequence[Operation], *, dry: bool = False
) -> Edited:
    """Carry operations out against a version of the hall (None: whatever it is now).

    Stale when it is another one by now, Violated when a rule is broken; tried only when dry, and then what is
    wrong lies in the outcome.
    """
    session.refresh(hall, with_for_update=None if dry else {"key_share": True})
    if version is not None and version != hall.version:
        raise Stale(hall.version, queries.edits_since(session, hall, version))
    before = floor_of(session, hall)
    outcome = apply(before, operations)
    changes = difference(before, outcome.floor)
    if outcome.troubles and not dry:
        raise Violated(outcome.troubles)
    if changes and not dry:
        _save(session, hall, before, outcome.floor, changes)
    return Edited(hall.version, before, outcome, changes)


def take_back(session: Session, hall: Hall, version: int) -> Edited:
    """Undo the edit that made a version of the hall, as one step; Stale when somebody changed it since.

    What is undone so is an edit too, and can be taken back in the same way.
    """
    session.refresh(hall, with_for_update={"key_share": True})
    last = queries.last_edit(session, hall)
    if version == hall.version and (last is None or "undo" not in last.changes):
        raise Refused(say("There is no change of this hall that could be undone."))
    operations = read_operations([last.changes["undo"]]) if last else []
    return edit(session, hall, version, operations)


def _save(session: Session, hall: Hall, before: Floor, after: Floor, changes: Difference) -> None:
    many = len(changes.gone) + len(changes.changed) + len(changes.new) > MOST_TOLD_SINGLY
    with in_words(session):
        session.execute(text(f"SET CONSTRAINTS {', '.join(DEFERRED)} DEFERRED"))
        with quietly(session) if many else nullcontext():
            _save_stands(session, hall, changes)
            _save_hall(session, hall, before, after, changes)
        session.execute(text(f"SET CONSTRAINTS {', '.join(DEFERRED)} IMMEDIATE"))
    _follow(session, hall, renamed(before, after))
    if many:
        told = {name: f"{part['count']}: {', '.join(part['codes'])}" if isinstance(part, dict) else part
                for name, part in kept(changes).items()}  # fmt: skip
        note(session, "changed", "hall", hall.id, told, hall.edition_id)


FOLLOW = text(
    "UPDATE wish SET target = new.code FROM exhibitor e,"
    " jsonb_each_text(CAST(:codes AS jsonb)) AS new(old, code)"
    " WHERE e.id = wish.exhibitor_id AND e.edition_id = :edition AND wish.kind = 'stand'"
    " AND wish.target = new.old"
)


def _follow(session: Session, hall: Hall, codes: Mapping[str, str]) -> None:
    """Wishes for a stand go on naming it; they belong to a room above and are known by their table."""
    if codes:
        session.execute(FOLLOW, {"codes": json.dumps(codes), "edition": hall.edition_id})


def _save_stands(session: Session, hall: Hall, changes: Difference) -> None:
    """What makes room goes first: zones are measured after every statement."""
    zones = {zone.code: zone.id for zone in queries.zones_of(session, hall.edition_id)}
    rows = {row.id: row for row in session.exec(select(Stand).where(Stand.hall_id == hall.id))}
    for spot in changes.gone:
        session.delete(rows[spot.id])
    session.flush()
    for grows in (False, True):
        for old, new in changes.changed:
            if (new.area_cm2 > old.area_cm2) == grows:
                row = rows[old.id]
                for name in VALUES:
                    setattr(row, name, getattr(new, name))
                row.zone_id = zones[new.zone]
        session.flush()
    for spot in changes.new:
        values = {name: getattr(spot, name) for name in VALUES}
        session.add(Stand(edition_id=hall.edition_id, hall_id=hall.id, zone_id=zones[spot.zone], **values))
    session.flush()


def _save_hall(session: Session, hall: Hall, before: Floor, after: Floor, changes: Difference) -> None:
    for name, value in changes.hall.items():
        setattr(hall, name, value)
    if changes.areas:
        zones = {zone.code: zone.id for zone in queries.zones_of(session, hall.edition_id)}
        for area in session.exec(select(ZoneArea).where(ZoneArea.hall_id == hall.id)):
            session.delete(area)
        session.flush()
        for area in after.areas:
            box = {"x": area.x, "y": area.y, "width": area.width, "depth": area.depth}
            session.add(ZoneArea(hall_id=hall.id, zone_id=zones[area.zone], **box))
    hall.version += 1
    codes = renamed(before, after)
    session.add(
        HallEdit(
            hall_id=hall.id,
            version=hall.version,
            user_id=session.info.get("user_id"),
            actor=session.info.get("actor", ""),
            changes=kept(changes)
            | ({"renamed": codes} if codes else {})
            | {"undo": way_back(changes, before)},
        )
    )
    session.flush()
