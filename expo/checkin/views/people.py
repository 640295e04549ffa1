"""Exemptions: what holds for one person whatever the rules say."""

from flask import flash, g, redirect, render_template, url_for
from flask_login import current_user
from sqlmodel import select

from expo.checkin.forms import ExemptionForm
from expo.checkin.models import Area, Exemption
from expo.checkin.services import furnishing
from expo.checkin.views.blueprint import CONSOLE, area_choices, bp, own
from expo.errors import Refused
from expo.registration.models import Person
from expo.web import _, db, leaf, needs, refuse, telling

SIZE = 50


@bp.route(f"{CONSOLE}/exemptions", methods=["GET", "POST"])
@needs("checkin.manage")
def exemption_list():
    """Everybody who is let in or kept out by name, and a form for one more."""
    form = ExemptionForm(areas=area_choices())
    if form.accepted() and _added(form):
        return redirect(url_for("checkin.exemption_list"))
    found = (
        select(Exemption, Person.code, Person.name, Area.name)
        .join(Person, Person.id == Exemption.person_id)
        .outerjoin(Area, Area.id == Exemption.area_id)
        .where(Exemption.edition_id == g.edition.id)
        .order_by(Exemption.id.desc())
    )
    shown = leaf(len(db().exec(select(Exemption.id).where(Exemption.edition_id == g.edition.id)).all()), SIZE)
    rows = db().exec(found.limit(SIZE).offset(shown.offset)).all()
    return render_template("expo/checkin/exemptions.html", form=form, rows=rows, leaf=shown)


def _added(form: ExemptionForm) -> bool:
    values = form.values()
    if values["until"]:
        values["until"] = values["until"].replace(tzinfo=g.edition.zone_info)
    try:
        furnishing.exempt(db(), g.edition, form.code.data or "", values, current_user.name)
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return False
    flash(_("It holds from now on."), "good")
    return True


@bp.post(f"{CONSOLE}/exemptions/<int:number>/delete")
@needs("checkin.manage")
def exemption_delete(number: int):
    """The rules hold for the person again."""
    with telling(_("The rules hold for this person again.")):
        furnishing.delete(db(), own(Exemption, number))
        db().commit()
    return redirect(url_for("checkin.exemption_list"))
