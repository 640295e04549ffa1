"""The tamper-evident chain: each event's hash covers its content and the hash before it.

Two schemes: events sealed by the first releases (1) cover the parsed content; since then (2) the very bytes
of the stored text and who did it, so that checking needs no parsing and any changed byte shows.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

GENESIS = "0" * 64
SCHEME = 2


class Event(NamedTuple):
    """An event as the chain sees it: `body` is the stored text of its content, `micros` the instant in µs
    since 1970 UTC, `deal_number` 0 for events of the ledger itself, `user_id` 0 for nobody's."""

    sequence: int
    scheme: int
    deal_number: int
    kind: str
    micros: int
    user_id: int
    body: str
    previous_hash: str
    hash: str


class Break(NamedTuple):
    """Where a chain does not hold: at which place, and why: `missing`, `link` (the hash before it is another
    one), `content` (something in the event changed), `tail` (events are cut off) or `head` (it was moved)."""

    sequence: int
    why: str


def canonical(payload: Any) -> str:
    """JSON in one way only: sorted keys, no spaces, letters as they are."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def parsed(body: str) -> Any:
    """The content of a stored text."""
    return json.loads(body)


def micros_of(at: datetime) -> int:
    """An aware instant in whole microseconds since 1970 UTC."""
    since = at.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def seal(sequence: int, deal: int, kind: str, micros: int, user: int, body: str, previous: str) -> str:
    """SHA-256 (hex) of scheme 2; no field but the last may hold a line break: none flows into another."""
    text = f"2\n{sequence}\n{deal}\n{kind}\n{micros}\n{user}\n{previous}\n{body}"
    return hashlib.sha256(text.encode()).hexdigest()


def digest(
    sequence: int, deal_number: int, kind: str, payload: dict[str, Any], at: datetime, previous: str
) -> str:
    """SHA-256 (hex) of scheme 1: the canonical JSON of an event and the hash before it."""
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [sequence, deal_number, kind, payload, stamp, previous]
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _wanted(event: Event) -> str:
    if event.scheme == SCHEME:
        sequence, _scheme, deal, kind, micros, user, body, previous, _hash = event
        return seal(sequence, deal, kind, micros, user, body, previous)
    at = datetime.fromtimestamp(event.micros // 1_000_000, UTC).replace(microsecond=event.micros % 1_000_000)
    try:
        payload = parsed(event.body)
    except ValueError:
        return ""
    return digest(event.sequence, event.deal_number, event.kind, payload, at, event.previous_hash)


def first_break(events: Iterable[Event], head: tuple[int, str] | None = None) -> Break | None:
    """Where the chain is broken first; None for an intact one. Events in order; it must end at `head`."""
    previous, expected = GENESIS, 1
    for event in events:
        if event.sequence != expected:
            return Break(expected, "missing")
        if event.previous_hash != previous:
            return Break(expected, "link")
        if event.hash != _wanted(event):
            return Break(expected, "content")
        previous, expected = event.hash, expected + 1
    if head is not None and head[0] >= expected:
        return Break(expected, "tail")
    if head is not None and head != (expected - 1, previous):
        return Break(max(head[0], 1), "head")
    return None
