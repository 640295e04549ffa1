"""Reading what a browser sends: nothing of it is believed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from expo.errors import Refused
from expo.words import say

TALK = re.compile(r"[0-9A-Z]{6}")
ROOM = re.compile(r"[^\x00-\x1f\x7f]{1,80}")
MOST_MOVES = 2_000
LARGEST = 2**31 - 1
YEARS = range(1970, 2200)
KINDS = frozenset({"move", "shift", "swap", "clear"})
UNREADABLE = say("The board sent something that cannot be understood. Reload the page.")


@dataclass(frozen=True)
class Wish:
    """A talk and the place it shall get: room code and start; no room takes it off the timetable."""

    talk: str
    room: str | None
    start: datetime | None


def body(data: Any) -> Mapping[str, Any]:
    """A JSON object. Refused for anything else."""
    if not isinstance(data, dict):
        raise Refused(UNREADABLE)
    return data


def number(value: Any) -> int:
    """A revision. Refused for what is none."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        raise Refused(UNREADABLE)
    return value


def talk_code(value: Any) -> str:
    """The code of a talk, well formed."""
    if not isinstance(value, str) or not TALK.fullmatch(value):
        raise Refused(UNREADABLE)
    return value


def talk_codes(value: Any) -> list[str]:
    """A list of such codes, without repeats."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_MOVES:
        raise Refused(UNREADABLE)
    return list(dict.fromkeys(talk_code(one) for one in value))


def kind(value: Any) -> str:
    """What sort of act it is."""
    if not isinstance(value, str) or value not in KINDS:
        raise Refused(UNREADABLE)
    return value


def instant(value: Any) -> datetime:
    """An instant with its offset, to the minute, such as 2023-06-15T01:05:00.000Z."""
    if not isinstance(value, str) or len(value) > 40:
        raise Refused(UNREADABLE)
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise Refused(UNREADABLE) from None
    if found.utcoffset() is None or found.year not in YEARS or found.second or found.microsecond:
        raise Refused(UNREADABLE)
    return found


def wishes(value: Any) -> list[Wish]:
    """Moves as {"talk", "room", "start"}; no talk twice."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_MOVES:
        raise Refused(UNREADABLE)
    found = [_wish(body(one)) for one in value]
    if len({wish.talk for wish in found}) < len(found):
        raise Refused(UNREADABLE)
    return found


def _wish(data: Mapping[str, Any]) -> Wish:
    talk, room = talk_code(data.get("talk")), data.get("room")
    if room is None:
        return Wish(talk, None, None)
    if not isinstance(room, str) or not ROOM.fullmatch(room):
        raise Refused(UNREADABLE)
    return Wish(talk, room, instant(data.get("start")))
