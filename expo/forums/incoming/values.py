"""What a schedule.xml says, and what becomes of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from expo.words import Sentence


class Unreadable(Exception):
    """The file cannot be taken at all; `sentence` says why."""

    def __init__(self, sentence: Sentence):
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True)
class Odd:
    """Something strange in a file, by line (0: in no line of its own), and what was made of it."""

    line: int
    sentence: Sentence


@dataclass(frozen=True)
class Person:
    """Somebody with an event. `code` is the one we give; `id` is the other system's, if any."""

    code: str
    name: str
    id: int | None = None


@dataclass(frozen=True)
class Event:
    """An event as read. `start` is in the programme's zone; `day` is the programme day it was listed on."""

    line: int
    guid: UUID
    id: int | None
    code: str
    title: str
    room: str
    track: str
    start: datetime
    minutes: int
    day: date
    language: str
    abstract: str
    people: tuple[Person, ...]
    more: dict[str, Any] = field(default_factory=dict)
    """subtitle, type, description, license, optout, links, attachments"""


@dataclass(frozen=True)
class Schedule:
    """A whole file as read: events in its order, and everything odd about it."""

    title: str
    acronym: str
    version: str
    zone: str
    starts_on: date
    ends_on: date
    rooms: tuple[str, ...]
    tracks: tuple[str, ...]
    colours: dict[str, str]
    events: tuple[Event, ...]
    bounds: dict[date, tuple[datetime, datetime]]
    odd: tuple[Odd, ...]


@dataclass(frozen=True)
class Taken:
    """An event as it is stored: with its place (None: none is free) and the people it binds.

    `named` are people who are somewhere else at that time: the talk only names them.
    """

    event: Event
    placed: bool
    people: tuple[Person, ...]
    named: tuple[Person, ...]


@dataclass(frozen=True)
class Plan:
    """A programme that breaks no rule of the house, made of a schedule."""

    schedule: Schedule
    days: tuple[tuple[date, time, time], ...]
    talks: tuple[Taken, ...]
    setup_min: int
    """the fewest minutes between two talks in a room, 5 at most"""
    odd: tuple[Odd, ...]
