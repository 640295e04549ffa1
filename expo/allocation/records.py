"""A run's explanations and its fairness as plain JSON."""

from collections.abc import Callable, Iterable, Mapping
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


def tally(explained: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    """Kind of wish → how many were met, of how many."""
    return _counted(explained, lambda wish: wish["kind"])


def tally_by_rank(explained: Mapping[str, Mapping[str, Any]]) -> dict[int, tuple[int, int]]:
    """Rank of a wish → how many were met, of how many; in order."""
    return dict(sorted(_counted(explained, lambda wish: wish["rank"]).items()))


def _counted(explained: Mapping[str, Mapping[str, Any]], key: Callable[[Mapping[str, Any]], Any]) -> dict:
    found: dict[Any, tuple[int, int]] = {}
    for kept in explained.values():
        for outcome in kept["wishes"]:
            met, total = found.get(key(outcome["wish"]), (0, 0))
            found[key(outcome["wish"])] = (met + outcome["met"], total + 1)
    return found
