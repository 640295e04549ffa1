"""The bundle: all that a device needs to decide by itself, as a stream; afterwards what changed since."""

import base64
import json
import zlib
from collections.abc import Iterator
from typing import Any

from flask import Response, current_app, request, stream_with_context
from sqlalchemy import text

from expo.badges.keys import badge_key
from expo.badges.queries import revoked, ring_of
from expo.badges.tokens import Key
from expo.checkin import queries, services
from expo.checkin.api.askers import device_asks
from expo.checkin.api.blueprint import API, bp
from expo.checkin.api.enrolling import gate_facts
from expo.checkin.models import Device
from expo.clock import now
from expo.editions.models import Edition
from expo.web import db, public

LARGEST_VERSION = 2**31 - 1
CHUNK = 2000
BOXES = """
SELECT token_id, box FROM gate_box
 WHERE edition_id = :edition AND version > :since AND (box IS NOT NULL OR :since > 0)
"""


@bp.get(f"{API}/bundle")
@public
def bundle(house: str):
    """{version, since?, now, edition, keys, other_editions, revoked, gates, areas, rules, people, gone}.

    `?since=` the version a device has: then only boxes that changed, and the names of those that are `gone`.
    """
    here, device = device_asks(house)
    edition = db().get_one(Edition, here.edition_id)
    version = services.gather(db(), edition, badge_key(current_app.extensions["expo_settings"]))
    db().commit()
    since = request.args.get("since", 0, type=int)
    since = since if 0 < since <= version else 0  # a number from before the database was restored: all of it
    pieces = _written(_head(edition, device, version, since), edition.id or 0, since)
    zipped = "gzip" in request.accept_encodings
    answer = Response(
        stream_with_context(_zipped(pieces) if zipped else (piece.encode() for piece in pieces)),
        mimetype="application/json",
    )
    if zipped:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Cache-Control"] = "no-store"
    answer.vary.add("Accept-Encoding")
    return answer


def _head(edition: Edition, device: Device | None, version: int, since: int) -> dict[str, Any]:
    ring = ring_of(db(), edition)
    settings = services.ensure_settings(db(), edition)
    return {
        "version": version,
        **({"since": since} if since else {}),
        "now": now().isoformat(),
        "edition": edition.code,
        "timezone": edition.timezone,
        "day_starts_hour": settings.day_starts_hour,
        "keys": [_key(key) for key in ring.keys],
        "other_editions": [
            {"code": one.code, "name": one.name, "keys": [_key(key) for key in one.keys]}
            for one in ring.others
        ],
        "revoked": [list(one) for one in revoked(db(), edition)],
        "gates": [
            gate_facts(gate) | {"name": gate.name} for gate in queries.gates(db(), edition.id or 0, device)
        ],
        "areas": queries.area_facts(db(), edition.id or 0),
        "days": None if settings.any_day else [edition.starts_on.isoformat(), edition.ends_on.isoformat()],
        "rules": queries.rule_facts(db(), edition.id or 0),
    }  # fmt: skip


def _key(key: Key) -> dict[str, Any]:
    return {
        "number": key.number, "public_key": base64.b64encode(key.public_key).decode(), "retired": key.retired
    }  # fmt: skip


def _written(head: dict[str, Any], edition_id: int, since: int) -> Iterator[str]:
    yield json.dumps(head, ensure_ascii=False)[:-1] + ',"people":{'
    rows = db().execute(
        text(BOXES).execution_options(yield_per=CHUNK), {"edition": edition_id, "since": since}
    )
    gone: list[str] = []
    comma = ""
    for part in rows.partitions():
        said = ",".join(f'"{name}":"{box}"' for name, box in part if box is not None)
        gone += [name for name, box in part if box is None]
        if said:
            yield comma + said
            comma = ","
    yield '},"gone":' + json.dumps(gone) + "}"


def _zipped(pieces: Iterator[str]) -> Iterator[bytes]:
    squeeze = zlib.compressobj(1, zlib.DEFLATED, 31)
    for piece in pieces:
        if some := squeeze.compress(piece.encode()):
            yield some
    yield squeeze.flush()
