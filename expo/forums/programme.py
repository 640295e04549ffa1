"""A programme as people read it: plain frozen values in the edition's own time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

Texts = dict[str, str]


@dataclass(frozen=True)
class DayHours:
    """From when until when a day's programme lasts, in the edition's time; it may end on the next date."""

    date: date
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Fair:
    """What a programme says about its edition. `hours` are its programme days in order."""

    code: str
    name: Texts
    starts_on: date
    ends_on: date
    timezone: str
    hours: tuple[DayHours, ...] = ()


@dataclass(frozen=True)
class Track:
    """A forum with its hue (1–8) and the letter that goes with it everywhere."""

    code: str
    name: Texts
    description: Texts
    kind: str
    is_main: bool
    hue: int
    letter: str


@dataclass(frozen=True)
class Place:
    """A room."""

    code: str
    name: Texts
    building: str
    capacity: int


@dataclass(frozen=True)
class Part:
    """A person's part in a talk: role is speaker, chair or interpreter; `address` the title of protocol."""

    id: int
    code: str
    name: Texts
    title: Texts
    biography: Texts
    organisation: str
    country: str
    role: str
    address: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """A talk with its place. `start` and `end` are aware and in the edition's time zone.

    `night`: it begins after midnight but belongs to the programme of the day before. `origin` is what another
    system said of it (see `expo.forums.feeds.origin`).
    """

    id: int
    code: str
    guid: UUID
    title: Texts
    abstract: Texts
    kind: str
    language: str
    interpretation: tuple[str, ...]
    alone: bool
    track: Track
    room: Place
    start: datetime
    end: datetime
    parts: tuple[Part, ...] = ()
    night: bool = False
    origin: Mapping[str, Any] = field(default_factory=dict)

    @property
    def minutes(self) -> int:
        """Minutes that pass, also where clocks are put forward or back meanwhile."""
        return int((self.end.astimezone(UTC) - self.start.astimezone(UTC)).total_seconds() // 60)

    @property
    def day(self) -> date:
        """The programme day it belongs to."""
        return self.start.date() - timedelta(days=self.night)

    @property
    def minute_of_day(self) -> int:
        """Minutes on the clock from the midnight with which its programme day begins."""
        return 60 * (24 * self.night + self.start.hour) + self.start.minute

    @property
    def speakers(self) -> tuple[Part, ...]:
        """Those who speak or chair: interpreters are not announced."""
        return tuple(part for part in self.parts if part.role != "interpreter")

    @property
    def named(self) -> tuple[str, ...]:
        """Those whom it only names: they are elsewhere meanwhile, as far as the timetable knows."""
        return tuple(shown for one in self.origin.get("with", ()) if (shown := one.get("name", "").strip()))

    @property
    def subtitle(self) -> str:
        return self.origin.get("subtitle", "")

    @property
    def description(self) -> str:
        """The long text, where it says more than the abstract."""
        text = self.origin.get("description", "")
        return "" if text in self.abstract.values() else text


@dataclass(frozen=True)
class Programme:
    """A timetable with its texts. `version` is '' and `released_at` None for the draft."""

    fair: Fair
    version: str
    note: Texts
    released_at: datetime | None
    tracks: tuple[Track, ...]
    rooms: tuple[Place, ...]
    items: tuple[Item, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The days with talks, in order."""
        return tuple(sorted({item.day for item in self.items}))

    @property
    def used_rooms(self) -> tuple[Place, ...]:
        used = {item.room.code for item in self.items}
        return tuple(room for room in self.rooms if room.code in used)

    @property
    def used_tracks(self) -> tuple[Track, ...]:
        used = {item.track.code for item in self.items}
        return tuple(track for track in self.tracks if track.code in used)

    def on(self, day: date) -> tuple[Item, ...]:
        """The talks of a day in order of time."""
        return tuple(item for item in self.items if item.day == day)

    def item(self, code: str) -> Item | None:
        return next((item for item in self.items if item.code == code), None)

    def only(self, forum: str = "", room: str = "", day: str = "") -> tuple[Item, ...]:
        """The talks of a forum, a room and a day (ISO date); '' asks for all."""
        return tuple(
            item
            for item in self.items
            if forum in ("", item.track.code)
            and room in ("", item.room.code)
            and day in ("", item.day.isoformat())
        )


def is_night(start: datetime, hours: Iterable[DayHours]) -> bool:
    """Whether an instant belongs to a programme that began the day before."""
    before = start.date() - timedelta(days=1)
    return any(day.date == before and start < day.end for day in hours)


def hours_spanned(items: Sequence[Item]) -> tuple[int, int]:
    """First and last full hour that hold all items of one programme day; (9, 18) for none.

    They are 1 to 24 hours apart; hours after midnight go on from 24.
    """
    if not items:
        return 9, 18
    first = min(item.minute_of_day for item in items) // 60
    last = -(-max(item.minute_of_day + item.minutes for item in items) // 60)
    return first, min(max(last, first + 1), first + 24)


def load_per_hour(items: Iterable[Item]) -> dict[date, list[tuple[datetime, int]]]:
    """For every day and every hour of it with talks: the most talks on at one moment of that hour."""
    items = list(items)
    loads: dict[date, list[tuple[datetime, int]]] = {}
    for hour in sorted({hour for item in items for hour in _hours_of(item)}):
        later = hour + timedelta(hours=1)
        here = [item for item in items if item.start < later and hour < item.end]
        moments = {max(hour, item.start) for item in here}
        peak = max(sum(1 for item in here if item.start <= moment < item.end) for moment in moments)
        loads.setdefault(hour.date(), []).append((hour, peak))
    return loads


def _hours_of(item: Item) -> Iterable[datetime]:
    hour = item.start.replace(minute=0, second=0, microsecond=0)
    while hour < item.end:
        yield hour
        hour += timedelta(hours=1)


def index_of_people(
    items: Sequence[Item], shown: Callable[[Texts], str]
) -> list[tuple[str, Part, tuple[Item, ...]]]:
    """(name, person, talks in order of time) for everybody announced, sorted by the name as `shown`."""
    talks: dict[int, list[Item]] = {}
    people: dict[int, Part] = {}
    for item in items:
        for part in item.speakers:
            people.setdefault(part.id, part)
            talks.setdefault(part.id, []).append(item)
    rows = [(shown(person.name), person, tuple(talks[number])) for number, person in people.items()]
    return sorted(rows, key=lambda row: (row[0].casefold(), row[1].code))
