"""Several talks in one act, and taking back, by form."""

from flask import flash, g, redirect, request, url_for
from flask_login import current_user

from expo.board import services, shifting
from expo.board.address import BOARD
from expo.board.asked import LARGEST, Wish
from expo.board.views.blueprint import bp
from expo.board.views.choices import block_form
from expo.board.views.page import shown_page
from expo.errors import Refused
from expo.web import _, db, needs, ngettext, refuse, telling
from expo.words import say


@bp.post(f"{BOARD}/block")
@needs("programme.edit")
def block_move():
    """Move, pin, unpin or take off the talks that the form describes."""
    board = services.known(db(), g.edition).board()
    form = block_form(board)
    if form.accepted():
        try:
            count = _do(board, form)
            db().commit()
            flash(ngettext("%(num)s talk changed.", "%(num)s talks changed.", count), "good")
            return redirect(url_for("board.board_page"))
        except services.Doubtful as doubt:
            db().rollback()
            for sentence in doubt.sentences[:10]:
                refuse(form, Refused(sentence))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return shown_page(form)


def _do(board, form) -> int:
    cards = shifting.chosen(
        board.cards, g.edition.zone_info, forum=form.forum.data, day=form.day.data, room=form.room.data,
        since=form.since.data, until=form.until.data,
    )  # fmt: skip
    verb, seen = form.verb.data, min(max(request.form.get("seen", 0, type=int), 0), LARGEST)
    if verb in ("shift", "clear"):
        cards = [card for card in cards if not card.locked]
    if not cards:
        raise Refused(say("No talk that may be changed fits this description."))
    if verb in ("pin", "unpin"):
        services.pin(db(), g.edition, [card.code for card in cards], verb == "pin", seen=seen)
        return len(cards)
    wishes = [Wish(card.code, None, None) for card in cards] if verb == "clear" else shifting.shifted(
        cards, g.edition.zone_info, minutes=form.minutes.data or 0, to_day=form.to_day.data,
        to_room=form.to_room.data,
    )  # fmt: skip
    services.move(db(), g.edition, wishes, seen=seen, anyway=form.anyway.data, kind=verb)
    return len(cards)


@bp.post(f"{BOARD}/undo")
@needs("programme.edit")
def board_undo():
    """Take back one's own last act."""
    with telling(_("Taken back.")):
        services.undo(db(), g.edition, current_user.id)
        db().commit()
    return redirect(url_for("board.board_page"))


@bp.post(f"{BOARD}/redo")
@needs("programme.edit")
def board_redo():
    """Do again what one took back."""
    with telling(_("Done again.")):
        services.redo(db(), g.edition, current_user.id)
        db().commit()
    return redirect(url_for("board.board_page"))
