"""The agenda in force changed by hand, one meeting at a time, without scripts and by keyboard."""

from itertools import groupby

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.clock import now
from expo.errors import Refused
from expo.web import _, db, needs, words
from matchmaking.meetings import queries, services
from matchmaking.meetings.models import Delegate, Meeting
from matchmaking.meetings.queries import moving
from matchmaking.meetings.views.blueprint import ADDRESS, bp
from matchmaking.meetings.views.lines import lines

MOST = 2_147_483_647


def _meeting(number: int) -> Meeting | None:
    return services.meeting_of(db(), g.edition, number) if number <= MOST else None


def _number(name: str) -> int:
    """A whole number of the form; 0 where there is none, and for one that no row can have."""
    text = request.form.get(name, "").strip()
    value = int(text) if text.isascii() and text.isdigit() and len(text) < 11 else 0
    return value if value <= MOST else 0


def _times(pair: tuple[int, int], but: int | None = None) -> list[tuple]:
    """(day, its times) with who is free and how many tables are left; times that are over only afterwards."""
    slots, moment = services.slots(g.edition), now()
    coming = tuple(slot for slot in slots if slot.ends_at > moment)
    found = moving.choices(db(), g.edition, coming or slots, pair, but)
    by_day = groupby(found, lambda choice: choice.slot.starts_at.date())
    return [(day, list(several)) for day, several in by_day]


@bp.get(f"{ADDRESS}/<int:number>")
@needs("meetings.run")
def meeting_detail(number: int):
    """One meeting and what a hand can do to it."""
    return _shown(_meeting(number) or abort(404))


def _shown(meeting: Meeting, status: int = 200):
    row = queries.meeting(db(), g.edition, meeting.id) or abort(404)
    stands = queries.stands(db(), g.edition, meeting.exhibitor_id)
    is_open = meeting.state == "planned"
    people = {"buyer": meeting.buyer_delegate_id, "exhibitor": meeting.exhibitor_delegate_id}
    return render_template(
        "matchmaking/meetings/meeting.html",
        meeting=meeting,
        line=next(lines([row], stands)),
        people={side: db().get_one(Delegate, one).name for side, one in people.items() if one},
        days=_times((meeting.buyer_id, meeting.exhibitor_id), meeting.id) if is_open else [],
        trades=moving.trades(db(), meeting) if is_open and meeting.ends_at > now() else [],
        wanted_slot=_number("slot") or meeting.slot,
        wanted_table=request.form.get("table", ""),
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
    flash(_said(act), "success")
    return redirect(url_for("meetings.meeting_detail", number=number))


def _said(act: str) -> str:
    return {
        "move": _("The meeting is moved. Both sides are told when you write the letters."),
        "swap": _("The two meetings traded places. All are told when you write the letters."),
        "cancel": _("The meeting is called off. Both sides are told when you write the letters."),
        "lock": _("Nothing moves this meeting until it is unlocked."),
        "unlock": _("The meeting is unlocked."),
    }[act]


def _act(act: str, meeting: Meeting) -> list:
    session, edition, user, sequence = db(), g.edition, current_user.id, _number("sequence")
    if act == "move":
        return services.move(
            session, edition, meeting, services.Spot(_number("slot"), _number("table")), sequence, user
        )
    if act == "swap":
        other = _meeting(_number("other"))
        if other is None:
            raise Refused(queries.NO_OTHER)
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
    given = request.form if request.method == "POST" else request.args
    buyer = queries.buyer(db(), g.edition, given.get("buyer", "").strip())
    exhibitor = queries.exhibitor(db(), g.edition, given.get("exhibitor", "").strip())
    status = 200
    if request.method == "POST":
        try:
            if buyer is None or exhibitor is None:
                raise Refused(queries.NOBODY)
            spot = services.Spot(_number("slot"), _number("table"))
            made, warnings = services.add(db(), g.edition, buyer.id, exhibitor.id, spot, current_user.id)
        except Refused as refusal:
            db().rollback()
            flash(words(refusal.sentence), "error")
            status = 409
        else:
            db().commit()
            for warning in warnings:
                flash(words(warning), "warning")
            flash(_("The meeting is set. Both are told when you write the letters."), "success")
            return redirect(url_for("meetings.meeting_detail", number=made.id))
    known = buyer is not None and exhibitor is not None
    return render_template(
        "matchmaking/meetings/meeting_new.html",
        days=_times((buyer.id, exhibitor.id) if known else (0, 0)),
        known=known,
        parties=[party for party in (buyer, exhibitor) if party],
        given=given,
    ), status
