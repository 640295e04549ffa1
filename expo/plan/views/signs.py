"""Stand signs: a job prints them, a page hands them out."""

from flask import abort, current_app, flash, g, redirect, send_file, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.jobs import services as jobs
from expo.languages import pick
from expo.plan.files import print_path
from expo.plan.forms import SignsForm
from expo.plan.views.blueprint import bp
from expo.venue import queries as venue
from expo.web import _, db, needs
from expo.web.files import PDF
from expo.web.language import language

KIND = "plan.signs"


@bp.post("/<edition>/console/plan/signs")
@needs("print.all")
def plan_signs():
    """Queue the print; the one under way already if there is one."""
    halls = [(hall.code, pick(hall.name, language()) or hall.code) for hall in venue.halls(db(), g.edition)]
    form = SignsForm(halls)
    if not form.accepted():
        raise Refused(_("Choose the kind of sign, the paper and the language."))
    job, is_new = jobs.enqueue_once(
        db(),
        KIND,
        edition_id=g.edition.id,
        user_id=current_user.id,
        sign=form.kind.data,
        paper=form.paper.data,
        hall=form.hall.data,
        language=form.language.data,
        only=form.only.data or "",
    )
    db().commit()
    if not is_new:
        flash(_("Signs are being printed already; here is that print."), "info")
    return redirect(url_for("jobs.job_detail", job_id=job.id))


@bp.get("/<edition>/console/plan/signs/<int:job_id>.pdf")
@needs("print.all")
def plan_signs_file(job_id: int):
    """The signs that a job printed."""
    job = jobs.job_of(db(), g.edition.id, job_id)
    if job is None or job.kind != KIND or job.state != "done":
        abort(404)
    path = print_path(current_app.extensions["expo_settings"].instance, g.edition.code, job.id)
    if not path.is_file():
        raise Refused(_("This print was cleared away. Print the signs again."))
    name = f"{g.edition.code}-signs-{job_id}.pdf"
    return send_file(path, mimetype=PDF, as_attachment=True, download_name=name, max_age=0)
