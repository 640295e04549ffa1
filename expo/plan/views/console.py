"""The organiser's pages: what strangers see, where the plan is embedded, what is wanted most."""

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.allocation.prints import as_markup
from expo.errors import Refused
from expo.languages import LANGUAGES, pick
from expo.plan import queries, services
from expo.plan.demand import by_zone, class_of, demand, steps
from expo.plan.embedding import snippet
from expo.plan.forms import SettingsForm, SignsForm
from expo.plan.prints.drawing import heat_drawing
from expo.plan.views.blueprint import bp
from expo.venue import queries as venue
from expo.web import _, db, needs, refuse
from expo.web.language import as_number, language
from expo.web.security import site_address

MOST_ROWS = 50


@bp.route("/<edition>/console/plan", methods=["GET", "POST"])
@needs("venue.edit")
def plan_console():
    """What strangers see of the plan; the snippet for other sites; everything that can be printed."""
    chosen = queries.settings_of(db(), g.edition)
    form = SettingsForm(obj=chosen, data={"sites": "\n".join(chosen.embed_sites)})
    if form.accepted():
        try:
            services.change_settings(
                db(),
                g.edition,
                names=form.names.data,
                shows_free=form.shows_free.data,
                shows_held=form.shows_held.data,
                embedding=form.embedding.data,
                sites=form.sites.data or "",
            )
            db().commit()
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
        else:
            flash(_("Kept. The public plan follows at once."), "good")
            return redirect(url_for("plan.plan_console"))
    halls = [(hall.code, pick(hall.name, language()) or hall.code) for hall in venue.halls(db(), g.edition)]
    signs = SignsForm(halls, formdata=None, data={"language": language()})
    return render_template(
        "expo/plan/console.html",
        form=form,
        signs=signs,
        halls=halls,
        chosen=chosen,
        snippet=snippet(
            f"{site_address()}{url_for('plan.plan_embed')}?language={language()}",
            _("Floor plan of %(edition)s", edition=pick(g.edition.name, language())),
        ),
        papers=("A4", "A3", "A1"),
        tongues=list(LANGUAGES.items()),
    )


@bp.get("/<edition>/console/plan/demand")
@needs("allocation.run")
def plan_demand():
    """How much each stand is wanted: a hall in colours, and the same as a table."""
    halls = venue.halls(db(), g.edition)
    codes = [hall.code for hall in halls]
    asked = request.args.get("hall", codes[0] if codes else "")
    if codes and asked not in codes:
        abort(404)
    places, wishes = queries.places(db(), g.edition), queries.wishes(db(), g.edition)
    found = demand(places, wishes)
    ends = steps(one.score for one in found.values())
    heat = {code: (class_of(one.score, ends), _figure(one.score)) for code, one in found.items()}
    zones = venue.zones(db(), g.edition)
    applied = by_zone(queries.asked_areas(db(), g.edition), {zone.code: zone.net_m2 for zone in zones})
    own = [place for place in places if place.hall == asked]
    own.sort(key=lambda place: (-found[place.code].score, place.code))
    return render_template(
        "expo/plan/demand.html",
        halls=[(hall.code, pick(hall.name, language()) or hall.code) for hall in halls],
        hall=asked,
        drawing=as_markup(heat_drawing(db(), g.edition, language(), asked, heat)) if codes else "",
        classes=_classes(ends),
        rows=[(place, found[place.code], heat[place.code][0]) for place in own[:MOST_ROWS]],
        left=max(0, len(own) - MOST_ROWS),
        zones=[(zone, *applied[zone.code]) for zone in zones],
        wishes=len(wishes),
    )


def _figure(score: float) -> str:
    return as_number(score, 2 if score < 10 else 0) if score else ""


def _classes(ends: list[float]) -> list[tuple[int, str]]:
    """The legend: each class with the scores it holds."""
    said = [(0, _("nobody asked for it"))]
    low = 0.0
    for level, end in enumerate(ends, 1):
        said.append((level, _("over %(low)s to %(high)s", low=as_number(low, 2), high=as_number(end, 2))))
        low = end
    return said
