"""What a timetable is asked for and what comes back: plain frozen values, times in minutes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

Span = tuple[int, int]
"""From (included) to (excluded), in minutes since the first programme minute."""
Place = tuple[str, int]
"""Room code and start minute."""
DEFAULT_ROUNDS = 18_000_000
"""Rounds of a search: a forum of 120 talks then lies 1 to 3 % above the best known, after 4 to 5 seconds."""


@dataclass(frozen=True)
class Day:
    """One programme day; talks stay between `start` and `end` and cross none of its breaks."""

    index: int
    start: int
    end: int
    breaks: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Room:
    """A room talks are held in; with no `available` spans it is free all day, every day.

    `layouts` maps a layout ("theatre") to its seats; without any, every layout has `capacity` seats.
    `change_min` extra minutes lie between two talks of different layouts.
    """

    code: str
    capacity: int
    building: str = ""
    equipment: frozenset[str] = frozenset()
    booths: int = 0
    available: tuple[Span, ...] = ()
    layouts: Mapping[str, int] = field(default_factory=dict)
    change_min: int = 0

    def seats(self, layout: str = "") -> int | None:
        """Seats in a layout ("" for whichever it is in); None where the room does not take that layout."""
        return self.layouts.get(layout) if layout and self.layouts else self.capacity


@dataclass(frozen=True)
class Speaker:
    """Anyone who must be present: speaker, chair or interpreter; no `available` means always."""

    code: str
    available: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Talk:
    """One talk: its length, the people it needs, who wants it and where and when it may be.

    `after` names talks that must have ended before it starts; `alone` means nothing runs beside it;
    `rooms` and `days` (day indices) restrict it when not empty; `layout` ("" for any) is how its room must be
    furnished, `seats` how many it must have at least, `setup_min` how many minutes more than usual nothing
    else may be in the room before it.
    """

    code: str
    forum: str
    minutes: int
    people: tuple[str, ...] = ()
    demand: int = 0
    equipment: frozenset[str] = frozenset()
    booths: int = 0
    after: tuple[str, ...] = ()
    fixed_start: int | None = None
    fixed_room: str | None = None
    alone: bool = False
    rooms: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    layout: str = ""
    seats: int = 0
    setup_min: int = 0


@dataclass(frozen=True)
class Weights:
    """What one unit of each soft part costs."""

    clash: float = 1.0
    """per listener who wants two talks that run at once, by the share of the shorter one missed"""
    overflow: float = 1.0
    """per listener without a seat"""
    track: float = 15.0
    """per talk held outside the main room of its forum"""
    idle: float = 0.05
    """per programme minute a person waits between two talks of one day"""


@dataclass(frozen=True, eq=False)
class Fans:
    """Who starred what, as rows of talk indices: row p is `talks[offsets[p]:offsets[p + 1]]`."""

    offsets: np.ndarray
    talks: np.ndarray

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> "Fans":
        """Pack one sequence of talk indices per person."""
        lists = [list(row) for row in rows]
        offsets = np.concatenate([[0], np.cumsum([len(row) for row in lists])]).astype(np.int64)
        return cls(offsets, np.array([talk for row in lists for talk in row], dtype=np.int64))

    def __len__(self) -> int:
        return max(0, len(self.offsets) - 1)

    def row(self, person: int) -> np.ndarray:
        """The talk indices one person starred."""
        return self.talks[self.offsets[person] : self.offsets[person + 1]]


NO_FANS = Fans.of(())


@dataclass(frozen=True, eq=False)
class Problem:
    """Everything the timetable depends on.

    `travel_min` maps (building, building) to minutes, read in either direction; a missing pair is 0.
    `setup_min` must lie between two talks in one room. `previous` is the published timetable, each talk
    that leaves its place there costs `change_price`. `locks` pins talks to a place, above `fixed_*`.
    Raises ValueError when two rooms, people or talks share a code or two days overlap.
    """

    days: tuple[Day, ...]
    rooms: tuple[Room, ...]
    speakers: tuple[Speaker, ...]
    talks: tuple[Talk, ...]
    fans: Fans | tuple[tuple[int, ...], ...] = NO_FANS
    travel_min: Mapping[tuple[str, str], int] = field(default_factory=dict)
    setup_min: int = 0
    previous: Mapping[str, Place] | None = None
    change_price: float = 0.0
    weights: Weights = Weights()
    locks: Mapping[str, Place] = field(default_factory=dict)
    step_min: int = 5

    def __post_init__(self) -> None:
        for name, things in (("room", self.rooms), ("person", self.speakers), ("talk", self.talks)):
            codes = [thing.code for thing in things]
            twice = next((code for code in codes if codes.count(code) > 1), None) if _repeats(codes) else None
            if twice is not None:
                raise ValueError(f"Two entries share the {name} code {twice!r}.")
        spans = sorted((day.start, day.end) for day in self.days if day.end > day.start)
        if any(one[1] > two[0] for one, two in zip(spans, spans[1:], strict=False)):
            raise ValueError("Two programme days overlap.")
        if _repeats([day.index for day in self.days]):
            raise ValueError("Two programme days share an index.")
        if not isinstance(self.fans, Fans):
            object.__setattr__(self, "fans", Fans.of(self.fans))

    def stars(self) -> Fans:
        """The starred talks in packed form, whichever form they were given in."""
        return self.fans if isinstance(self.fans, Fans) else Fans.of(self.fans)

    def travel(self, here: str, there: str) -> int:
        """Minutes from one building to another; 0 within a building or where nothing is known."""
        if here == there:
            return 0
        return self.travel_min.get((here, there), self.travel_min.get((there, here), 0))

    def turnover(self, room: Room, first: Talk, then: Talk) -> int:
        """Minutes that must lie between two talks in a room, `first` being the earlier one."""
        refurnished = first.layout and then.layout and first.layout != then.layout
        return self.setup_min + max(0, then.setup_min) + (max(0, room.change_min) if refurnished else 0)


@dataclass(frozen=True)
class Timetable:
    """A timetable and how good it is.

    `hard` counts what is wrong with it: places are always free of hard violations, so it is the number
    of `unplaced` talks. `parts` are the weighted soft costs whose sum is `total`; `curve` holds
    (round, best soft total so far) while searching.
    """

    places: Mapping[str, Place]
    unplaced: tuple[str, ...]
    hard: int
    total: float
    parts: Mapping[str, float]
    curve: tuple[tuple[int, float], ...] = ()
    seed: int = 0
    rounds: int = 0


def _repeats(values: Sequence[object]) -> bool:
    return len(set(values)) < len(values)
