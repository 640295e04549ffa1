"""The JSON of the classical form: read into a problem, or refused in one sentence that names the place."""

from __future__ import annotations

from collections.abc import Iterator

from .problem import Half, Meeting, Problem

MOST_PARTICIPANTS, MOST_MEETINGS, MOST_SLOTS, MOST_ORDERED = 2_000, 3_000, 100, 5_000
MOST_PLACES = 100_000
"""Meetings × slots: what the clauses of the prover grow with."""
MOST_TABLES = 1_000_000
KNOWN = (
    *("participants", "tables", "slots", "morning_slots", "meetings"),
    *("unavailable", "fixed", "precedences", "max_break_difference"),
)


class Malformed(ValueError):
    """The JSON is no problem of the classical form; the text is a sentence naming the path."""


def read_problem(data: object) -> Problem:
    """A problem from decoded JSON.

    `unavailable`, `fixed` and `precedences` may be left out, null or empty (nobody, none, none); left out or
    null, `morning_slots` is all slots and `max_break_difference` no limit. Raises Malformed.
    """
    if not isinstance(data, dict):
        raise Malformed("the problem must be a JSON object with participants, tables, slots and meetings")
    participants = _whole(data, "participants", 1, MOST_PARTICIPANTS)
    tables = _whole(data, "tables", 1, MOST_TABLES)
    slots = _whole(data, "slots", 1, MOST_SLOTS)
    meetings = tuple(_meetings(data, participants))
    if len(meetings) * slots > MOST_PLACES:
        raise Malformed(
            f"meetings: {len(meetings)} in {slots} slots are more than {MOST_PLACES} possibilities"
        )
    difference = data.get("max_break_difference")
    return Problem(
        participants=participants,
        tables=tables,
        slots=slots,
        morning_slots=slots
        if (morning := data.get("morning_slots")) is None
        else _between(morning, "morning_slots", 0, slots),
        meetings=meetings,
        unavailable=tuple(
            frozenset(_numbers(some, f"unavailable[{i}]", slots, "a slot"))
            for i, some in enumerate(_list(data, "unavailable", participants, "participants"))
        ),
        fixed=tuple(_fixed(data, len(meetings), slots)),
        precedences=_precedences(data, len(meetings)),
        max_break_difference=None if difference is None else _whole(data, "max_break_difference", 0, 10**6),
    )


def as_json(problem: Problem) -> dict[str, object]:
    """The problem as `read_problem` reads it."""
    return {
        "participants": problem.participants,
        "tables": problem.tables,
        "slots": problem.slots,
        "morning_slots": problem.morning_slots,
        "meetings": [{"a": one.a, "b": one.b, "half": one.half} for one in problem.meetings],
        "unavailable": [sorted(slots) for slots in problem.unavailable],
        "fixed": list(problem.fixed),
        "precedences": [list(before) for before in problem.precedences],
        "max_break_difference": problem.max_break_difference,
    }


def unknown_keys(data: object) -> list[str]:
    """The keys that mean nothing here: left aside, but worth telling, for they may be misspelt."""
    return sorted(repr(key[:40]) for key in data if key not in KNOWN)[:5] if isinstance(data, dict) else []


def _given(data: dict) -> dict:
    return {key: value for key, value in data.items() if value is not None}


def _whole(data: dict, key: str, least: int, most: int) -> int:
    if key not in data:
        raise Malformed(f"{key}: is missing")
    return _between(data[key], key, least, most)


def _between(value: object, path: str, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Malformed(f"{path}: must be a whole number from {least} to {most}")
    if not least <= value <= most:
        shown = value if abs(value) < 10**12 else "this number"
        raise Malformed(f"{path}: {shown} is not between {least} and {most}")
    return value


def _list(data: dict, key: str, length: int, of: str) -> list:
    """The list under an optional key, one entry for each of something; left out, null or empty: no rule."""
    value = data.get(key)
    if value is None or value == []:
        return [None] * length
    if not isinstance(value, list):
        raise Malformed(f"{key}: must be a list with an entry for each of the {length} {of}")
    if len(value) != length:
        raise Malformed(f"{key}: has {len(value)} entries for {length} {of}")
    return value


def _numbers(value: object, path: str, most: int, what: str) -> list[int]:
    """Numbers from 1 to `most`; null is none."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise Malformed(f"{path}: must be a list of numbers, each {what} from 1 to {most}")
    return [_between(one, f"{path}[{i}]", 1, most) for i, one in enumerate(value)]


def _meetings(data: dict, participants: int) -> Iterator[Meeting]:
    value = data.get("meetings")
    if not isinstance(value, list):
        raise Malformed("meetings: must be a list of meetings")
    if len(value) > MOST_MEETINGS:
        raise Malformed(f"meetings: {len(value)} are more than {MOST_MEETINGS}")
    for i, one in enumerate(value):
        path = f"meetings[{i}]"
        if not isinstance(one, dict):
            raise Malformed(f'{path}: must be an object like {{"a": 1, "b": 8, "half": null}}')
        for side in ("a", "b"):
            if side not in one:
                raise Malformed(f"{path}.{side}: is missing")
        a, b = (_between(one[side], f"{path}.{side}", 1, participants) for side in ("a", "b"))
        if a == b:
            raise Malformed(f"{path}: participant {a} cannot meet itself")
        yield Meeting(a, b, _half(one.get("half"), f"{path}.half"))


def _half(value: object, path: str) -> Half | None:
    if value not in (None, "am", "pm"):
        raise Malformed(f'{path}: must be "am", "pm" or null')
    return value  # pyright: ignore[reportReturnType]


def _fixed(data: dict, meetings: int, slots: int) -> Iterator[int]:
    for i, one in enumerate(_list(data, "fixed", meetings, "meetings")):
        yield 0 if one is None else _between(one, f"fixed[{i}]", 0, slots)


def _precedences(data: dict, meetings: int) -> tuple[tuple[int, ...], ...]:
    rows = _list(data, "precedences", meetings, "meetings")
    found = tuple(
        tuple(_numbers(some, f"precedences[{i}]", meetings, "a meeting")) for i, some in enumerate(rows)
    )
    if sum(map(len, found)) > MOST_ORDERED:
        raise Malformed(f"precedences: more than {MOST_ORDERED} in all")
    return found
