"""Reads of the gate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, text
from sqlmodel import Session, select

from expo.checkin.models import Area, Conflict, Device, DeviceGate, Gate, Rule
from expo.clock import now
from expo.editions.models import Edition
from expo.registration.models import CONFIRMED, Person


@dataclass(frozen=True)
class Fullness:
    """How many people are in an area, of how many there may be (None: no limit)."""

    id: int
    code: str
    name: dict[str, str]
    kind: str
    depth: int
    inside: int
    limit: int | None
    when_full: str


def gates(session: Session, edition_id: int, device: Device | None = None) -> Sequence[Gate]:
    """The gates in use, or those that a device may serve."""
    query = select(Gate).where(Gate.edition_id == edition_id, Gate.active).order_by(Gate.position, Gate.code)
    if device is not None:
        own = select(DeviceGate.gate_id).where(DeviceGate.device_id == device.id)
        query = query.where(~own.exists() | Gate.id.in_(own))
    return session.exec(query).all()


def areas(session: Session, edition_id: int) -> Sequence[Area]:
    """All areas, each after the one around it."""
    found = session.exec(select(Area).where(Area.edition_id == edition_id)).all()
    rank = {area.id: (area.position, area.code) for area in found}
    return sorted(found, key=lambda area: [rank.get(one, (0, "")) for one in area.path])


def occupancy(session: Session, edition: Edition, at: datetime | None = None) -> list[Fullness]:
    """How full every area is on the day of `at` (now): a sum of few counted parts, whoever passed since."""
    rows = session.execute(
        text("""
            SELECT gate_count.area_id, sum(inside)::integer AS inside
              FROM gate_count JOIN gate_area ON gate_area.id = gate_count.area_id
              JOIN edition ON edition.id = gate_area.edition_id
              LEFT JOIN gate_settings ON gate_settings.edition_id = edition.id
             WHERE gate_area.edition_id = :edition
               AND day = gate_day(:at, edition.timezone, coalesce(day_starts_hour, 4))
             GROUP BY gate_count.area_id"""),
        {"edition": edition.id, "at": at or now()},
    )
    inside = {row.area_id: row.inside for row in rows}
    return [
        Fullness(
            area.id or 0, area.code, area.name, area.kind, len(area.path) - 1, inside.get(area.id or 0, 0),
            area.people_limit, area.when_full,
        )
        for area in areas(session, edition.id)
    ]  # fmt: skip


def open_conflicts(session: Session, edition_id: int) -> int:
    """How many conflicts nobody has settled yet."""
    query = select(func.count()).select_from(Conflict)
    return session.exec(query.where(Conflict.edition_id == edition_id, Conflict.settled_at.is_(None))).one()


def confirmed_count(session: Session, edition_id: int) -> int:
    """How many people may come."""
    query = select(func.count()).select_from(Person)
    return session.exec(query.where(Person.edition_id == edition_id, Person.state == CONFIRMED)).one()


def area_facts(session: Session, edition_id: int) -> list[dict[str, Any]]:
    """What a device knows of the areas; a talk's audience `opens` and `closes` by the timetable."""
    rows = session.execute(
        text("""
            SELECT gate_area.id, lower(during) - interval '90 min' AS opens,
                   upper(during) + interval '30 min' AS closes
              FROM gate_area JOIN slot ON slot.talk_id = gate_area.talk_id
             WHERE gate_area.edition_id = :edition"""),
        {"edition": edition_id},
    )
    hours = {row.id: {"opens": row.opens.isoformat(), "closes": row.closes.isoformat()} for row in rows}
    return [
        {
            "id": area.id, "code": area.code, "name": area.name, "kind": area.kind, "path": area.path,
            "limit": area.people_limit, "when_full": area.when_full,
        }
        | hours.get(area.id or 0, {})
        for area in areas(session, edition_id)
    ]  # fmt: skip


def rule_facts(session: Session, edition_id: int) -> list[dict[str, Any]]:
    """Who may enter which area when, as devices read it; days and hours are local."""
    rules = session.exec(select(Rule).where(Rule.edition_id == edition_id).order_by(Rule.id)).all()
    return [
        {
            "area": rule.area_id, "kind": rule.kind, "ticket": rule.ticket_id,
            "from_day": _iso(rule.from_day), "until_day": _iso(rule.until_day),
            "from_time": _iso(rule.from_time), "until_time": _iso(rule.until_time),
        }
        for rule in rules
    ]  # fmt: skip


def _iso(value: Any) -> str | None:
    return None if value is None else value.isoformat()


def device_counts(session: Session, edition_id: int) -> dict[str, int]:
    """How many devices there are, how many are enrolled, and how many were seen in the last five minutes."""
    row = session.execute(
        text("""
            SELECT count(*) AS "all", count(*) FILTER (WHERE enrolled_at IS NOT NULL AND revoked_at IS NULL)
                   AS enrolled, count(*) FILTER (WHERE revoked_at IS NULL
                   AND last_seen_at > now() - interval '5 min') AS awake
              FROM gate_device WHERE edition_id = :edition"""),
        {"edition": edition_id},
    ).one()
    return dict(row._mapping)


def devices(session: Session, edition_id: int, size: int, offset: int) -> Sequence[Any]:
    """Devices with the names of their gates and how many scans they sent, those in use first."""
    return session.execute(
        text("""
            SELECT d.*, (SELECT jsonb_agg(gate.name ORDER BY gate.position) FROM gate_device_gate AS own
                         JOIN gate ON gate.id = own.gate_id WHERE own.device_id = d.id) AS gates
              FROM gate_device AS d WHERE edition_id = :edition
             ORDER BY revoked_at IS NOT NULL, name, id LIMIT :size OFFSET :offset"""),
        {"edition": edition_id, "size": size, "offset": offset},
    ).all()


def gate_ids(session: Session, device: Device) -> Sequence[int]:
    """The gates a device is limited to."""
    return session.exec(select(DeviceGate.gate_id).where(DeviceGate.device_id == device.id)).all()


def talks(session: Session, edition_id: int) -> Sequence[Any]:
    """Talks in the order of the timetable with their rooms, and whether they have a gate."""
    return session.execute(
        text("""
            SELECT talk.id, talk.code, talk.title, lower(slot.during) AS starts_at, room.name AS room,
                   room.capacity, gate_area.id AS area_id
              FROM talk JOIN slot ON slot.talk_id = talk.id JOIN room ON room.id = slot.room_id
              LEFT JOIN gate_area ON gate_area.talk_id = talk.id
             WHERE talk.edition_id = :edition ORDER BY slot.during, talk.code"""),
        {"edition": edition_id},
    ).all()
