"""A problem as JSON and back, so that a run can be repeated when the rows it came from have changed."""

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from platform import python_version
from typing import Any

from expo.forums.timetable.problem import Day, Fans, Place, Problem, Room, Speaker, Talk, Weights

FORMAT = "caravanserai-timetable-input-1"
LIBRARIES = ("numpy", "numba", "scipy", "ortools")


class WrongInput(ValueError):
    """What was stored is no problem of this format; the message says why."""


def libraries() -> dict[str, str]:
    """Versions of what computes the answer."""
    return {"python": python_version(), **{name: version(name) for name in LIBRARIES}}


def as_plain(problem: Problem) -> dict[str, Any]:
    """Everything the answer depends on, as JSON holds it: the same problem always gives the same."""
    fans = problem.stars()
    return {
        "format": FORMAT,
        "days": [[day.index, day.start, day.end, _spans(day.breaks)] for day in problem.days],
        "rooms": [_room(room) for room in problem.rooms],
        "speakers": [[who.code, _spans(who.available)] for who in problem.speakers],
        "talks": [
            {
                key: sorted(value) if isinstance(value, frozenset) else value
                for key, value in vars(talk).items()
            }
            for talk in problem.talks
        ],
        "fans": [fans.row(person).tolist() for person in range(len(fans))],
        "travel_min": sorted([*pair, minutes] for pair, minutes in problem.travel_min.items()),
        "setup_min": problem.setup_min,
        "previous": None if problem.previous is None else _places(problem.previous),
        "change_price": problem.change_price,
        "weights": asdict(problem.weights),
        "locks": _places(problem.locks),
        "step_min": problem.step_min,
    }


def from_plain(plain: Any) -> Problem:
    """The problem back. WrongInput where the JSON is of another format or lacks something."""
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise WrongInput(f"no {FORMAT}")
    try:
        return Problem(
            days=tuple(Day(index, a, b, _tuples(breaks)) for index, a, b, breaks in plain["days"]),
            rooms=tuple(_room_back(row) for row in plain["rooms"]),
            speakers=tuple(Speaker(code, _tuples(free)) for code, free in plain["speakers"]),
            talks=tuple(_talk_back(row) for row in plain["talks"]),
            fans=Fans.of(plain["fans"]),
            travel_min={(one, other): minutes for one, other, minutes in plain["travel_min"]},
            setup_min=plain["setup_min"],
            previous=None if plain["previous"] is None else _places_back(plain["previous"]),
            change_price=plain["change_price"],
            weights=Weights(**plain["weights"]),
            locks=_places_back(plain["locks"]),
            step_min=plain["step_min"],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WrongInput(str(error)) from None


def packed(plain: Mapping[str, Any]) -> bytes:
    """A problem's JSON compressed; the same one always gives the same bytes."""
    return gzip.compress(_written(plain), mtime=0)


def unpacked(content: bytes) -> dict[str, Any]:
    """What `packed` wrote."""
    return json.loads(gzip.decompress(content))


def digest(plain: Mapping[str, Any]) -> str:
    """SHA-256 of the JSON with sorted keys and no spaces, as UTF-8: anybody can recompute it."""
    return hashlib.sha256(_written(plain)).hexdigest()


def _written(plain: Mapping[str, Any]) -> bytes:
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _spans(spans) -> list[list[int]]:
    return [[a, b] for a, b in spans]


def _tuples(rows) -> tuple[tuple[int, int], ...]:
    return tuple((a, b) for a, b in rows)


def _places(places: Mapping[str, Place]) -> dict[str, list]:
    return {code: [room, start] for code, (room, start) in places.items()}


def _places_back(plain: Mapping[str, Any]) -> dict[str, Place]:
    return {code: (room, start) for code, (room, start) in plain.items()}


def _room(room: Room) -> dict[str, Any]:
    return vars(room) | {
        "equipment": sorted(room.equipment),
        "available": _spans(room.available),
        "layouts": dict(room.layouts),
    }


def _room_back(row: Mapping[str, Any]) -> Room:
    return Room(
        **dict(row) | {"equipment": frozenset(row["equipment"]), "available": _tuples(row["available"])}
    )


def _talk_back(row: Mapping[str, Any]) -> Talk:
    lists = {key: tuple(row[key]) for key in ("people", "after", "rooms", "days")}
    return Talk(**dict(row) | lists | {"equipment": frozenset(row["equipment"])})
