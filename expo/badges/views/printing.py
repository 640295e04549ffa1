"""Sheets of many badges: whose they would be, the job that prints them, what did not fit."""

from datetime import UTC, datetime
from pathlib import Path

from flask import abort, flash, g, redirect, render_template, request, send_file, url_for
from flask_login import current_user

from expo.badges import queries
from expo.badges.forms import FIELD_NAMES, SheetsForm
from expo.badges.queries import Wanted
from expo.badges.signs import SIGNS
from expo.badges.views.blueprint import ADDRESS, bp, settings
from expo.errors import Refused
from expo.jobs import services as jobs
from expo.jobs.models import Job
from expo.registration.kinds import NAMES
from expo.registration.queries import counts
from expo.registration.services import enrolling
from expo.registration.views import asked_filter
from expo.web import _, db, needs
from expo.web.keeping import print_path
from expo.web.language import country_name, language

KIND = "badges.print"


def _instant(text: str) -> datetime:
    """An instant as an address says it, without an offset by the clocks of the venue."""
    found = datetime.fromisoformat(text)
    return (found if found.tzinfo else found.replace(tzinfo=g.edition.zone_info)).astimezone(UTC)


def asked() -> Wanted:
    """Whose badges, as the address asks."""
    given = request.args
    try:
        since = _instant(given["since"]) if given.get("since") else None
    except (ValueError, OverflowError):  # the ends of the calendar are in no other zone
        since = None
    return Wanted(
        asked_filter(),
        exhibitor=given.get("exhibitor", "").strip()[:40],
        organisation=given.get("organisation", "").strip()[:200],
        since=since,
    )


@bp.route(ADDRESS, methods=["GET", "POST"])
@needs("badges.print")
def badge_sheets():
    """Whose badges would be printed, with a warning about those that were already; then a job prints them."""
    form = SheetsForm(data={"language": language(), "order": "kind"})
    wanted = asked()
    if form.accepted():
        return redirect(url_for("jobs.job_detail", job_id=_queued(form, wanted).id))
    return render_template(
        "expo/badges/badge_form.html",
        form=form,
        tally=queries.tally(db(), g.edition, wanted),
        wanted=wanted,
        since=request.args.get("since", ""),
        country=country_name(wanted.people.country) if wanted.people.country else "",
        kinds=NAMES,
        tickets=enrolling.tickets(db(), g.edition),
        counts=counts(db(), g.edition),
        signs=SIGNS,
    )


def _queued(form: SheetsForm, wanted: Wanted) -> Job:
    """A new job; the one at work already if there is one, since two would print the same badges twice."""
    job, is_new = jobs.enqueue_once(
        db(),
        KIND,
        edition_id=g.edition.id,
        user_id=current_user.id,
        language=form.language.data,
        order=form.order.data,
        words=wanted.people.words,
        people=wanted.people.kind,
        country=wanted.people.country,
        ticket=wanted.people.ticket,
        answer=wanted.people.answer,
        exhibitor=wanted.exhibitor,
        organisation=wanted.organisation,
        since=wanted.since.isoformat() if wanted.since else None,
        only_new=not form.again.data,
    )
    db().commit()
    if not is_new:
        flash(_("Badges are being printed already; here is that print."), "info")
    return job


def _done(job_id: int) -> Job:
    job = jobs.job_of(db(), g.edition.id, job_id)
    if job is None or job.kind != KIND or job.state != "done":
        abort(404)
    return job


def _file_of(job_id: int) -> Path:
    return print_path(settings().instance, "badges", g.edition.code, _done(job_id).id)


@bp.get(f"{ADDRESS}/sheets/<int:job_id>.pdf")
@needs("badges.print")
def badge_file(job_id: int):
    """The sheets that a job printed."""
    path = _file_of(job_id)
    if not path.is_file():
        raise Refused(_("This print was cleared away. Print the badges again."))
    name = f"{g.edition.code}-badges-{job_id}.pdf"
    return send_file(path, mimetype="application/pdf", as_attachment=True, download_name=name, max_age=0)


@bp.get(f"{ADDRESS}/sheets/<int:job_id>")
@needs("badges.print")
def badge_report(job_id: int):
    """What a print had to tell: names that were cut or broken, letters that no typeface has."""
    job = _done(job_id)
    batch = queries.batch_of(db(), job.id) or abort(404)
    return render_template("expo/badges/badge_report.html", job=job, batch=batch, fields=FIELD_NAMES)
