"""Grids of talks as the timetable's macro takes them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import current_app
from markupsafe import Markup, escape

from expo.forums.grid import Cell, Grid, grids
from expo.forums.programme import Item, Place, Texts
from expo.languages import COMMAS, direction, language_of, pick
from expo.web.language import as_markup, language

Address = Callable[[str], str]


@dataclass(slots=True)
class DrawnSlot:
    """A talk as the macro draws it: everything that is the same for many talks is made once, not by talk."""

    title: str
    said: str
    """the title as it is read out"""
    code: str
    star: str | None
    url: str | None
    room: int
    wide: bool
    start: object
    end: object
    clock: str
    hue: int
    letter: str
    forum: str
    swatch: Markup
    note: Markup
    brief: bool
    title_lines: int
    note_lines: int
    moved: str = ""
    """a word on a talk that is elsewhere now"""


def drawn(
    items: Sequence[Item],
    rooms: Sequence[Place],
    talk_url: Address | None = None,
    star: Address | None = None,
) -> list[tuple[Grid, list, list[DrawnSlot]]]:
    """Grids with the names of their rooms and their slots as the grid's macro takes them.

    `talk_url` says where a talk's page is, by its code; `star` where its star is.
    """
    draw = _Drawing(talk_url, star)
    return [
        (grid, [as_markup(room.name) for room in grid.rooms], [draw.slot(cell) for cell in grid.cells])
        for grid in grids(items, rooms)
    ]


class _Drawing:
    """Makes slots in the reader's language; a page of a thousand talks asks for that language once."""

    def __init__(self, talk_url: Address | None, star: Address | None):
        self.spoken, self.talk_url, self.star = language(), talk_url, star
        self.comma = escape(COMMAS.get(self.spoken, ", "))
        self.patterns = current_app.jinja_env.get_template("macros/pattern.html").module
        self.tracks: dict[str, tuple[str, Markup]] = {}

    def slot(self, cell: Cell) -> DrawnSlot:
        item = cell.item
        forum, swatch = self.tracks.get(item.track.code) or self._track(item)
        return DrawnSlot(
            title=self.shown(item.title),
            said=pick(item.title, self.spoken),
            code=item.code,
            star=self.star(item.code) if self.star else None,
            url=self.talk_url(item.code) if self.talk_url else None,
            room=cell.column,
            wide=cell.wide,
            start=cell.start,
            end=cell.end,
            clock=f"{cell.start.clock}–{cell.end.clock}",
            hue=item.track.hue,
            letter=item.track.letter,
            forum=forum,
            swatch=swatch,
            note=self._names(item),
            brief=cell.lines < 2,
            title_lines=cell.title_lines,
            note_lines=cell.note_lines,
        )

    def shown(self, texts: Texts) -> Markup:
        """A language map as text; marked with its language where that is not the page's."""
        chosen, text = language_of(texts, self.spoken), escape(pick(texts, self.spoken))
        if chosen in ("", self.spoken):
            return text
        return Markup(f'<span lang="{escape(chosen)}" dir="{direction(chosen)}">{text}</span>')  # noqa: S704

    def _names(self, item: Item) -> Markup:
        row = self.comma.join(Markup(f"<bdi>{self.shown(part.name)}</bdi>") for part in item.speakers)  # noqa: S704
        return Markup(f"<span>{row}</span>") if row else row  # noqa: S704 - escaped above

    def _track(self, item: Item) -> tuple[str, Markup]:
        made = self.shown(item.track.name), self.patterns.swatch(item.track.hue, item.track.letter)
        self.tracks[item.track.code] = made
        return made
