"""Who changed what on the board, and when."""

from flask import g, render_template

from expo.board.address import BOARD
from expo.board.services import past
from expo.board.views.blueprint import bp
from expo.web import db, leaf, needs


@bp.get(f"{BOARD}/history")
@needs("programme.edit")
def board_history():
    """Every change of the working timetable, the newest first."""
    total = past.count_acts(db(), g.edition)
    shown = leaf(total, past.PAGE)
    return render_template(
        "expo/board/history.html",
        acts=past.past(db(), g.edition, shown.page),
        total=total,
        page=shown.page,
        pages=shown.pages,
    )
