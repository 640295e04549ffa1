"""One exhibitor's sheet of points: every origin, every fact, and a form for more."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask_login import current_user

from expo.clock import now
from expo.errors import Refused
from expo.exhibitors import services as exhibitors
from expo.exhibitors import stages
from expo.exhibitors.application import SOURCES
from expo.exhibitors.models import Exhibitor, Organisation
from expo.points import queries, services
from expo.points.counting import filled
from expo.points.forms import FactForm, RetractForm
from expo.points.rule import read
from expo.points.views.blueprint import ADDRESS, bp
from expo.points.wording import BASES
from expo.web import _, db, needs, refuse, words

SHEET = f"{ADDRESS}/exhibitors/<code>"


def _exhibitor(code: str) -> Exhibitor:
    return exhibitors.exhibitor_by_code(db(), g.edition.id, code) or abort(404)


@bp.get(SHEET)
@needs("exhibitors.review")
def sheet(code: str):
    """The points with their origins, and what is written down."""
    return _page(_exhibitor(code))


def _page(exhibitor: Exhibitor, form: FactForm | None = None, retracting: tuple | None = None):
    rule = read(g.edition.points_rule)
    today = now().astimezone(g.edition.zone_info).date()
    ranked = exhibitor.state in ("submitted", "accepted")
    return render_template(
        "expo/points/sheet.html",
        exhibitor=exhibitor,
        organisation=db().get_one(Organisation, exhibitor.organisation_id),
        turn=queries.turn_of(db(), g.edition, exhibitor) if ranked else None,
        draw=queries.draw_of(db(), g.edition, exhibitor),
        facts=services.facts(db(), g.edition, exhibitor.organisation_id),
        rule=rule,
        lines=filled(exhibitor.points_origin, rule),
        sources=SOURCES,
        bases=BASES,
        names=stages.NAMES,
        tones=stages.TONES,
        form=form or FactForm(formdata=None, rule=rule, data={"on_date": today, "figure": 1}),
        retract_form=retracting[1] if retracting else RetractForm(formdata=None),
        retracting=retracting[0] if retracting else None,
    )


@bp.post(f"{SHEET}/facts")
@needs("exhibitors.review")
def fact_add(code: str):
    """Write a fact down."""
    exhibitor = _exhibitor(code)
    form = FactForm(rule=read(g.edition.points_rule))
    if form.accepted():
        source, _colon, kind = form.what.data.partition(":")
        try:
            services.record(
                db(), g.edition, exhibitor, source, kind, form.figure.data, form.on_date.data,
                form.note.data or "", current_user.id,
            )  # fmt: skip
            db().commit()
            flash(_("Written down and counted."), "good")
            return redirect(url_for("points.sheet", code=code))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _page(_exhibitor(code), form)


@bp.post(f"{SHEET}/facts/<int:number>/retract")
@needs("exhibitors.review")
def fact_retract(code: str, number: int):
    """Take a fact back, with a reason."""
    exhibitor, form = _exhibitor(code), RetractForm()
    fact = services.fact_of(db(), g.edition, exhibitor.organisation_id, number) or abort(404)
    if form.accepted():
        try:
            services.retract(db(), g.edition, exhibitor, fact, form.reason.data or "")
            db().commit()
            flash(_("Taken back; it counts no longer."), "good")
            return redirect(url_for("points.sheet", code=code))
        except Refused as refused:
            db().rollback()
            form.form_errors.append(words(refused.sentence))
    return _page(_exhibitor(code), retracting=(number, form))
