"""Measures of the printed timetable: where each talk lies on its sheet and how many lines it has room for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from expo.forums.programme import Item, Place, Programme
from expo.languages import direction


@dataclass(frozen=True)
class Paper:
    """A size of paper: sheet and grid in millimetres, its type against that of A3, its most columns."""

    name: str
    sheet: tuple[float, float]
    grid: tuple[float, float]
    scale: float
    most_rooms: int


PAPERS = {
    "A3": Paper("A3", (420, 297), (396, 232), 1.0, 12),
    "A2": Paper("A2", (594, 420), (566, 348), 1.3, 14),
}
HOURS = 11.0
"""Width of the column of hours on A3."""
LINE = {"en": 3.1, "zh": 3.1, "ru": 3.1, "ur": 4.0}
"""Height of a line of small type on A3, by language."""


@dataclass(frozen=True)
class Box:
    """A talk on the sheet, millimetres from the start and top of the grid."""

    item: Item
    left: float
    top: float
    width: float
    height: float
    tight: bool
    """whether there is so little room that the title begins beside the time"""
    lines: int
    """lines of title, the time included where it is tight"""
    people: int
    """lines left for names"""


@dataclass(frozen=True)
class Sheet:
    """One page of a day: boxes, hour lines (hour of the day 0–23, top) and room heads (room, left, width)."""

    day: date
    number: int
    of: int
    boxes: tuple[Box, ...]
    hours: tuple[tuple[int, float], ...]
    heads: tuple[tuple[Place, float, float], ...]


def sheets(programme: Programme, language: str, paper: Paper = PAPERS["A3"], day: str = "") -> list[Sheet]:
    """The sheets of all days (of one, as an ISO date), several a day where there are many rooms.

    A talk that stands alone spans every column, on every sheet of its day; what runs past midnight stays
    with the evening it belongs to.
    """
    days = [one for one in programme.days if day in ("", one.isoformat())]
    return [sheet for one in days for sheet in _of_day(programme, one, language, paper)]


def _of_day(programme: Programme, day: date, language: str, paper: Paper) -> Iterator[Sheet]:
    items = programme.on(day)
    used = {item.room.code for item in items if not item.alone} or {item.room.code for item in items}
    rooms = [room for room in programme.rooms if room.code in used]
    pages = -(-len(rooms) // paper.most_rooms)
    share = -(-len(rooms) // pages)
    first = min(item.minute_of_day for item in items) // 60
    last = max(first + 1, -(-max(item.minute_of_day + item.minutes for item in items) // 60))
    for number in range(pages):
        some = rooms[number * share : (number + 1) * share]
        yield _sheet(day, (number + 1, pages), items, some, (first, last), language, paper)


def _sheet(
    day: date,
    place: tuple[int, int],
    items: Sequence[Item],
    rooms: Sequence[Place],
    hours: tuple[int, int],
    language: str,
    paper: Paper,
) -> Sheet:
    (first, last), margin = hours, HOURS * paper.scale
    column = (paper.grid[0] - margin) / max(1, len(rooms))
    minute = paper.grid[1] / (60 * (last - first))
    at = {room.code: margin + number * column for number, room in enumerate(rooms)}
    line = LINE.get(language, LINE["en"]) * paper.scale
    boxes = []
    for item in items:
        if item.alone or item.room.code in at:
            top = (item.minute_of_day - 60 * first) * minute
            height = max(2.0, item.minutes * minute - 0.5)
            left, width = (margin, paper.grid[0] - margin) if item.alone else (at[item.room.code], column)
            boxes.append(_box(item, left, top, width, height, line))
    return Sheet(
        day,
        *place,
        tuple(boxes),
        tuple((hour % 24, round(60 * minute * (hour - first), 2)) for hour in range(first, last + 1)),
        tuple((room, round(at[room.code], 2), round(column, 2)) for room in rooms),
    )


def _box(item: Item, left: float, top: float, width: float, height: float, line: float) -> Box:
    room_for = max(1, int((height - 0.9) / line))
    tight = room_for < 4
    lines = room_for if tight else min(room_for - 1, 5)
    people = 0 if tight else max(0, room_for - 1 - lines)
    return Box(
        item, round(left, 2), round(top, 2), round(width - 0.8, 2), round(height, 2), tight, lines, people
    )


def positions(sheets: Sequence[Sheet], language: str, paper: Paper = PAPERS["A3"]) -> str:
    """The size of the page and the places of everything on the sheets as CSS.

    .pNhM are heads, .pNoM hour lines, .pNbM talks of page N.
    """
    side = "right" if direction(language) == "rtl" else "left"
    (width, height), (across, down) = paper.sheet, paper.grid
    rules = [
        f"@page{{size:{width}mm {height}mm}}",
        f".sheet{{block-size:{height - 27}mm;font-size:{(7 if side == 'right' else 7.4) * paper.scale}pt}}",
        f".field{{block-size:{down}mm;inline-size:{across}mm}}",
        f".hour{{inline-size:{across}mm}}",
    ]
    for page, sheet in enumerate(sheets, 1):
        for number, (_room, left, wide) in enumerate(sheet.heads, 1):
            rules.append(f".p{page}h{number}{{{side}:{left}mm;width:{wide}mm}}")
        rules += [f".p{page}o{n}{{top:{top}mm}}" for n, (_hour, top) in enumerate(sheet.hours, 1)]
        for number, box in enumerate(sheet.boxes, 1):
            rules.append(
                f".p{page}b{number}{{{side}:{box.left}mm;top:{box.top}mm;"
                f"width:{box.width}mm;height:{box.height}mm}}"
            )
    return "\n".join(rules)
