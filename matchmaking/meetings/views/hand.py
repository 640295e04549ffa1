"""The agenda in force changed by hand, one meeting at a time, without scripts and by keyboard."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.web import _, db, needs, words
from matchmaking.meetings import queries, services
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.views.blueprint import ADDRESS, bp

MOST = 2_147_483_647


def _meeting(number: int) -> Meeting:
    return services.meeting_of(db(), g.edition, number) if number <= MOST else None  # type: ignore[return-value]


def _number(name: str) -> int:
    """A whole number of the form; 0 where there is none, and for one that no row can have."""
    text = request.form.get(name, "").strip()
    value = int(text) if text.isascii() and text.isdigit() and len(text) < 11 else 0
    return value if value <= MOST else 0


@bp.get(f"{ADDRESS}/<int:number>")
@needs("meetings.run")
def meeting_detail(number: int):
    """One meeting and what a hand can do to it."""
    return _shown(_meeting(number) or abort(404))


def _shown(meeting: Meeting, status: int = 200):
    row = queries.meeting(db(), g.edition, meeting.id)
    return render_template(
        "matchmaking/meetings/meeting.html",
        meeting=meeting,
        row=row,
        slots=services.slots(g.edition),
        wanted_slot=_number("slot") or meeting.slot,
        wanted_table=request.form.get("table", str(meeting.table_number)),
    ), status


@bp.post(f"{ADDRESS}/<int:number>")
@needs("meetings.run")
def change_meeting(number: int):
    """Move, swap, lock, unlock or cancel a meeting, as the button says."""
    meeting = _meeting(number) or abort(404)
    act = request.form.get("act", "")
    try:
        warnings = _act(act, meeting)
    except Refused as refusal:
        db().rollback()
        flash(words(refusal.sentence), "error")
        return _shown(services.meeting_of(db(), g.edition, number) or abort(404), 409)
    db().commit()
    for warning in warnings:
        flash(words(warning), "warning")
    flash(_("Done. Those concerned are told when you write the letters."), "success")
    return redirect(url_for("meetings.meeting_detail", number=number))


def _act(act: str, meeting: Meeting) -> list:
    session, edition, user, sequence = db(), g.edition, current_user.id, _number("sequence")
    if act == "move":
        return services.move(
            session, edition, meeting, services.Spot(_number("slot"), _number("table")), sequence, user
        )
    if act == "swap":
        other = _meeting(_number("other")) or abort(404)
        return services.swap(session, edition, meeting, other, (sequence, other.sequence), user)
    if act == "cancel":
        services.cancel(session, edition, meeting, sequence, user)
    elif act in ("lock", "unlock"):
        services.lock(session, edition, meeting, act == "lock")
    else:
        abort(400)
    return []


@bp.route(f"{ADDRESS}/new", methods=["GET", "POST"])
@needs("meetings.run")
def add_meeting():
    """A meeting that a hand adds: two codes, a time, a table if one is wanted."""
    if request.method == "POST":
        buyer = queries.buyer(db(), g.edition, request.form.get("buyer", "").strip())
        exhibitor = queries.exhibitor(db(), g.edition, request.form.get("exhibitor", "").strip())
        try:
            if buyer is None or exhibitor is None:
                raise Refused(queries.NOBODY)
            spot = services.Spot(_number("slot"), _number("table"))
            made, warnings = services.add(db(), g.edition, buyer.id, exhibitor.id, spot, current_user.id)
        except Refused as refusal:
            db().rollback()
            flash(words(refusal.sentence), "error")
        else:
            db().commit()
            for warning in warnings:
                flash(words(warning), "warning")
            flash(_("The meeting is set."), "success")
            return redirect(url_for("meetings.meeting_detail", number=made.id))
    return render_template(
        "matchmaking/meetings/meeting_new.html", slots=services.slots(g.edition), given=request.form
    ), 200
