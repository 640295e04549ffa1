"""Watching, stopping and repeating long work."""

from flask import Blueprint, Flask, abort, g, jsonify, redirect, render_template, url_for

from expo.jobs import services
from expo.jobs.handlers import from_json
from expo.web import _, can, db, needs, telling, words
from expo.web.frame import add_navigation

bp = Blueprint("jobs", __name__)
ADDRESS = "/<edition>/console/jobs"


def init(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition") or not can("jobs.view"):
        return []
    return [(80, "console", _("Jobs"), url_for("jobs.job_list"), "j")]


def kind_names() -> dict[str, str]:
    """What the kinds of jobs are called."""
    return {
        "venue.read": _("Read a plan"),
        "allocation.solve": _("Allocate stands"),
        "allocation.replay": _("Repeat an allocation"),
        "allocation.keep": _("Keep an edited plan"),
        "allocation.letters": _("Write letters of allocation"),
        "applications.decide": _("Decide on applications"),
        "points.apply": _("Apply the rule for points"),
        "points.count_anew": _("Count points anew"),
        "timetable.solve": _("Build the timetable"),
        "timetable.repeat": _("Repeat a solve of the timetable"),
        "programme.tell": _("Write about a version of the programme"),
        "programme.import": _("Import a programme"),
        "programme.papers": _("Print papers of the programme"),
        "agenda.solve": _("Arrange the meetings"),
        "agenda.letters": _("Write letters about meetings"),
        "recommendations.all": _("Make all recommendations anew"),
        "onsite.agendas": _("Print everybody's agenda"),
        "onsite.after": _("Write letters after the fair"),
        "selection.tell": _("Write about rounds of selection"),
        "badges.print": _("Print badges"),
        "papers.print": _("Print papers"),
        "plan.print": _("Print the floor plan"),
        "plan.signs": _("Print stand signs"),
        "outbox.send": _("Send mail"),
        "orders.invoice": _("Issue invoices"),
        "deals.verify": _("Check the ledger"),
        "people.check": _("Look through a list of people"),
        "people.take": _("Register a list of people"),
        "people.doubles": _("Look for people registered twice"),
    }


def _job(job_id: int):
    return services.job_of(db(), g.edition.id, job_id) or abort(404)


@bp.get(ADDRESS)
@needs("jobs.view")
def job_list():
    """The latest jobs of the edition."""
    return render_template(
        "expo/jobs/job_list.html", jobs=services.jobs(db(), g.edition.id), names=kind_names()
    )


@bp.get(f"{ADDRESS}/<int:job_id>")
@needs("jobs.view")
def job_detail(job_id: int):
    """One job with its live progress and, at the end, its result."""
    job = _job(job_id)
    message = from_json(job.message)
    return render_template(
        "expo/jobs/job_detail.html",
        job=job,
        name=kind_names().get(job.kind, job.kind),
        message=words(message) if message else "",
        result_url=_result_url(job),
    )


def _result_url(job) -> str | None:
    """Where a job's result can be seen: its handler names an endpoint and its values."""
    link = job.result.get("link") if job.result else None
    return url_for(link["endpoint"], **link.get("values", {})) if link else None


@bp.get(f"{ADDRESS}/<int:job_id>/progress.json")
@needs("jobs.view")
def job_progress(job_id: int):
    """The same as data, for the page that watches."""
    job = _job(job_id)
    message = from_json(job.message)
    return jsonify(
        state=job.state,
        done=job.done,
        total=job.total,
        message=words(message) if message else "",
        curve=job.curve,
        bound=job.bound,
        objective=job.objective,
    )


@bp.post(f"{ADDRESS}/<int:job_id>/cancel")
@needs("jobs.run")
def job_cancel(job_id: int):
    """Ask it to stop."""
    return _change(
        job_id, services.cancel, _("It will stop in a moment and keep the best answer found so far.")
    )


@bp.post(f"{ADDRESS}/<int:job_id>/retry")
@needs("jobs.run")
def job_retry(job_id: int):
    """Queue it once more."""
    return _change(job_id, services.retry, _("It is queued again."))


def _change(job_id: int, verb, sentence: str):
    with telling(sentence):
        verb(db(), _job(job_id))
        db().commit()
    return redirect(url_for("jobs.job_detail", job_id=job_id))
