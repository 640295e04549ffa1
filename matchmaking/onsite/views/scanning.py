"""Badges at the matchmaking desk: read by the camera, by a scanner on a cable, or typed."""

from flask import abort, flash, g, jsonify, redirect, request, send_file, url_for

from expo.badges.queries.keys import ring_of
from expo.checkin.scanned import scanned
from expo.clock import now
from expo.errors import Refused
from expo.languages import pick
from expo.settings import ROOT
from expo.web import _, db, needs, public, words
from expo.web.language import language
from expo.web.scanning import may_scan
from expo.words import say
from matchmaking.meetings.models import Meeting
from matchmaking.onsite import services
from matchmaking.onsite.queries import agendas, badges
from matchmaking.onsite.views.blueprint import DESK, actor, bp, numbered
from matchmaking.requests.sides import other

LONGEST = 256


@bp.post(f"{DESK}/scan")
@needs("meetings.run")
def desk_scan():
    """A badge was scanned: its bearer is at the meeting that runs or comes next. JSON for scripts."""
    slot = numbered("slot")
    try:
        meeting, side = _arrived(request.form.get("badge", "").strip()[:LONGEST])
        db().commit()
        slot, is_good, told = meeting.slot, True, _told(meeting, side)
    except Refused as refused:
        db().rollback()
        is_good, told = False, words(refused.sentence)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(status="ok" if is_good else "error", text=told, slot=slot)
    flash(told, "good" if is_good else "bad")
    return redirect(url_for("onsite.desk", slot=slot or None))


def _arrived(text: str) -> tuple[Meeting, str]:
    found = scanned(text, ring_of(db(), g.edition))
    person = badges.person_of(db(), g.edition, found)
    if person is None:
        raise Refused(say("This is no badge of this edition. Look for the meeting by hand."))
    spot = badges.meeting_for(db(), g.edition, person, now())
    if spot is None:
        raise Refused(say("Whoever bears this badge has no meeting here soon."))
    meeting = services.meeting_of(db(), g.edition, spot[0]) or abort(404)
    services.arrive(db(), g.edition, meeting, spot[1], how="badge", user_id=actor())
    return meeting, spot[1]


def _told(meeting: Meeting, side: str) -> str:
    (line,) = agendas.lines(db(), g.edition, number=meeting.id)
    them = line.seats[other(side)]
    return _(
        "%(name)s: table %(table)s, with %(other)s.",
        name=pick(line.seats[side].name, language()),
        table=line.table,
        other=pick(them.name, language()),
    )


@bp.get(f"{DESK}/scan-worker.js")
@public
def desk_decoder():
    """The worker that decodes the camera's pictures: what it may do is said with it, not with the page."""
    return may_scan(send_file(ROOT / "static" / "scan-worker.js", max_age=0, conditional=True))
