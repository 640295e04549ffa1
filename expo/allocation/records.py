"""A run's explanations and its fairness as plain JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from expo.allocation.fairness import GroupSatisfaction
from expo.allocation.reasons import Explanation

FAIRNESS, OF = "fairness", "of"
"""Keys of a run's `explanations`: fairness; exhibitor code → why."""


def kept(explained: Mapping[str, Explanation], groups: Iterable[GroupSatisfaction]) -> dict[str, Any]:
    """What a run keeps beside its placements."""
    return {
        FAIRNESS: [_plain(asdict(group)) for group in groups],
        OF: {code: _plain(asdict(one)) for code, one in explained.items()},
    }


def _plain(value: Any) -> Any:
    """As JSON keeps it: tuples as lists, array scalars as plain numbers."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.item() if hasattr(value, "item") else value
