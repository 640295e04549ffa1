"""The organiser's page of phases and rules of requests."""

from datetime import date

from flask import flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.web import _, db, needs, refuse, words
from matchmaking.phases import services as phases
from matchmaking.phases.spans import NAMES, PHASES, WHAT
from matchmaking.requests import services
from matchmaking.requests.forms import RulesForm
from matchmaking.requests.views.blueprint import CONSOLE, bp, phase


@bp.route(f"{CONSOLE}/rules", methods=["GET", "POST"])
@needs("meetings.run")
def rules():
    """Caps, times and letters; beside them the dates of the phases."""
    form = RulesForm(obj=services.settings_of(db(), g.edition))
    if form.accepted():
        try:
            given = {name: value for name, value in form.data.items() if name != "csrf_token"}
            services.save_settings(db(), g.edition, given)
            db().commit()
            flash(_("The rules are saved. What is open already stays as it is."), "good")
            return redirect(url_for("requests.rules"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _page(form, {})


@bp.post(f"{CONSOLE}/phases")
@needs("meetings.run")
def phase_dates():
    """Save the dates of the phases."""
    typed = {
        f"{name}-{end}": request.form.get(f"{name}-{end}", "").strip()
        for name in PHASES
        for end in ("opens", "closes")
    }
    wrong = ""
    try:
        given = {name: (_day(typed[f"{name}-opens"]), _day(typed[f"{name}-closes"])) for name in PHASES}
        phases.save(db(), g.edition, given)
        db().commit()
        flash(_("The phases are saved."), "good")
        return redirect(url_for("requests.rules"))
    except ValueError:
        wrong = _("Type dates like 2026-05-31, or leave the field empty.")
    except Refused as refused:
        wrong = words(refused.sentence)
    db().rollback()
    return _page(RulesForm(formdata=None, obj=services.settings_of(db(), g.edition)), typed, wrong)


def _day(typed: str) -> date | None:
    return date.fromisoformat(typed) if typed else None


def _page(form: RulesForm, typed: dict[str, str], wrong: str = ""):
    now = phase()
    for name, span in now["spans"].items():
        typed.setdefault(f"{name}-opens", str(span.opens_on or ""))
        typed.setdefault(f"{name}-closes", str(span.closes_on or ""))
    return render_template(
        "matchmaking/requests/rules.html",
        form=form,
        phases=PHASES,
        names=NAMES,
        what=WHAT,
        typed=typed,
        wrong=wrong,
        phase=now,
    )
