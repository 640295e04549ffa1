"""The place of one talk by form, with the same checks as the board."""

from datetime import date, datetime

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.board import services
from expo.board.address import BOARD
from expo.board.asked import LARGEST, Wish
from expo.board.views.blueprint import bp
from expo.board.views.choices import place_form
from expo.errors import Refused
from expo.forums.services import revision_of
from expo.languages import pick
from expo.web import _, db, needs, refuse, telling
from expo.web.language import as_datetime, language


def _board_and_card(code: str):
    board = services.known(db(), g.edition).board()
    return board, next((card for card in board.cards if card.code == code), None) or abort(404)


@bp.get(f"{BOARD}/talks/<code>")
@needs("programme.edit")
def talk_place(code: str):
    """Where a talk is, what is wrong there, and better places."""
    board, card = _board_and_card(code)
    zone = g.edition.zone_info
    start = card.start.astimezone(zone) if card.start else None
    form = place_form(
        board, formdata=None,
        data={
            "day": start.date().isoformat(), "start": start.time(), "room": card.room, "minutes": card.minutes
        } if start else {},
    )  # fmt: skip
    return _page(board, card, form)


def _page(board, card, form):
    now = services.known(db(), g.edition)
    return render_template(
        "expo/board/talk.html",
        card=card,
        form=form,
        revision=revision_of(db(), g.edition),
        problems=services.told_of(now.problem, now.places, card.code, now.names),
        offers=[
            (one, pick(now.names.rooms.get(one.room), language()) or one.room, as_datetime(one.start))
            for one in services.offers(db(), g.edition, card.code)
        ],
        others=[
            other for other in board.cards if other.room and other.code != card.code and not other.locked
        ],
        room_names={row[0]: row[1] for row in board.rooms},
        zone=now.hours.zone,
    )


def _seen() -> int:
    return min(max(request.form.get("seen", 0, type=int), 0), LARGEST)


@bp.post(f"{BOARD}/talks/<code>")
@needs("programme.edit")
def talk_move(code: str):
    """Give the talk the place of the form."""
    board, card = _board_and_card(code)
    form = place_form(board)
    if form.accepted():
        start = datetime.combine(
            date.fromisoformat(form.day.data),
            form.start.data.replace(second=0, microsecond=0),
            g.edition.zone_info,
        )
        wish = Wish(code, form.room.data, start)
        try:
            services.move(db(), g.edition, [wish], seen=_seen(), anyway=form.anyway.data, kind="move")
            if form.minutes.data and form.minutes.data != card.minutes:
                now = revision_of(db(), g.edition)
                services.stretch(db(), g.edition, code, form.minutes.data, seen=now, anyway=form.anyway.data)
            db().commit()
            flash(_("Saved."), "good")
            return redirect(url_for("board.talk_place", code=code))
        except services.Doubtful as doubt:
            db().rollback()
            for sentence in doubt.sentences[:10]:
                refuse(form, Refused(sentence))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _page(board, card, form)


@bp.post(f"{BOARD}/talks/<code>/<any(off,pin,unpin,swap):verb>")
@needs("programme.edit")
def talk_act(code: str, verb: str):
    """Take the talk off, pin it, unpin it, or swap it with ?other."""
    _board, card = _board_and_card(code)
    with telling(_("Saved.")):
        if verb == "off":
            services.move(db(), g.edition, [Wish(code, None, None)], seen=_seen(), anyway=True, kind="clear")
        elif verb == "swap":
            services.swap(db(), g.edition, code, request.form.get("other", ""), seen=_seen(), anyway=False)
        else:
            services.pin(db(), g.edition, [card.code], verb == "pin", seen=_seen())
        db().commit()
    return redirect(url_for("board.talk_place", code=code))
