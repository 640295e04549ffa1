"""When applications are taken."""

from flask import flash, g, redirect, render_template, url_for

from expo.clock import now
from expo.errors import Refused
from expo.exhibitors import period, services
from expo.exhibitors.forms import PeriodForm
from expo.exhibitors.views.blueprint import bp
from expo.web import _, db, needs, refuse

ADDRESS = "/<edition>/console/applications/period"


@bp.route(ADDRESS, methods=["GET", "POST"])
@needs("edition.edit")
def application_period():
    """From when until when, by the clocks of the venue."""
    zone = g.edition.zone_info
    opens, closes = (
        at and at.astimezone(zone).replace(tzinfo=None)
        for at in (g.edition.applications_open_at, g.edition.applications_close_at)
    )
    form = PeriodForm(data={"opens_at": opens, "closes_at": closes})
    if form.accepted():
        try:
            given = (form.opens_at.data, form.closes_at.data)
            services.set_period(db(), g.edition, *(at and at.replace(tzinfo=zone) for at in given))
            db().commit()
            flash(_("Saved."), "good")
            return redirect(url_for("exhibitors.application_period"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    edition = g.edition
    at = period.standing(edition.applications_open_at, edition.applications_close_at, now())
    return render_template("expo/exhibitors/application_period.html", form=form, standing=at)
