"""A schedule.xml of another system comes in: looked at first, then stored by a job."""

from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.forums import services
from expo.forums.forms.incoming import ImportForm
from expo.forums.incoming.arranging import plan_of
from expo.forums.incoming.reading import schedule_of
from expo.forums.incoming.values import Plan, Unreadable
from expo.forums.services import bringing
from expo.forums.views.blueprint import bp
from expo.jobs import services as jobs
from expo.jobs.handlers import from_json
from expo.web import _, db, needs, refuse, telling, words

MOST_ODD = 200


@bp.route("/editions/import-schedule", methods=["GET", "POST"])
@needs("edition.create")
def schedule_import():
    """Say what is odd about a file and, unless only that was asked for, queue its import."""
    form = ImportForm()
    if not form.accepted():
        return _page(form)
    data = form.file.data.read()
    zone = (form.timezone.data or "").strip()
    try:
        plan = plan_of(schedule_of(data, zone))
        if form.dry_run.data:
            return _page(form, plan)
        code = (form.code.data or "").strip()
        services.edition_for(db(), plan, code)
    except (Refused, Unreadable) as refused:
        db().rollback()
        refuse(form, Refused(refused.sentence))
        return _page(form)
    db().rollback()  # whether it may be was all that was asked: the job makes the edition
    job, is_new = bringing.queue_import(db(), code, data, zone, current_user.id)
    db().commit()
    if not is_new:
        flash(_("An import into this edition is under way already; this is its page."), "info")
    return redirect(url_for("forums.schedule_import_job", job_id=job.id))


@bp.get("/editions/import-schedule/<int:job_id>")
@needs("edition.create")
def schedule_import_job(job_id: int):
    """An import with its live progress."""
    job = bringing.import_job(db(), job_id) or abort(404)
    link = job.result.get("link") if job.result else None
    return render_template(
        "expo/forums/schedule_import_job.html",
        job=job,
        code=job.arguments.get("code", ""),
        message=_message(job),
        result_url=url_for(link["endpoint"], **link["values"]) if link else None,
    )


@bp.get("/editions/import-schedule/<int:job_id>/progress.json")
@needs("edition.create")
def schedule_import_progress(job_id: int):
    """The same as data, for the page that watches."""
    job = bringing.import_job(db(), job_id) or abort(404)
    return jsonify(state=job.state, done=job.done, total=job.total, message=_message(job), curve=[])


@bp.post("/editions/import-schedule/<int:job_id>/retry")
@needs("edition.create")
def schedule_import_retry(job_id: int):
    """Queue it once more."""
    with telling(_("It is queued again.")):
        jobs.retry(db(), bringing.import_job(db(), job_id) or abort(404))
        db().commit()
    return redirect(url_for("forums.schedule_import_job", job_id=job_id))


def _message(job: Any) -> str:
    message = from_json(job.message)
    return words(message) if message else ""


def _page(form: ImportForm, plan: Plan | None = None) -> Any:
    odd = plan.odd if plan else ()
    return render_template(
        "expo/forums/schedule_import.html",
        form=form,
        plan=plan,
        odd=odd[:MOST_ODD],
        unlisted=max(0, len(odd) - MOST_ODD),
    )
