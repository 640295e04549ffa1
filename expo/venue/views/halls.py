"""Halls and zones: the list with the area ledger, and the forms that make and change them."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for

from expo.errors import Refused
from expo.languages import tidy
from expo.venue import notation, queries, services
from expo.venue.editing.requests import read_operations
from expo.venue.editing.shells import area_json, shell_json
from expo.venue.forms import HallForm, ZoneForm, cm
from expo.venue.models import Hall, Zone
from expo.venue.signs import letter_of
from expo.venue.views.blueprint import ADDRESS, HALL, bp, hall_or_404, zone_or_404
from expo.web import _, db, needs, refuse, telling

LISTS = ("outline", "walls", "columns", "entrances", "aisles", "utilities")


@bp.get(ADDRESS)
@needs("venue.edit")
def hall_list():
    """Halls with what stands in them, zones with how much of their area is used."""
    zones = queries.zone_lines(db(), g.edition)
    return render_template(
        "expo/venue/hall_list.html",
        halls=queries.hall_lines(db(), g.edition),
        zones=[(letter_of(place), line) for place, line in enumerate(zones)],
        gross_m2=sum(line.zone.gross_m2 for line in zones),
    )


# ---- halls ----


@bp.route(f"{ADDRESS}/new", methods=["GET", "POST"])
@needs("venue.edit")
def hall_new():
    """A hall that was not there yet."""
    form = HallForm()
    if form.accepted() and (hall := _saved(form, None)):
        flash(_("The hall is there. Draw its stands or generate them."), "good")
        return redirect(url_for("venue.hall_editor", hall_id=hall.id))
    return render_template("expo/venue/hall_form.html", form=form, hall=None)


@bp.route(f"{HALL}/edit", methods=["GET", "POST"])
@needs("venue.edit")
def hall_edit(hall_id: int):
    """A hall's name, size and what is built into it."""
    hall = hall_or_404(hall_id)
    form = HallForm(data=_typed(hall))
    if form.accepted() and _saved(form, hall):
        flash(_("Saved."), "good")
        return redirect(url_for("venue.hall_list"))
    return render_template("expo/venue/hall_form.html", form=form, hall=hall)


def _typed(hall: Hall) -> dict[str, Any]:
    floor = services.floor_of(db(), hall)
    shell = shell_json(floor.shell)
    return {
        "code": hall.code,
        "name": hall.name,
        "width_m": hall.width / 100,
        "depth_m": hall.depth / 100,
        "site_x_m": hall.site_x / 100,
        "site_y_m": hall.site_y / 100,
        "clear_height_m": hall.clear_height_cm / 100 if hall.clear_height_cm else None,
        "load_kg_m2": hall.load_kg_m2,
        **{name: notation.write(name, shell[name]) for name in LISTS},
        "areas": notation.write("areas", [area_json(area) for area in floor.areas]),
    }


def _saved(form: HallForm, hall: Hall | None) -> Hall | None:
    """The hall as typed, or nothing when a rule says no; then the form says which."""
    values = {
        "code": form.code.data,
        "name": tidy(form.name.data),
        "site_x": cm(form.site_x_m.data),
        "site_y": cm(form.site_y_m.data),
    }
    built = {
        "width": cm(form.width_m.data),
        "depth": cm(form.depth_m.data),
        "clear_height_cm": cm(form.clear_height_m.data) or None,
        "load_kg_m2": form.load_kg_m2.data or None,
        **{name: form[name].items for name in LISTS},
    }
    try:
        if hall is None:
            values |= {"width": built["width"], "depth": built["depth"]}
        hall = services.save_hall(db(), g.edition, hall, values)
        operations = read_operations(
            [{"op": "hall", "values": built}, {"op": "areas", "areas": form.areas.items}]
        )
        services.edit(db(), hall, None, operations)
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return None
    return hall


@bp.post(f"{HALL}/delete")
@needs("venue.edit")
def hall_delete(hall_id: int):
    """Take a hall away."""
    with telling(_("The hall is deleted.")):
        services.delete_hall(db(), hall_or_404(hall_id))
        db().commit()
    return redirect(url_for("venue.hall_list"))


# ---- zones ----


@bp.route(f"{ADDRESS}/zones/new", methods=["GET", "POST"])
@needs("venue.edit")
def zone_new():
    """A zone that was not there yet."""
    form = ZoneForm(data={"hue": len(queries.zones(db(), g.edition)) % 8 + 1})
    if form.accepted() and _zone_saved(form, None):
        return redirect(url_for("venue.hall_list") + "#zones")
    return render_template("expo/venue/zone_form.html", form=form, zone=None)


@bp.route(f"{ADDRESS}/zones/<int:zone_id>", methods=["GET", "POST"])
@needs("venue.edit")
def zone_edit(zone_id: int):
    """A zone's name, areas, colour and who may stand in it."""
    zone = zone_or_404(zone_id)
    form = ZoneForm(
        data={
            "code": zone.code,
            "name": zone.name,
            "gross_m2": zone.gross_m2,
            "net_m2": zone.net_m2,
            "hue": zone.hue,
            "countries": " ".join(zone.countries),
            "sectors": "; ".join(zone.sectors),
        }
    )
    if form.accepted() and _zone_saved(form, zone):
        flash(_("Saved."), "good")
        return redirect(url_for("venue.hall_list") + "#zones")
    return render_template("expo/venue/zone_form.html", form=form, zone=zone)


def _zone_saved(form: ZoneForm, zone: Zone | None) -> Zone | None:
    values = {
        "code": form.code.data,
        "name": tidy(form.name.data),
        "gross_m2": form.gross_m2.data,
        "net_m2": form.net_m2.data,
        "hue": form.hue.data,
        "countries": form.country_codes(),
        "sectors": form.sector_names(),
    }
    try:
        zone = services.save_zone(db(), g.edition, zone, values)
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return None
    return zone


@bp.post(f"{ADDRESS}/zones/<int:zone_id>/delete")
@needs("venue.edit")
def zone_delete(zone_id: int):
    """Take a zone away."""
    with telling(_("The zone is deleted.")):
        services.delete_zone(db(), zone_or_404(zone_id))
        db().commit()
    return redirect(url_for("venue.hall_list") + "#zones")
