"""What happened at the gates, found and paged; conflicts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from expo.editions.models import Edition

ROWS = """
SELECT p.id, p.at, p.received_at, p.type, p.verdict, p.reason, p.detail, p.forced, p.forced_by, p.offline,
       p.typed, p.flag, p.serial, gate.name AS gate, gate.code AS gate_code, person.code, person.name,
       person.organisation, person.kind, person.country,
       coalesce(gate_device.name, "user".name, '') AS device,
       a.at AS annulled_at, a.by AS annulled_by, c.id AS conflict_id, c.settled_at
  FROM passage AS p JOIN gate ON gate.id = p.gate_id
  LEFT JOIN person ON person.id = p.person_id
  LEFT JOIN gate_device ON gate_device.id = p.device_id
  LEFT JOIN "user" ON "user".id = p.user_id
  LEFT JOIN passage_annulment AS a ON a.passage_id = p.id
  LEFT JOIN gate_conflict AS c ON c.passage_id = p.id
"""
CONFLICTS = """
SELECT c.id, c.reason, c.found_at, c.settled_at, c.settled_by, c.note, person.code, person.name,
       person.organisation, person.kind, p.at, p.type, p.detail, p.id AS passage_id, gate.name AS gate,
       d.name AS device, o.at AS other_at, o.id AS other_id, og.name AS other_gate, od.name AS other_device
  FROM gate_conflict AS c JOIN passage AS p ON p.id = c.passage_id JOIN gate ON gate.id = p.gate_id
  LEFT JOIN person ON person.id = p.person_id LEFT JOIN gate_device AS d ON d.id = p.device_id
  LEFT JOIN passage AS o ON o.id = c.other_id LEFT JOIN gate AS og ON og.id = o.gate_id
  LEFT JOIN gate_device AS od ON od.id = o.device_id
 WHERE c.edition_id = :edition AND (c.settled_at IS NOT NULL) = :settled
 ORDER BY c.id DESC LIMIT :size OFFSET :offset
"""
LARGEST = 2**31 - 1


@dataclass(frozen=True)
class Wanted:
    """Which passages: at a gate, with a verdict or reason, in a direction, of whom `words` finds."""

    gate: int | None = None
    verdict: str = ""
    type: str = ""
    reason: str = ""
    words: str = ""


def _where(edition: Edition, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    parts, values = ["p.edition_id = :edition"], {"edition": edition.id}
    for column, value in (
        ("p.gate_id", wanted.gate), ("p.verdict", wanted.verdict), ("p.type", wanted.type),
        ("p.reason", wanted.reason),
    ):  # fmt: skip
        if value:
            name = column.rpartition(".")[2]
            parts.append(f"{column} = :{name}")
            values[name] = value
    for place, word in enumerate(wanted.words.split()[:4]):
        like = word.lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        parts.append(
            "lower(concat_ws(' ', person.code, person.organisation,"
            f" jsonb_path_query_array(person.name, '$.*')::text)) LIKE :word{place}"
        )
        values[f"word{place}"] = f"%{like}%"
    return " WHERE " + " AND ".join(parts), values


def count(session: Session, edition: Edition, wanted: Wanted) -> int:
    """How many passages there are of these."""
    where, values = _where(edition, wanted)
    joined = " LEFT JOIN person ON person.id = p.person_id" if wanted.words else ""
    return session.execute(text(f"SELECT count(*) FROM passage AS p{joined}{where}"), values).scalar_one()


def passages(
    session: Session, edition: Edition, wanted: Wanted, size: int = 50, offset: int = 0
) -> Sequence[Any]:
    """One page of them, the newest first."""
    where, values = _where(edition, wanted)
    order = " ORDER BY p.at DESC, p.id DESC LIMIT :size OFFSET :offset"
    return session.execute(text(ROWS + where + order), values | {"size": size, "offset": offset}).all()


def every(session: Session, edition: Edition, wanted: Wanted) -> Iterator[Any]:
    """All of them as a stream, the oldest first."""
    where, values = _where(edition, wanted)
    rows = session.execute(
        text(ROWS + where + " ORDER BY p.at, p.id").execution_options(yield_per=1000), values
    )
    yield from rows


def conflicts(
    session: Session, edition: Edition, *, settled: bool, size: int = 50, offset: int = 0
) -> Sequence[Any]:
    """Conflicts nobody settled yet, or those that were, the newest first."""
    values = {"edition": edition.id, "settled": settled, "size": size, "offset": offset}
    return session.execute(text(CONFLICTS), values).all()


def conflict_count(session: Session, edition: Edition, *, settled: bool) -> int:
    """How many of them."""
    query = """SELECT count(*) FROM gate_conflict
                WHERE edition_id = :edition AND (settled_at IS NOT NULL) = :settled"""
    return session.execute(text(query), {"edition": edition.id, "settled": settled}).scalar_one()
