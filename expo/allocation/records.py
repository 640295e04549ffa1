"""A run as it is kept: its input's digest, its explanations and its fairness as plain JSON."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from expo.allocation.fairness import GroupSatisfaction
from expo.allocation.problem import Problem
from expo.allocation.reasons import Explanation

GIVEN, FAIRNESS, OF = "given", "fairness", "of"
"""Keys of a run's `explanations`: the locks and former places asked with; fairness; exhibitor code → why."""


def digest(problem: Problem) -> str:
    """SHA-256 of everything the answer depends on; every part of a problem has a full `repr`."""
    locks = sorted(problem.locks.items())
    previous = sorted((problem.previous or {}).items())
    parts = (
        problem.units, problem.applicants, problem.rivals, problem.partners, locks, previous,
        problem.change_price, problem.rival_gap_cm, problem.lottery_seed, problem.weights,
    )  # fmt: skip
    return hashlib.sha256("\n".join(map(repr, parts)).encode()).hexdigest()


def kept(
    problem: Problem, explained: Mapping[str, Explanation], groups: Iterable[GroupSatisfaction]
) -> dict[str, Any]:
    """What a run keeps beside its placements."""
    return {
        GIVEN: {"locks": _plain(problem.locks), "previous": _plain(problem.previous or {})},
        FAIRNESS: [_plain(asdict(group)) for group in groups],
        OF: {code: _plain(asdict(one)) for code, one in explained.items()},
    }


def given(kept: Mapping[str, Any]) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Locks and former places that a run was asked with."""
    return _places(kept[GIVEN]["locks"]), _places(kept[GIVEN]["previous"])


def _places(kept: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {code: tuple(stands) for code, stands in kept.items()}


def _plain(value: Any) -> Any:
    """As JSON keeps it: tuples as lists, array scalars as plain numbers."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.item() if hasattr(value, "item") else value
