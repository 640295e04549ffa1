"""Scans that a device could only save as a file, since it was locked out, taken over in the console."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from expo.checkin.reading import SCAN_ID, Incomplete, Scan, synced
from expo.checkin.services.passing import NoGate
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say

MOST = 20_000
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7203, :edition)"
THERE = "SELECT scan_id FROM passage WHERE edition_id = :edition AND scan_id = ANY (:ids)"
NOT_OURS = say("This is not a file of scans as the gate's app saves them.")


@dataclass(frozen=True)
class Taken:
    """How many scans are written now, were known already, and make no sense or name a gate that is gone."""

    fresh: int
    known: int
    broken: int


def take_over(session: Session, edition: Edition, content: bytes, write: Callable[[Scan], Any]) -> Taken:
    """Every scan of a saved file, once: those that any device sent meanwhile are left out.

    `write` decides and writes one. Refused for a file of another event, or none of ours.
    """
    scans = _scans(edition, content)
    session.execute(text(ONE_AT_A_TIME), {"edition": edition.id})  # of one file sent twice at once
    named = [scan.get("scan_id") for scan in scans if isinstance(scan, dict)]
    ids = [name for name in named if isinstance(name, str) and SCAN_ID.fullmatch(name)]
    known = set(session.execute(text(THERE), {"edition": edition.id, "ids": ids}).scalars())
    fresh = doubles = broken = 0
    for one in scans:
        try:
            scan = synced(one)
            if scan.scan_id in known:
                doubles += 1
                continue
            write(scan)
        except (Incomplete, NoGate):
            broken += 1
            continue
        known.add(scan.scan_id)
        fresh += 1
    return Taken(fresh, doubles, broken)


def _scans(edition: Edition, content: bytes) -> list[Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        raise Refused(NOT_OURS) from None
    scans = said.get("scans") if isinstance(said, dict) else None
    if not isinstance(scans, list) or not scans:
        raise Refused(NOT_OURS)
    if said.get("edition") != edition.code:
        raise Refused(say("These scans were made at another event. Take them over in its console."))
    if len(scans) > MOST:
        raise Refused(say("That are more than %(most)s scans. Split the file.", most=MOST))
    return scans
