"""Small groups are not told apart: who stands alone for a country would be known by it."""

from collections.abc import Sequence

OTHER = "*"


def merged(rows: Sequence[tuple[str, int]], least: int) -> list[tuple[str, int]]:
    """Groups by size, those of fewer than `least` people together as OTHER, at the end.

    Where these would still be too few, or a single group that the total gives away, the next smallest join
    them. Nothing is left where nothing can be told apart.
    """
    order = sorted((row for row in rows if row[1]), key=lambda row: (row[1], row[0]))
    hidden = [row for row in order if row[1] < least]
    for row in order[len(hidden) :]:
        if not hidden or (len(hidden) > 1 and sum(count for _key, count in hidden) >= least):
            break
        hidden.append(row)
    shown = sorted(order[len(hidden) :], key=lambda row: (-row[1], row[0]))
    return [*shown, (OTHER, sum(count for _key, count in hidden))] if hidden and shown else shown
