"""The stands of a hall as a table, and forms for all that the editor does with a pointer."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from expo.errors import Refused
from expo.venue import queries, services
from expo.venue.editing.history import in_words
from expo.venue.editing.requests import read_operations
from expo.venue.editing.shells import shell_of
from expo.venue.editing.sides import LETTERS
from expo.venue.forms import GenerateForm, RenumberForm, StandForm, cm
from expo.venue.models import Hall, Stand
from expo.venue.pillars import pillars
from expo.venue.views.blueprint import HALL, bp, hall_or_404, stand_or_404
from expo.web import _, db, needs, refuse, telling, words
from expo.web.leaves import leaf
from expo.words import say

LENGTHS = (
    "x", "y", "width", "depth", "unit_width", "unit_depth", "aisle", "cross_aisle", "margin",
)  # fmt: skip


@bp.get(f"{HALL}/stands")
@needs("venue.edit")
def stand_list(hall_id: int):
    """The stands, a page at a time, to choose from."""
    return _stands_page(hall_or_404(hall_id), RenumberForm(formdata=None))


def _stands_page(hall: Hall, form: RenumberForm):
    zone, wanted = request.args.get("zone", ""), request.args.get("q", "").strip()
    total = queries.stand_count(db(), hall, zone=zone, wanted=wanted)
    shown = leaf(total)
    rows = queries.stand_page(db(), hall, zone=zone, wanted=wanted, limit=shown.size, offset=shown.offset)
    boxes = {stand.code: (stand.x, stand.y, stand.width, stand.depth) for stand, _zone in rows}
    return render_template(
        "expo/venue/stand_list.html",
        hall=hall,
        form=form,
        zones=queries.zones_of(db(), hall.edition_id),
        rows=rows,
        pillars=pillars(shell_of(hall).columns, boxes),
        holders=queries.holders(db(), hall),
        last=_last(hall),
        total=total,
        shown=shown,
        is_filtered=bool(zone or wanted),
        sides=lambda bits: "".join(letter for letter, bit in LETTERS.items() if bits & bit),
    )


def _last(hall: Hall) -> tuple[str, str] | None:
    """Who made the last change and what it was, if it can be undone."""
    last = queries.last_edit(db(), hall)
    if last is None or "undo" not in last.changes:
        return None
    return last.actor, "; ".join(words(sentence) for sentence in in_words(last.changes))


@bp.post(f"{HALL}/stands")
@needs("venue.edit")
def stand_many(hall_id: int):
    """Do something with all stands that were ticked: change, split, merge, renumber or delete them."""
    hall, chosen = hall_or_404(hall_id), request.form.getlist("stand")
    form = RenumberForm()
    act = request.form.get("act", "")
    if act == "renumber" and not form.validate():
        return _stands_page(hall, form)
    with telling():
        if not chosen:
            raise Refused(say("Tick the stands first."))
        _do(hall, _many(act, chosen, form))
    return redirect(request.full_path.rstrip("?"))


def _many(act: str, chosen: list[str], form: RenumberForm) -> list[dict[str, Any]]:
    if act == "renumber":
        return [
            {
                "op": "renumber",
                "stands": chosen,
                "pattern": form.pattern.data,
                "start": form.start.data,
                "direction": form.direction.data,
                "serpentine": form.serpentine.data,
            }
        ]
    if act == "zone":
        return [{"op": "set", "stands": chosen, "values": {"zone": request.form.get("zone", "")}}]
    if act in ("split-x", "split-y"):
        parts = request.form.get("parts", 2, type=int)
        return [{"op": "split", "stand": one, "parts": parts, "axis": act[-1]} for one in chosen]
    return [{"op": act, "stands": chosen}]


def _do(hall: Hall, operations: list[dict[str, Any]]) -> None:
    edited = services.edit(db(), hall, None, read_operations(operations))
    db().commit()
    for note in edited.outcome.notes:
        flash(words(note), "info")
    flash(_("Saved. The hall is at version %(version)s.", version=edited.version), "good")


def _try(hall: Hall, form, operations: list[dict[str, Any]]) -> bool:
    """Do it, or put the reason why not among the form's errors."""
    try:
        _do(hall, operations)
        return True
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return False


@bp.post(f"{HALL}/undo/<int:version>")
@needs("venue.edit")
def hall_undo(hall_id: int, version: int):
    """Take the last change of the hall back, whoever left the page since."""
    hall = hall_or_404(hall_id)
    with telling():
        edited = services.take_back(db(), hall, version)
        db().commit()
        flash(_("Undone. The hall is at version %(version)s.", version=edited.version), "good")
    return redirect(url_for("venue.stand_list", hall_id=hall_id))


@bp.route(f"{HALL}/stands/new", methods=["GET", "POST"])
@needs("venue.edit")
def stand_new(hall_id: int):
    """One more stand."""
    hall = hall_or_404(hall_id)
    form = _with_zones(StandForm(), hall)
    if form.accepted() and _try(hall, form, [{"op": "add", "stands": [_typed(form)]}]):
        return redirect(url_for("venue.stand_list", hall_id=hall.id))
    return render_template("expo/venue/stand_form.html", form=form, hall=hall, stand=None)


@bp.route(f"{HALL}/stands/<int:stand_id>", methods=["GET", "POST"])
@needs("venue.edit")
def stand_edit(hall_id: int, stand_id: int):
    """A stand's place, size and what it offers."""
    hall = hall_or_404(hall_id)
    stand = stand_or_404(hall, stand_id)
    zones = {zone.id: zone.code for zone in queries.zones_of(db(), hall.edition_id)}
    form = _with_zones(StandForm(data=_shown(stand, zones[stand.zone_id])), hall)
    if form.accepted() and _try(hall, form, [{"op": "put", "stands": [{"was": stand.code, **_typed(form)}]}]):
        return redirect(url_for("venue.stand_list", hall_id=hall.id))
    return render_template("expo/venue/stand_form.html", form=form, hall=hall, stand=stand)


def _with_zones(form, hall: Hall):
    form.zone.choices = [
        SelectChoice(zone.code, zone.code) for zone in queries.zones_of(db(), hall.edition_id)
    ]
    return form


def _shown(stand: Stand, zone: str) -> dict[str, Any]:
    return {
        "code": stand.code,
        "zone": zone,
        "kind": stand.kind,
        **{f"{name}_m": getattr(stand, name) / 100 for name in ("x", "y", "width", "depth")},
        "power_kw": stand.power_kw,
        "water": stand.water,
        "height_m": stand.height_cm / 100 if stand.height_cm else None,
        "load_kg_m2": stand.load_kg_m2,
    }


def _typed(form: StandForm) -> dict[str, Any]:
    return {
        "code": form.code.data,
        "zone": form.zone.data,
        "kind": form.kind.data,
        **{name: cm(form[f"{name}_m"].data) for name in ("x", "y", "width", "depth")},
        "power_kw": form.power_kw.data,
        "water": form.water.data,
        "height_cm": cm(form.height_m.data) or None,
        "load_kg_m2": form.load_kg_m2.data or None,
    }


@bp.route(f"{HALL}/generate", methods=["GET", "POST"])
@needs("venue.edit")
def stands_generate(hall_id: int):
    """Many stands at once, by a layout."""
    hall = hall_or_404(hall_id)
    form = _with_zones(GenerateForm(), hall)
    form.zone.choices = [SelectChoice("", _("as drawn there")), *(form.zone.choices or ())]
    if form.accepted() and _try(hall, form, [_layout(form, hall)]):
        return redirect(url_for("venue.stand_list", hall_id=hall.id))
    return render_template("expo/venue/generate.html", form=form, hall=hall)


def _layout(form: GenerateForm, hall: Hall) -> dict[str, Any]:
    layout = {name: cm(form[f"{name}_m"].data) for name in LENGTHS}
    layout["width"] = layout["width"] or max(hall.width - layout["x"], 0)
    layout["depth"] = layout["depth"] or max(hall.depth - layout["y"], 0)
    more = ("shape", "across", "down", "heads", "upright", "wall_rows", "corner")
    return {
        "op": "generate",
        "layout": layout | {name: form[name].data for name in more},
        **{name: form[name].data for name in ("zone", "kind", "power_kw", "pattern", "start")},
    }
