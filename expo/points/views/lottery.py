"""The seed of the lottery, and the public page on how turns are decided."""

from flask import flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.points import services
from expo.points.forms import SeedForm
from expo.points.rule import read
from expo.points.views.blueprint import ADDRESS, bp
from expo.points.wording import explained
from expo.web import _, db, needs, public, refuse, telling


@bp.route(f"{ADDRESS}/lottery", methods=["GET", "POST"])
@needs("edition.edit")
def seed():
    """Choose the seed; publishing it is another step, and final."""
    form = SeedForm(data={"seed": g.edition.seed, "seed_note": g.edition.seed_note})
    if form.accepted():
        try:
            services.set_seed(db(), g.edition, form.seed.data, form.seed_note.data or "")
            db().commit()
            flash(_("The seed is set. Publish it when you are sure."), "good")
            return redirect(url_for("points.seed"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template("expo/points/seed.html", form=form)


@bp.post(f"{ADDRESS}/lottery/publish")
@needs("edition.edit")
def seed_publish():
    """Publish the seed, for good."""
    with telling(_("The seed is published. It stays from now on.")):
        services.publish_seed(db(), g.edition, request.form.get("seed", -1, type=int))
        db().commit()
    return redirect(url_for("points.seed"))


@bp.get("/<edition>/points")
@public
def published():
    """How turns are decided: the rule, the seed once it is published, and how anybody can draw the lots."""
    rule = read(g.edition.points_rule)
    return render_template(
        "expo/points/published.html",
        rule=explained(rule, g.edition.currency),
        version=rule.version,
        remembered=rule.remembered_years,
    )
