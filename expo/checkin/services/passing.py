"""Deciding about a scan: one call of the database's own function, which decides and writes at once.

`decide` takes a bare connection (`expo.web.quick`) and not a session: one statement is the whole transaction,
which thousands of people wait for.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Json
from sqlalchemy import text
from sqlmodel import Session, select

from expo.audit.services import note
from expo.checkin.models import Annulment, Conflict, Passage
from expo.checkin.reading import Scan
from expo.checkin.scanned import Scanned
from expo.clock import now
from expo.errors import Refused
from expo.words import say

DECIDE = """
SELECT outcome, id, replayed, verdict, reason, detail, forced, typed, flag, conflict, at, type, gate_id,
       area_id, person
  FROM gate_pass(%s::integer, %s::integer, %s::text, %s::integer, %s::text, %s::text, %s::integer,
                 %s::integer, %s::text, %s::jsonb, %s::text, %s::timestamptz, %s::boolean, %s::boolean,
                 %s::text, %s::text, %s::boolean)
"""
MOST_TRIES = 20


class Stranger(Exception):
    """Nobody whom this edition knows, or no more."""


class NoGate(Exception):
    """There is no such gate in this edition, or it is closed."""


class NotHere(Exception):
    """The device may not serve this gate."""


@dataclass(frozen=True)
class Asker:
    """Who asks: a device by the digest of its token, or somebody signed in."""

    edition_id: int
    token: str | None = None
    user_id: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Answer:
    """What was decided and written; `replayed` when the same scan had come before. `person` is None where
    nobody is known: {id, code, kind, state, name, organisation, position, country}."""

    outcome: str
    id: int
    replayed: bool
    verdict: str
    reason: str
    detail: dict[str, Any]
    forced: bool
    typed: bool
    flag: str
    conflict: str | None
    at: datetime
    type: str
    gate_id: int
    area_id: int
    person: dict[str, Any] | None

    @property
    def ok(self) -> bool:
        """Whether the person was let through."""
        return self.verdict == "ok"


def decide(connection: Connection, asker: Asker, scan: Scan, found: Scanned, *, lazy: bool = False) -> Answer:
    """Let somebody through or not. With a `verdict` the scan is a fact that the gate reports afterwards.

    `lazy`: the answer may be lost in a crash until a later one is on disk; for all but the last of many.
    Stranger, NoGate or NotHere where nothing may be decided, and nothing was written.
    """
    actor = ": ".join(part for part in (asker.name, scan.because) if part)
    values = (
        asker.edition_id, scan.gate, asker.token, asker.user_id, actor, scan.scan_id, found.person,
        found.serial, found.code, Json(found.flaw) if found.flaw else None, scan.type, scan.claimed, scan.odd,
        scan.force, scan.verdict, scan.reason, lazy,
    )  # fmt: skip
    outcome = "again"
    for _try in range(MOST_TRIES):
        with connection.cursor(row_factory=class_row(Answer)) as cursor:
            answer = cursor.execute(DECIDE, values).fetchone()
        assert answer is not None
        outcome = answer.outcome
        if outcome == "done":
            return answer
        if outcome != "again":  # an area came close to its limit meanwhile: now gates take turns
            break
    raise {"stranger": Stranger, "no_gate": NoGate, "not_here": NotHere}[outcome]


def annul(session: Session, passage: Passage, by: str, reason: str) -> None:
    """Take a wrong scan back: it stays written and counts no more; where the person is follows anew."""
    session.execute(
        text("SELECT 1 FROM gate_place WHERE person_id = :who FOR UPDATE"), {"who": passage.person_id}
    )
    if session.exec(select(Annulment).where(Annulment.passage_id == passage.id)).one_or_none():
        raise Refused(say("This scan was taken back already."))
    session.add(Annulment(passage_id=passage.id, by=by, reason=reason.strip()[:200]))
    session.flush()
    if passage.person_id is not None and passage.verdict == "ok":
        session.execute(text("SELECT gate_place_again(:who)"), {"who": passage.person_id})
    note(session, "withdrawn", "passage", passage.id, {"reason": reason}, passage.edition_id)


def settle(session: Session, conflict: Conflict, by: str, remark: str) -> None:
    """Note that somebody looked at a conflict and what came of it."""
    session.refresh(conflict, with_for_update=True)
    if conflict.settled_at is not None:
        raise Refused(say("This conflict was settled already."))
    conflict.settled_at, conflict.settled_by, conflict.note = now(), by, remark.strip()[:500]
    session.add(conflict)
    session.flush()
