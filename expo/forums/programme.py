"""A programme as people read it: plain frozen values in the edition's own time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

Texts = dict[str, str]


@dataclass(frozen=True)
class Fair:
    """What a programme says about its edition."""

    code: str
    name: Texts
    starts_on: date
    ends_on: date
    timezone: str


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
    """A talk with its place. `start` and `end` are aware and in the edition's time zone."""

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

    @property
    def minutes(self) -> int:
        return int((self.end - self.start).total_seconds() // 60)

    @property
    def day(self) -> date:
        return self.start.date()

    @property
    def speakers(self) -> tuple[Part, ...]:
        """Those who speak or chair: interpreters are not announced."""
        return tuple(part for part in self.parts if part.role != "interpreter")


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


def hours_spanned(items: Sequence[Item]) -> tuple[int, int]:
    """First and last full hour that hold all items of one day, at least one hour apart; (9, 18) for none."""
    if not items:
        return 9, 18
    first = min(item.start.hour for item in items)
    last = max(24 if i.end.date() > i.day else i.end.hour + (i.end.minute > 0) for i in items)
    return first, max(last, first + 1)


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
