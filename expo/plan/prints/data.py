"""The plan as JSON: the values that are drawn, with texts in all languages. See docs/plan-json.md."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from expo.editions.models import Edition
from expo.plan import queries
from expo.plan.kept import kept
from expo.plan.prints.drawing import persons_now, plan_now
from expo.plan.shown import PublicPlan
from expo.plan.squeeze import Piece
from expo.venue import queries as venue
from expo.venue.drawing.outline import Box
from expo.venue.drawing.plan import Booth, HallPlan
from expo.venue.drawing.shell import corners
from expo.venue.pillars import pillars


def plan_json(session: Session, edition: Edition, now: queries.Stamp) -> Piece:
    """All halls with zones, booths and who may be named in them."""
    return kept(
        ("json", now.whole),
        lambda: Piece(
            json.dumps(_data(session, edition, now), ensure_ascii=False, separators=(",", ":")).encode()
        ),
        lambda piece: piece.weight,
    )


def _piece(data: dict[str, Any]) -> Piece:
    return Piece(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())


def _data(session: Session, edition: Edition, now: queries.Stamp) -> dict[str, Any]:
    plan = plan_now(session, edition, "en", now)
    names = {who.code: who.name for who in persons_now(session, edition, now).values()}
    boxes = {row.code: (row.x, row.y, row.width, row.depth) for row in venue.stands(session, edition)}
    halls = {hall.code: hall for hall in venue.halls(session, edition)}
    letters = {sign.code: sign.letter for hall in plan.halls for sign in hall.zones}
    return {
        "edition": edition.code,
        "version": plan.version,
        "published_at": plan.published_at.isoformat() if plan.published_at else None,
        "unit": "cm",
        "shows": {"names": plan.shows.names, "free": plan.shows.free, "held": plan.shows.held},
        "zones": [
            {"code": zone.code, "letter": letters.get(zone.code), "hue": zone.hue, "name": zone.name}
            for zone in venue.zones(session, edition)
        ],
        "halls": [_hall(plan, hall, halls[hall.code], boxes, names) for hall in plan.halls],
    }


def _hall(
    plan: PublicPlan, hall: HallPlan, row: Any, boxes: Mapping[str, Box], names: Mapping[str, dict[str, str]]
) -> dict[str, Any]:
    own = {code: boxes[code] for booth in hall.booths for code in booth.stands}
    inside = pillars(hall.columns, own)
    return {
        "code": hall.code,
        "name": row.name,
        "width": hall.width,
        "depth": hall.depth,
        "site": {"x": hall.at[0], "y": hall.at[1]},
        "outline": corners(hall),
        "entrances": [{"name": name, "x": x, "y": y} for name, x, y in hall.entrances],
        "columns": [_box(column) for column in hall.columns],
        "walls": [dict(zip(("x1", "y1", "x2", "y2"), wall, strict=True)) for wall in hall.walls],
        "aisles": [{"name": name} | _box(box) for name, *box in hall.aisles],
        "supplies": [{"kind": kind, "x": x, "y": y, "name": name} for kind, x, y, name in hall.utilities],
        "booths": [_booth(plan, booth, boxes, names, inside) for booth in hall.booths],
    }


def _booth(
    plan: PublicPlan,
    booth: Booth,
    boxes: Mapping[str, Box],
    names: Mapping[str, dict[str, str]],
    inside: Mapping[str, Sequence[Box]],
) -> dict[str, Any]:
    who = booth.occupant
    return {
        "stands": [{"code": code} | _box(boxes[code]) | _columns(inside.get(code)) for code in booth.stands],
        "zone": booth.zone,
        "state": plan.state(booth) or None,
        "exhibitor": {"code": who.code, "name": names.get(who.code, {"en": who.name})} if who else None,
        "outline": booth.loops,
        "area_m2": booth.area_cm2 / 10_000,
    }


def _columns(inside: Sequence[Box] | None) -> dict[str, Any]:
    """What of the hall's columns stands in a stand; nothing is said where nothing does."""
    return {"columns": [_box(column) for column in inside]} if inside else {}


def _box(box: Sequence[int]) -> dict[str, int]:
    return dict(zip(("x", "y", "width", "depth"), box, strict=True))
