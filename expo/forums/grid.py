"""A day of talks laid out for a grid of rooms against hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from expo.forums.programme import Item, Place, hours_spanned

MOST_ROOMS = 16
"""As many columns as a page's grid can draw."""
FIVE_MINUTES, FRAME, LINE = 0.91, 0.525, 1.083
"""Heights in rem, as the stylesheet draws them: five minutes, a talk's padding and edge, a line of type."""
MOST_TITLE_LINES, MOST_NOTE_LINES = 4, 6


@dataclass(frozen=True)
class TimeOfDay:
    """A time of a programme day; hours after midnight go on from 24."""

    hour: int
    minute: int

    @property
    def clock(self) -> str:
        """As clocks show it: '09:30', '24:00', '01:15'."""
        hour = self.hour % 24 if (self.hour, self.minute) > (24, 0) else self.hour
        return f"{hour:02d}:{self.minute:02d}"


@dataclass(frozen=True)
class Cell:
    """A talk in the grid: the column of its room, or all columns where nothing runs beside it."""

    item: Item
    column: int
    wide: bool
    start: TimeOfDay
    end: TimeOfDay

    @property
    def lines(self) -> int:
        """Whole lines of text that fit; the time takes the first, unless it is the only one."""
        minutes = 60 * (self.end.hour - self.start.hour) + self.end.minute - self.start.minute
        return max(1, int((minutes / 5 * FIVE_MINUTES - FRAME) / LINE))

    @property
    def title_lines(self) -> int:
        """Lines that the title may take."""
        return min(max(1, self.lines - 1), MOST_TITLE_LINES)

    @property
    def note_lines(self) -> int:
        """Lines left for the people once the title has all of its own."""
        return min(max(0, self.lines - 1 - self.title_lines), MOST_NOTE_LINES)


@dataclass(frozen=True)
class Grid:
    """One grid of a day; a day with many rooms has several."""

    day: date
    rooms: tuple[Place, ...]
    cells: tuple[Cell, ...]
    first_hour: int
    last_hour: int


def grids(items: Sequence[Item], rooms: Sequence[Place], most: int = MOST_ROOMS) -> list[Grid]:
    """The grids of all days of `items`, at most `most` rooms each; rooms in the order given.

    A talk that stands alone spans every column, and appears in every grid of its day.
    """
    out: list[Grid] = []
    for day in sorted({item.day for item in items}):
        here = [item for item in items if item.day == day]
        out += _of_day(day, here, rooms, most)
    return out


def _of_day(day: date, items: list[Item], rooms: Sequence[Place], most: int) -> list[Grid]:
    wide = [item for item in items if item.alone]
    used = {item.room.code for item in items if not item.alone} or {item.room.code for item in items}
    columns = [room for room in rooms if room.code in used]
    first, last = hours_spanned(items)
    share = -(-len(columns) // -(-len(columns) // most))
    out = []
    for begin in range(0, len(columns), share):
        some = columns[begin : begin + share]
        at = {room.code: number for number, room in enumerate(some)}
        mine = [i for i in items if i in wide or i.room.code in at]
        cells = tuple(
            Cell(item, at.get(item.room.code, 0), item.alone, *_times(item, last))
            for item in sorted(mine, key=lambda i: (i.start, at.get(i.room.code, 0)))
        )
        out.append(Grid(day, tuple(some), cells, first, last))
    return out


def _times(item: Item, last_hour: int) -> tuple[TimeOfDay, TimeOfDay]:
    start = item.minute_of_day
    end = min(start + item.minutes, 60 * last_hour)
    return TimeOfDay(*divmod(start, 60)), TimeOfDay(*divmod(end, 60))
