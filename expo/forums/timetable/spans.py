"""Arithmetic on half-open spans of minutes."""

from collections.abc import Iterable

from expo.forums.timetable.problem import Problem, Span


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same minutes as disjoint, sorted spans; spans that touch become one, empty ones vanish."""
    out: list[Span] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def common(one: Iterable[Span], two: Iterable[Span]) -> list[Span]:
    """The minutes in both; spans of `one` stay apart even where they touch, those of `two` grow together."""
    right = merged(two)
    return [(max(a, c), min(b, d)) for a, b in sorted(one) for c, d in right if max(a, c) < min(b, d)]


def without(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """The minutes of `spans` that lie in none of the `holes`; pieces left and right of a hole stay apart."""
    out = sorted(span for span in spans if span[1] > span[0])
    for hole_start, hole_end in merged(holes):
        pieces = []
        for start, end in out:
            if end <= hole_start or hole_end <= start:
                pieces.append((start, end))
                continue
            if start < hole_start:
                pieces.append((start, hole_start))
            if hole_end < end:
                pieces.append((hole_end, end))
        out = pieces
    return out


def stretches(problem: Problem, days: Iterable[int] = ()) -> list[Span]:
    """Programme time between breaks, one span per uninterrupted stretch, optionally of some days only."""
    wanted = set(days)
    return [
        span
        for day in sorted(problem.days, key=lambda day: day.start)
        if not wanted or day.index in wanted
        for span in without([(day.start, day.end)], day.breaks)
    ]
