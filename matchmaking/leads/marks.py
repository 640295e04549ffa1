"""What a phone sends of one meeting at the stand, read with distrust: a scan and the taps after it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from expo.words import Sentence, say

SCAN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
CODE = re.compile(r"[A-Za-z]{1,4}[0-9]{1,9}")
CHAPTER = re.compile(r"[0-9]{2}")
NOT_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
SOURCES = ("camera", "typed", "reader")
AHEAD = timedelta(minutes=10)
"""A phone's clock may be so much fast; what lies further ahead happened when it came in."""
LONGEST_SECRET, LONGEST_NOTE, LONGEST_STEP, MOST_MARKS, LARGEST_ID = 500, 2000, 200, 60, 2**31 - 1


class Unfit(Exception):
    """What came is no scan; `sentence` says why."""

    def __init__(self, sentence: Sentence):
        super().__init__(sentence.message)
        self.sentence = sentence


@dataclass(frozen=True)
class Marks:
    """The taps after a scan, at the phone's time. None and empty maps: nothing was said about that.

    `answers`: question → choice from 0, None takes an answer back; `products` and `chapters`: asked about or
    no longer; `rating` 1 … 5, 0 takes it back.
    """

    at: datetime
    answers: Mapping[int, int | None] = field(default_factory=dict)
    products: Mapping[int, bool] = field(default_factory=dict)
    chapters: Mapping[str, bool] = field(default_factory=dict)
    rating: int | None = None
    note: str | None = None
    next_step: str | None = None
    next_on: date | None = None


@dataclass(frozen=True)
class Scan:
    """A badge scanned (`secret`) or typed (`code`, with the first `letters` of its name), and when."""

    scan_id: str
    at: datetime
    secret: str = ""
    code: str = ""
    letters: str = ""
    source: str = "camera"
    marks: Marks | None = None


def read_scan(raw: Any, instant: datetime) -> Scan:
    """One scan as a phone sent it. Raises Unfit; `instant` is now."""
    if not isinstance(raw, Mapping) or not SCAN_ID.fullmatch(_text(raw, "scan_id", 64)):
        raise Unfit(say("A scan needs a number of its own."))
    secret, code = _text(raw, "secret", LONGEST_SECRET + 1), _text(raw, "code", 20).upper()
    if len(secret) > LONGEST_SECRET:
        raise Unfit(say("This code is none of our badges."))
    if not secret and not CODE.fullmatch(code):
        raise Unfit(say("Scan a badge, or type the number under its code, such as PE0042."))
    source = raw.get("source")
    marks = raw.get("marks")
    return Scan(
        scan_id=raw["scan_id"],
        at=_moment(raw.get("datetime"), instant),
        secret=secret,
        code=code,
        letters=_text(raw, "letters", 40),
        source="typed" if not secret else source if source in SOURCES else "camera",
        marks=read_marks(marks, instant) if isinstance(marks, Mapping) else None,
    )


def read_marks(raw: Mapping, instant: datetime) -> Marks:
    """The taps; what cannot be is left out, as a later phone may know more than this house."""
    rating = raw.get("rating")
    step, note = raw.get("next_step"), raw.get("note")
    return Marks(
        at=_moment(raw.get("at"), instant),
        answers={
            key: choice
            for key, choice in _numbered(raw.get("answers"))
            if choice is None or (type(choice) is int and 0 <= choice < 6)
        },
        products={key: on for key, on in _numbered(raw.get("products")) if isinstance(on, bool)},
        chapters={
            key: on
            for key, on in _pairs(raw.get("chapters"))
            if isinstance(on, bool) and CHAPTER.fullmatch(key)
        },
        rating=rating if type(rating) is int and 0 <= rating <= 5 else None,
        note=clean(note, LONGEST_NOTE) if isinstance(note, str) else None,
        next_step=clean(step, LONGEST_STEP) if isinstance(step, str) else None,
        next_on=_day(raw.get("next_on")),
    )


def clean(text: str, longest: int) -> str:
    """Text without what nobody types, at most so long."""
    return NOT_TEXT.sub("", text).strip()[:longest]


def _text(raw: Mapping, name: str, longest: int) -> str:
    value = raw.get(name, "")
    return clean(value, longest) if isinstance(value, str) else ""


def _moment(value: Any, instant: datetime) -> datetime:
    """An instant with its offset, never ahead of the clock by more than a little."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
        if found is None or found.tzinfo is None or found > instant + AHEAD:
            return instant
        return found.astimezone(instant.tzinfo)
    except (ValueError, OverflowError):
        return instant


def _day(value: Any) -> date | None:
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found and 2000 <= found.year <= 2100 else None


def _pairs(raw: Any) -> list[tuple[str, Any]]:
    return (
        [(str(key), value) for key, value in list(raw.items())[:MOST_MARKS]]
        if isinstance(raw, Mapping)
        else []
    )


def _numbered(raw: Any) -> list[tuple[int, Any]]:
    pairs = (
        (key, value) for key, value in _pairs(raw) if key.isascii() and key.isdecimal() and len(key) < 11
    )
    return [(int(key), value) for key, value in pairs if 0 < int(key) <= LARGEST_ID]
