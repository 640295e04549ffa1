"""Small figures are not told apart: what a published breakdown may show without giving a firm away.

A group of fewer than so many deals is not named; it goes into "other". Where "other" would be a single group,
which the total would give away, or still be too small, the next smallest go in as well. Which ones go in
depends on numbers of deals alone, never on money, so that their choice says nothing of it. Totals stay.
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

OTHER = "*other"
Row = tuple[str, int, int]
"""(key, number of deals, worth in minor units)."""


def discreet(rows: Sequence[Row], least: int) -> list[Row]:
    """The breakdown as it may be published: the worth of no group of fewer than `least` deals follows.

    Rows keep their order; "other" comes last. Nothing is left where nothing can be told apart.
    """
    hidden = hidden_of(rows, least)
    if not hidden:
        return list(rows)
    shown = [row for row in rows if row[0] not in hidden]
    gone = [row for row in rows if row[0] in hidden]
    return [*shown, (OTHER, sum(row[1] for row in gone), sum(row[2] for row in gone))] if shown else []


def hidden_of(rows: Sequence[Row], least: int) -> set[str]:
    """The keys of the groups that are told together only."""
    order = sorted(rows, key=lambda row: (row[1], row[0]))
    hidden = [row for row in order if row[1] < least]
    for row in order[len(hidden) :]:
        if not hidden or (len(hidden) > 1 and sum(one[1] for one in hidden) >= least):
            break
        hidden.append(row)
    return {row[0] for row in hidden}


def told_together(count: int, least: int) -> int:
    """Of how many outcomes a sum that grows in public is told: whole steps of `least`, so that what it grows
    by is never one deal's worth. 0 tells every deal at once."""
    return count - count % least if least else count


def discreet_figures(
    figures: Mapping[str, Any], groups: Mapping[str, Collection[str]], least: int
) -> dict[str, Any]:
    """Everything that is published, made discreet; `groups` are those of countries with their members."""
    types = {name: _discreet_type(told, groups, least) for name, told in figures["types"].items()}
    return {**figures, "types": types, "least_deals": least}


def _discreet_type(
    told: Mapping[str, Any], groups: Mapping[str, Collection[str]], least: int
) -> dict[str, Any]:
    number = {"countries": len(told["by"].get("country", ()))}
    before = [one for one in told["before"] if one[4] >= least]
    if told["count"] < least:  # so few that their very sum would give somebody away
        nothing = {name: [] for name in told["by"]}
        few = {"minor": 0, "annual_minor": 0, "by": nothing, "groups": [], "before": [], "held_back": True}
        return {**told, **number, **few, "largest": None}
    rows = {by: [(one[0], one[1], one[2]) for one in found] for by, found in told["by"].items()}
    hidden = hidden_of(rows.get("country", ()), least)
    shown = {by: [list(row) for row in discreet(found, least)] for by, found in rows.items()}
    if any(hidden_of(rows.get(by, ()), least) for by in ("section", "chapter")):
        shown["chapter"] = []  # a section less its chapters would give one of them away
    return {**told, **number, "before": before, "by": shown, "groups": _groups(told, groups, hidden, least)}


def _groups(
    told: Mapping[str, Any], groups: Mapping[str, Collection[str]], hidden: Collection[str], least: int
) -> list[Any]:
    """The groups of countries that can be told beside the countries, which they overlap: one by one, as long
    as no hidden country follows from all that is told then."""
    names = sorted(hidden)
    known = [[Fraction(1)] * len(names)] if names else []
    found = []
    for one in told["groups"]:
        members = groups.get(one[0], ())
        more = [*known, [Fraction(name in members) for name in names]] if names else []
        small = 0 < one[1] < least or 0 < told["count"] - one[1] < least
        if not small and not _tells_one(more):
            known = more
            found.append(one)
    return found


def _tells_one(known: Sequence[Sequence[Fraction]]) -> bool:
    """Whether a single unknown follows from sums of them: a row of the reduced form has one entry only."""
    rows = [list(row) for row in known]
    done = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((at for at in range(done, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [value / rows[done][column] for value in rows[done]]
        for at, row in enumerate(rows):
            if at != done and row[column]:
                rows[at] = [x - row[column] * y for x, y in zip(row, rows[done], strict=True)]
        done += 1
    return any(sum(1 for value in row if value) == 1 for row in rows[:done])
