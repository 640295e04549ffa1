"""Choices of days, rooms and forums for the board's forms."""

from typing import Any

from expo.board.forms import BlockForm, PlaceForm
from expo.board.services import Board
from expo.languages import pick
from expo.web import _
from expo.web.language import as_date, language


def _days(board: Board) -> list[tuple[str, str]]:
    return [(date.isoformat(), as_date(date, "full")) for date in board.hours.dates]


def _rooms(board: Board) -> list[tuple[str, str]]:
    return [
        (code, f"{pick(name, language()) or code} ({capacity})") for code, name, capacity, _b in board.rooms
    ]


def place_form(board: Board, **given: Any) -> PlaceForm:
    """The form of one talk's place."""
    form = PlaceForm(**given)
    form.day.choices, form.room.choices = _days(board), _rooms(board)
    return form


def block_form(board: Board, **given: Any) -> BlockForm:
    """The form for several talks."""
    form = BlockForm(**given)
    form.forum.choices = [
        ("", _("any")),
        *(
            (code, f"{letter} · {pick(name, language()) or code}")
            for code, name, _hue, letter in board.forums
        ),
    ]
    form.day.choices = [("", _("any")), *_days(board)]
    form.room.choices = [("", _("any")), *_rooms(board)]
    form.to_day.choices = [("", _("as it is")), *_days(board)]
    form.to_room.choices = [("", _("as it is")), *_rooms(board)]
    return form
