"""Deciding on many applications at once, and filters under a name."""

from urllib.parse import parse_qsl, urlencode

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.exhibitors import services, stages
from expo.exhibitors.forms import DecideForm, ViewForm
from expo.exhibitors.views.blueprint import bp
from expo.exhibitors.views.review import ADDRESS, chosen_filter, filter_query, portal_link
from expo.jobs import services as jobs
from expo.web import _, db, needs, ngettext, refuse, telling, words
from expo.web.language import in_language

AT_ONCE = 200
"""More than so many are left to the worker."""
WANTED = ("accepted", "rejected", "draft")


@bp.get(f"{ADDRESS}/decide-many")
@needs("exhibitors.review")
def foresee():
    """What deciding on the chosen ones, or on all that the filter finds, would do."""
    wanted = request.args.get("wanted", "accepted")
    return _page(wanted if wanted in WANTED else abort(404), DecideForm(formdata=None))


def _page(wanted: str, form: DecideForm):
    codes = None if request.args.get("all") else list(dict.fromkeys(request.values.getlist("code")))
    outcome = services.foresee(db(), g.edition, wanted, codes, chosen_filter())
    return render_template(
        "expo/exhibitors/decide_many.html",
        wanted=wanted,
        outcome=outcome,
        form=form,
        names=stages.NAMES,
        back=filter_query(),
        most=services.MOST_AT_ONCE,
        needs_a_sentence=wanted in stages.NEEDS_A_SENTENCE,
    )


@bp.post(f"{ADDRESS}/decide-many/<any(accepted,rejected,draft):wanted>")
@needs("exhibitors.review")
def decide_many(wanted: str):
    """Decide on all that were looked at; each is decided by itself, and who changed meanwhile is left out."""
    form, codes = DecideForm(), list(dict.fromkeys(request.form.getlist("code")))
    if not form.accepted():
        return _page(wanted, form)
    try:
        if not codes:
            raise Refused(_("Nobody is chosen."))
        if wanted in stages.NEEDS_A_SENTENCE and not (form.reason.data or "").strip():
            raise Refused(_("Write a sentence that tells the exhibitors why."))
        if len(codes) > AT_ONCE:
            return _leave_to_worker(wanted, codes, form.reason.data or "")
        done, refused = services.decide_many(db(), g.edition, wanted, codes, form.reason.data or "")
        for exhibitor in done:
            services.tell_decision(db(), g.edition, exhibitor, wanted, portal_link(), in_language)
        db().commit()
    except Refused as no:
        db().rollback()
        refuse(form, no)
        return _page(wanted, form)
    _tell(wanted, len(done), refused)
    return redirect(url_for("exhibitors.review_queue"))


def _tell(wanted: str, done: int, refused: list) -> None:
    name = words(stages.NAMES[wanted])
    said = ngettext("%(num)s application: %(state)s.", "%(num)s applications: %(state)s.", done, state=name)
    flash(said, "good" if done else "info")
    for code, sentence in refused[:10]:
        flash(f"{code}: {words(sentence)}", "bad")


def _leave_to_worker(wanted: str, codes: list[str], reason: str):
    job, is_new = jobs.enqueue_once(
        db(),
        "applications.decide",
        edition_id=g.edition.id,
        user_id=current_user.id,
        wanted=wanted,
        codes=codes,
        reason=reason,
        link=portal_link(),
    )
    db().commit()
    if not is_new:
        flash(_("A decision on many is under way already; here it is."), "info")
    return redirect(url_for("jobs.job_detail", job_id=job.id))


@bp.post(f"{ADDRESS}/views")
@needs("exhibitors.review")
def view_save():
    """Keep a filter under a name."""
    form = ViewForm()
    query = (form.query.data or "") if form.accepted() else ""
    with telling():
        if form.errors:
            raise Refused(_("Give the view a name of up to 80 letters."))
        services.save_view(
            db(), g.edition.id, current_user.id, form.name.data or "", query, shared=bool(form.shared.data)
        )
        db().commit()
        flash(_("The view is kept."), "good")
    return redirect(f"{url_for('exhibitors.review_queue')}?{urlencode(parse_qsl(query))}")


@bp.post(f"{ADDRESS}/views/<int:number>/remove")
@needs("exhibitors.review")
def view_remove(number: int):
    """Forget one's own view."""
    with telling(_("The view is deleted.")):
        services.drop_view(db(), g.edition.id, current_user.id, number)
        db().commit()
    return redirect(url_for("exhibitors.review_queue"))
