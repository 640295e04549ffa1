"""Stand staff and their badges."""

from flask import abort, flash, redirect, render_template, url_for

from expo.errors import Refused
from expo.languages import tidy
from expo.web import _, db, needs, refuse, telling
from expo.web.language import language
from matchmaking.portal import services
from matchmaking.portal.forms import StaffForm
from matchmaking.portal.views.application import ADDRESS
from matchmaking.portal.views.blueprint import bp, own


@bp.route(f"{ADDRESS}/staff", methods=["GET", "POST"])
@needs("portal.use")
def staff_list():
    """Who has a badge of this stand, how many are left, and a form for one more."""
    exhibitor, organisation, _others = own()
    form = StaffForm(data={"country": organisation.country, "language": language()})
    if form.accepted():
        try:
            services.add_staff(db(), exhibitor, _given(form))
            db().commit()
            flash(_("The person is added."), "good")
            return redirect(url_for("portal.staff_list"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    exhibitor = own().exhibitor
    return render_template(
        "matchmaking/portal/staff_list.html",
        exhibitor=exhibitor,
        rows=services.staff(db(), exhibitor),
        quota=services.quota_of(db(), exhibitor),
        area=services.area_of(db(), exhibitor),
        form=form,
    )


def _given(form: StaffForm) -> dict:
    return {
        "name": tidy(form["name"].data),
        "position": (form.position.data or "").strip(),
        "country": form.country.data,
        "email": form.email.data or "",
        "language": form.language.data,
    }


@bp.post(f"{ADDRESS}/staff/<code>/remove")
@needs("portal.use")
def staff_remove(code: str):
    """Take somebody off the list."""
    person = services.staff_member(db(), own().exhibitor, code) or abort(404)
    with telling(_("The person is taken off the list.")):
        services.remove_staff(db(), person)
        db().commit()
    return redirect(url_for("portal.staff_list"))
