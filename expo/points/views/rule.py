"""The rule: written as a draft, tried on everybody, then applied."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from sqlmodel import func, select

from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.jobs import services as jobs
from expo.points import queries, services
from expo.points.forms import RuleForm, SureForm, rule_as_typed
from expo.points.rule import faults, read
from expo.points.services import LARGE, SHOWN_CHANGES
from expo.points.views.blueprint import ADDRESS, bp
from expo.points.wording import explained
from expo.web import _, db, needs, refuse, telling, words

RULE = f"{ADDRESS}/rule"


@bp.route(RULE, methods=["GET", "POST"])
@needs("edition.edit")
def rule_edit():
    """A draft of the next version; the rule in force stays until it is applied."""
    draft = services.draft_of(db(), g.edition)
    shown = read(draft.rule if draft else g.edition.points_rule)
    form = RuleForm(data=rule_as_typed(shown) | {"note": draft.note if draft else ""})
    if form.accepted():
        rule = form.rule()
        form.form_errors += [words(fault) for fault in faults(rule)]
        if not form.form_errors:
            try:
                seen = request.form.get("seen", 0, type=int)
                services.save_draft(db(), g.edition, rule, form.note.data or "", seen, current_user.id)
                db().commit()
                return redirect(url_for("points.rule_preview"))
            except Refused as refused:
                db().rollback()
                refuse(form, refused)
    return render_template(
        "expo/points/rule_edit.html",
        form=form,
        draft=services.draft_of(db(), g.edition),
        in_force=explained(read(g.edition.points_rule), g.edition.currency),
        versions=services.versions(db(), g.edition),
    )


@bp.get(f"{RULE}/preview")
@needs("edition.edit")
def rule_preview():
    """Who gains, who loses and whose turn changes if the draft is applied."""
    return _preview(SureForm(formdata=None))


def _preview(form: SureForm):
    draft = services.draft_of(db(), g.edition) or abort(redirect(url_for("points.rule_edit")))
    rule = read(draft.rule)
    effect = services.preview(db(), g.edition, rule)
    shown = effect.changes[:SHOWN_CHANGES]
    return render_template(
        "expo/points/rule_preview.html",
        draft=draft,
        rule=explained(rule, g.edition.currency),
        effect=effect,
        changes=shown,
        names=queries.names_of(db(), g.edition, [change.code for change in shown]),
        placed=queries.has_allotments(db(), g.edition),
        form=form,
    )


@bp.post(f"{RULE}/apply")
@needs("edition.edit")
def rule_apply():
    """Apply the draft that was looked at; where there are thousands, the worker does."""
    form = SureForm()
    if not form.accepted():
        return _preview(form)
    with telling():
        seen = request.form.get("seen", 0, type=int)
        if _is_large():
            return _queued("points.apply", seen=seen)
        rule = services.apply(db(), g.edition, seen)
        effect = rule.effect
        db().commit()
        flash(
            _(
                "Version %(version)s is in force: %(gain)s gain, %(lose)s lose, %(moved)s change their turn.",
                version=rule.version, gain=effect["gain"], lose=effect["lose"], moved=effect["moved"],
            ),
            "good",
        )  # fmt: skip
        return redirect(url_for("points.ranking"))
    return redirect(url_for("points.rule_preview"))


@bp.post(f"{ADDRESS}/count-anew")
@needs("edition.edit")
def count_anew():
    """Count everybody by the rule in force, say after payments came in."""
    with telling():
        if _is_large():
            return _queued("points.count_anew")
        effect = services.count_anew(db(), g.edition)
        db().commit()
        flash(_("Counted anew: %(gain)s gain, %(lose)s lose.", gain=effect.gain, lose=effect.lose), "good")
    return redirect(url_for("points.ranking"))


def _is_large() -> bool:
    number = select(func.count()).select_from(Exhibitor).where(Exhibitor.edition_id == g.edition.id)
    return db().exec(number).one() > LARGE


def _queued(kind: str, **arguments):
    job, is_new = jobs.enqueue_once(db(), kind, edition_id=g.edition.id, user_id=current_user.id, **arguments)
    db().commit()
    if not is_new:
        flash(_("This is under way already; here it is."), "info")
    return redirect(url_for("jobs.job_detail", job_id=job.id))


@bp.post(f"{RULE}/discard")
@needs("edition.edit")
def rule_discard():
    """Forget the draft."""
    with telling(_("The draft is discarded. The rule in force stays.")):
        services.discard_draft(db(), g.edition)
        db().commit()
    return redirect(url_for("points.ranking"))
