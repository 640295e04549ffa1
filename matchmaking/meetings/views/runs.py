"""Runs of the agenda: what one found, what publishing it would change, why requests are not met, letters."""

from collections import Counter

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.jobs import services as jobs
from expo.web import _, db, leaf, needs, words
from expo.web.security import site_address
from matchmaking.meetings import queries, services
from matchmaking.meetings.answers import unpack
from matchmaking.meetings.models import AgendaRun
from matchmaking.meetings.views.blueprint import ADDRESS, bp
from matchmaking.meetings.wording import WOULD_GIVE, told_as, unmet, unmet_reason

PAGE = 50
MOST_POINTS = 40


def _run(number: int) -> AgendaRun:
    found = db().get(AgendaRun, number)
    return found if found is not None and found.edition_id == g.edition.id else abort(404)


@bp.get(f"{ADDRESS}/runs/<int:number>")
@needs("meetings.run")
def run_detail(number: int):
    """One run beside the agenda in force: figures, what publishing would change and for how many."""
    run = _run(number)
    change = services.change_of(db(), g.edition, run) if run.state == "done" else None
    buyers, exhibitors = change.parties if change else (set(), set())
    return render_template(
        "matchmaking/meetings/run.html",
        run=run,
        change=change,
        misplaced=services.misplaced(db(), g.edition, change) if change else 0,
        concerned=len(buyers) + len(exhibitors),
        version=services.version_of(db(), g.edition),
        unmet=unmet(run.unmet),
        worth=[(rounds, worth) for rounds, worth, _breaks in _thinned(run.curve)],
        breaks=[(rounds, breaks) for rounds, _worth, breaks in _thinned(run.curve)],
    )


def _thinned(curve: list[list]) -> list[list]:
    """As many points of a curve as an eye can tell apart, the last one always."""
    step = max(1, len(curve) // MOST_POINTS)
    return [*curve[:-1:step], *curve[-1:]]


@bp.post(f"{ADDRESS}/runs/<int:number>/publish")
@needs("meetings.run")
def publish_run(number: int):
    """Put a run into force, all of it or nothing."""
    run = _run(number)
    try:
        made = services.publish(db(), g.edition, run, current_user.id, request.form.get("note", "")[:200])
    except Refused as refusal:
        db().rollback()
        flash(words(refusal.sentence), "error")
        return redirect(url_for("meetings.run_detail", number=number))
    db().commit()
    flash(_("Version %(number)s of the agenda is in force.", number=made.number), "success")
    return redirect(url_for("meetings.agenda"))


@bp.get(f"{ADDRESS}/runs/<int:number>/unmet")
@needs("meetings.run")
def unmet_list(number: int):
    """Every request that a run does not meet, why, and what would have to give."""
    every = [(b, x, told_as(code)) for b, x, code in unpack(_run(number).answer).unmet]
    reason, wanted = request.args.get("why", ""), request.args.get("q", "").strip().casefold()
    rows = [row for row in every if not reason or row[2] == reason]
    if wanted:
        found = queries.names(db(), {row[0] for row in rows}, {row[1] for row in rows})
        rows = [
            (b, x, code)
            for b, x, code in rows
            if _called(found["buyer"].get(b), wanted) or _called(found["exhibitor"].get(x), wanted)
        ]
    shown = leaf(len(rows), PAGE)
    part = rows[shown.offset : shown.offset + PAGE]
    names = queries.names(db(), {row[0] for row in part}, {row[1] for row in part})
    return render_template(
        "matchmaking/meetings/unmet.html",
        number=number,
        rows=[
            (names["buyer"].get(b), names["exhibitor"].get(x), unmet_reason(code), WOULD_GIVE.get(code))
            for b, x, code in part
        ],
        reasons=[(code, words(why), count) for code, why, count in unmet(Counter(row[2] for row in every))],
        whole=len(every),
        total=len(rows),
        page=shown.page,
        pages=shown.pages,
    )


def _called(party: queries.Party | None, wanted: str) -> bool:
    return party is not None and wanted in " ".join((party.code, *party.name.values())).casefold()


@bp.get(f"{ADDRESS}/letters")
@needs("meetings.run")
def letter_list():
    """Who would be written to, about what, before anything is."""
    return render_template("matchmaking/meetings/letters.html", readers=services.affected(db(), g.edition))


@bp.post(f"{ADDRESS}/letters")
@needs("meetings.run")
def write_letters():
    """Write to those for whom something changed."""
    job, is_new = jobs.enqueue_once(
        db(), "agenda.letters", edition_id=g.edition.id, user_id=current_user.id, site=site_address()
    )
    if not is_new:
        flash(_("That is under way already; here it is."), "info")
    db().commit()
    return redirect(url_for("jobs.job_detail", job_id=job.id))
