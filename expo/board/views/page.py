"""The board itself; without a script, the table of a day's talks with a link to move each."""

from flask import abort, g, render_template, request

from expo.board import services
from expo.board.address import BOARD
from expo.board.forms import BlockForm
from expo.board.shown import day_of
from expo.board.views.blueprint import bp
from expo.board.views.choices import block_form
from expo.errors import Refused
from expo.forums.services import revision_of
from expo.web import _, db, needs
from expo.web.language import as_date


@bp.get(BOARD)
@needs("programme.edit")
def board_page():
    """The board of all days, its pool and its problems."""
    return shown_page()


def shown_page(block: BlockForm | None = None):
    """The page, with a block form that was refused."""
    revision = revision_of(db(), g.edition)
    try:
        board = services.known(db(), g.edition).board()
    except Refused as refused:
        return render_template("expo/board/board.html", refused=refused.sentence)
    return render_template(
        "expo/board/board.html",
        refused=None,
        board=board,
        revision=revision,
        block=block or block_form(board, formdata=None),
        **_table(board),
    )


def _table(board) -> dict:
    """The talks of the day (or the pool) that the address names."""
    asked = request.args.get("day", "")
    days = [(date.isoformat(), as_date(date, "full")) for date in board.hours.dates]
    if asked not in ("", "none", *(key for key, _label in days)):
        abort(404)
    named = next((card for card in board.cards if card.code == request.args.get("talk")), None)
    asked = asked or (_day(board, named) if named else days[0][0])
    rows = [card for card in board.cards if _day(board, card) == asked]
    rows.sort(key=lambda card: (card.start.timestamp() if card.start else 0, card.room or "", card.code))
    return {
        "day": asked,
        "day_tabs": [*days, ("none", _("Without a place"))],
        "table_rows": rows,
        "room_names": {row[0]: row[1] for row in board.rooms},
    }


def _day(board, card) -> str:
    if card.room is None:
        return "none"
    return board.hours.dates[day_of(board.hours, board.hours.minute(card.start))].isoformat()
