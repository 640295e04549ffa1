"""The history of deals in a folder: is it as it was sealed, and does it say what the tables say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from matchmaking.deals import story
from matchmaking.deals.chain import GENESIS, Event, canonical, first_break, micros_of
from matchmaking.folder.parse import Record


def events_of(records: Iterable[Record]) -> list[Event]:
    """Records as the events of a chain: each continues the one before it."""
    found, previous = [], GENESIS
    for r in records:
        body = canonical(r["content"])
        found.append(
            Event(
                r["sequence"], r["scheme"], r["deal"], r["kind"], micros_of(r["at"]), r["user"], body,
                previous, r["seal"],
            )
        )  # fmt: skip
        previous = r["seal"]
    return found


def broken_at(records: Sequence[Record]) -> Record | None:
    """The first record that is not as it was sealed."""
    found = first_break(events_of(records))
    if found is None:
        return None
    return next((r for r in records if r["sequence"] >= found.sequence), records[-1])


def stories(records: Iterable[Record]) -> dict[int, list[tuple[str, dict[str, Any]]]]:
    """Deal → what happened to it, in order."""
    found: dict[int, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for r in records:
        found[r["deal"]].append((r["kind"], r["content"]))
    return found


def differs(told: Sequence[tuple[str, dict[str, Any]]], values: Mapping[str, Any]) -> str:
    """The first column in which a deal is not what its history makes of it; "" where there is none.

    `values` has the columns of the deal and its `lines` as (hs, quantity, unit).
    """
    try:
        state = story.told(told)
        content = state.content
        pairs = (
            ("type", content["type"]),
            ("stage", state.stage),
            ("currency", content["currency"]),
            ("total_minor", content["total_minor"]),
            ("signed_on", content["signed_on"]),
            ("rate", Decimal(content["rate"])),
            ("lines", [(line[0], Decimal(line[1]), line[2], line[3]) for line in content["lines"]]),
        )
    except (story.Impossible, KeyError, IndexError, TypeError, ArithmeticError, ValueError, AttributeError):
        return "number"
    names = {"total_minor": "total", "lines": "total"}
    return next((names.get(name, name) for name, it in pairs if values[name] != it), "")
