"""What every scan needs of an edition, kept in the process for a few seconds.

Nothing in it lets anybody in: whether a device or a badge is good any more, the database says at every scan.
A badge signed with a key that is newer than the ring makes the ring be read again.
"""

import time
from dataclasses import dataclass

from flask import abort, current_app
from sqlalchemy import text
from sqlmodel import select

from expo.badges.queries import ring_of
from expo.badges.tokens import Ring
from expo.checkin import queries
from expo.checkin.scanned import Scanned, scanned
from expo.editions.models import Edition
from expo.web import db

FRESH_S = 10
MOST_KEPT = 200
STAMP = """
SELECT count(*) || '/' || count(retired_at) FROM badge_key
"""


@dataclass(frozen=True)
class Known:
    """An edition with its keys (`stamp` tells whether there are newer ones) and the names of its gates."""

    edition_id: int
    code: str
    name: dict[str, str]
    ring: Ring
    stamp: str
    gates: dict[int, dict[str, str]]
    until: float


def known(code: str) -> Known:
    """The edition of a code; 404 where there is none."""
    kept = _kept().get(code)
    if kept is not None and kept.until > time.monotonic():
        return kept
    edition = db().exec(select(Edition).where(Edition.code == code)).one_or_none() or abort(404)
    return _read(edition)


def known_by_id(edition_id: int) -> Known:
    """The same by number."""
    kept = next((one for one in _kept().values() if one.edition_id == edition_id), None)
    return known(kept.code if kept else db().get_one(Edition, edition_id).code)


def read_secret(here: Known, secret: str) -> Scanned:
    """What stands behind a scanned text, by the newest keys there are."""
    found = scanned(secret, here.ring)
    if found.is_tampered and db().execute(text(STAMP)).scalar_one() != here.stamp:
        found = scanned(secret, _read(db().get_one(Edition, here.edition_id)).ring)
    return found


def gate_name(here: Known, gate_id: int) -> dict[str, str]:
    """What a gate is called; {} where it is so new that nobody here knows it yet."""
    return here.gates.get(gate_id, {})


def _read(edition: Edition) -> Known:
    assert edition.id is not None
    stamp = db().execute(text(STAMP)).scalar_one()
    found = Known(
        edition.id, edition.code, dict(edition.name), ring_of(db(), edition), stamp,
        {gate.id or 0: dict(gate.name) for gate in queries.gates(db(), edition.id)},
        time.monotonic() + FRESH_S,
    )  # fmt: skip
    kept = _kept()
    if len(kept) >= MOST_KEPT:
        kept.clear()
    kept[edition.code] = found
    return found


def _kept() -> dict[str, Known]:
    return current_app.extensions.setdefault("expo_gate_known", {})
