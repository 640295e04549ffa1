"""A schedule.xml of another system comes in: looked at first, then stored by a job."""

from base64 import b64encode
from typing import Any
from zlib import compress

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.forums import services
from expo.forums.forms.incoming import ImportForm
from expo.forums.incoming.arranging import plan_of
from expo.forums.incoming.reading import schedule_of
from expo.forums.incoming.values import Plan, Unreadable
from expo.forums.views.blueprint import bp
from expo.jobs import services as jobs
from expo.web import _, db, needs, refuse

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
        edition = services.edition_for(db(), plan, (form.code.data or "").strip())
    except (Refused, Unreadable) as refused:
        db().rollback()
        refuse(form, Refused(refused.sentence))
        return _page(form)
    packed = b64encode(compress(data)).decode("ascii")
    job, is_new = jobs.enqueue_once(
        db(), "programme.import", edition_id=edition.id, user_id=current_user.id, file=packed, zone=zone
    )
    db().commit()
    if not is_new:
        flash(_("An import into this edition is under way already; this is its page."), "info")
    return redirect(url_for("jobs.job_detail", edition=edition.code, job_id=job.id))


def _page(form: ImportForm, plan: Plan | None = None) -> Any:
    odd = plan.odd if plan else ()
    return render_template(
        "expo/forums/schedule_import.html",
        form=form,
        plan=plan,
        odd=odd[:MOST_ODD],
        unlisted=max(0, len(odd) - MOST_ODD),
    )
