"""The tamper-evident chain: each event's hash covers its content and the hash before it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True)
class Event:
    """An event as the chain sees it. `at` is an aware instant; `payload` is plain JSON."""

    sequence: int
    deal_number: int
    kind: str
    payload: dict[str, Any]
    at: datetime
    previous_hash: str
    hash: str


def digest(
    sequence: int, deal_number: int, kind: str, payload: dict[str, Any], at: datetime, previous: str
) -> str:
    """SHA-256 (hex) over the canonical JSON of an event and the hash before it."""
    content = [
        sequence,
        deal_number,
        kind,
        payload,
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        previous,
    ]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def first_break(events: Iterable[Event]) -> int | None:
    """The sequence number at which the chain is broken; None for an intact chain. Events in order."""
    previous, expected = GENESIS, 1
    for event in events:
        wanted = digest(event.sequence, event.deal_number, event.kind, event.payload, event.at, previous)
        if event.sequence != expected or event.previous_hash != previous or event.hash != wanted:
            return expected
        previous, expected = event.hash, expected + 1
    return None
