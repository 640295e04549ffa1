"""Statistics made of sums: groups of countries, comparison with editions before, what is a record."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Outcomes = Mapping[str, tuple[int, int, int]]


class Added(NamedTuple):
    """A group's deals and worth, and how many of its members have any."""

    key: str
    count: int
    minor: int
    members: int


def by_group(countries: Sequence[Any], groups: Mapping[str, set[str]]) -> list[Added]:
    """Sums by country (`key`, `count`, `minor`) as sums by group; a country may be in several, or none."""
    found = []
    for group, members in sorted(groups.items()):
        mine = [one for one in countries if one.key in members]
        found.append(Added(group, sum(o.count for o in mine), sum(o.minor for o in mine), len(mine)))
    return found


class Before(NamedTuple):
    """An earlier edition's outcomes of a type; `change` is the growth since (0.25: a quarter more), None
    where currencies differ or there was nothing."""

    edition: Any
    count: int
    minor: int
    change: float | None


class Comparison(NamedTuple):
    """Editions before, and whether this one is the largest of all that can be compared (None: none can)."""

    editions: list[Before]
    largest: bool | None


def compared(edition: Any, now: Outcomes, earlier: Sequence[tuple[Any, Outcomes]], type_: str) -> Comparison:
    """This edition's outcomes of a type beside those before. 'Largest ever' is computed here or not said."""
    minor = now.get(type_, (0, 0, 0))[1]
    found, comparable = [], []
    for other, outcomes in earlier:
        count, worth, _annual = outcomes.get(type_, (0, 0, 0))
        same = other.currency == edition.currency
        found.append(Before(other, count, worth, (minor - worth) / worth if same and worth else None))
        if same and worth:
            comparable.append(worth)
    largest = minor > max(comparable) if comparable and len(comparable) == len(earlier) else None
    return Comparison(found, largest)
