"""Plans and lists from files: upload, look at what would come of it, take it over or drop it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup
from wtforms.fields.choices import SelectChoice

from expo.errors import Refused
from expo.jobs import services as jobs
from expo.jobs.handlers import from_json
from expo.languages import listed, pick
from expo.venue import queries, services
from expo.venue.drawing.paint import Look, Words
from expo.venue.drawing.plan import HallShape, Place, plan_of
from expo.venue.drawing.rows import signs_of
from expo.venue.drawing.svg import hall_svg
from expo.venue.editing.floor import Floor
from expo.venue.editing.rules import WHAT
from expo.venue.forms import DrawingForm, ListForm, PlanFileForm, cm
from expo.venue.models import DrawingImport, Hall
from expo.venue.services.importing import Tried
from expo.venue.sketches.taking import ROLES
from expo.venue.views.blueprint import HALL, bp, hall_or_404
from expo.web import _, db, needs, ngettext, refuse, telling, words
from expo.web.language import language

LARGEST_FILE = 24 << 20
MOST_LISTED = 200
MOST_TROUBLES = 30


@bp.route(f"{HALL}/import", methods=["GET", "POST"])
@needs("venue.edit")
def hall_import(hall_id: int):
    """Choose a file; nothing of it is in the hall before it is taken over."""
    hall = hall_or_404(hall_id)
    form = PlanFileForm()
    if form.accepted():
        try:
            data = form.file.data.stream.read(LARGEST_FILE + 1)
            if len(data) > LARGEST_FILE:
                raise Refused(_("The file has more than %(mb)s MB.", mb=LARGEST_FILE >> 20))
            row = services.keep_import(db(), hall, current_user.id, form.file.data.filename or "", data)
            if services.is_packed(row):
                _read_later(hall, row)
            db().commit()
            return redirect(url_for("venue.import_preview", hall_id=hall.id))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    waiting = services.kept_import(db(), hall, current_user.id)
    return render_template("expo/venue/import.html", form=form, hall=hall, waiting=waiting)


@bp.route(f"{HALL}/import/preview", methods=["GET", "POST"])
@needs("venue.edit")
def import_preview(hall_id: int):
    """What the file holds and what would come of it, to be set right, taken over or dropped."""
    hall = hall_or_404(hall_id)
    row = services.kept_import(db(), hall, current_user.id)
    if row is None:
        return redirect(url_for("venue.hall_import", hall_id=hall.id))
    act = request.form.get("act", "")
    if act == "drop":
        services.drop_import(db(), row)
        db().commit()
        return redirect(url_for("venue.hall_import", hall_id=hall.id))
    if services.is_packed(row):
        return _waiting(hall, row)
    form = _form(hall, row)
    if form.accepted():
        row.settings = row.settings | _settings(form, row)
        db().add(row)
        db().commit()
        if act != "take":
            return redirect(url_for("venue.import_preview", hall_id=hall.id) + "#outcome")
        with telling():
            _take(hall, row)
            return redirect(url_for("venue.hall_editor", hall_id=hall.id))
        row = services.kept_import(db(), hall, current_user.id)
        return redirect(url_for("venue.import_preview", hall_id=hall.id) + "#outcome")
    return _preview(hall, row, form)


def _read_later(hall: Hall, row: DrawingImport) -> None:
    job = jobs.enqueue(
        db(), "venue.read", edition_id=hall.edition_id, user_id=current_user.id, import_id=row.id
    )
    services.await_job(db(), row, job.id)


def _waiting(hall: Hall, row: DrawingImport):
    """The file is still being read, or could not be."""
    job = jobs.job_of(db(), hall.edition_id, row.settings.get("job") or 0)
    if job is None:  # swept away long ago
        services.drop_import(db(), row)
        db().commit()
        return redirect(url_for("venue.hall_import", hall_id=hall.id))
    message = from_json(job.message)
    return render_template(
        "expo/venue/import_waiting.html", hall=hall, row=row, job=job,
        message=words(message) if message else "",
    )  # fmt: skip


def _take(hall: Hall, row: DrawingImport) -> None:
    tried = services.take_over(db(), hall, row, dry=False)
    if tried.edited is None:
        raise Refused(_("There is nothing to take over. Say which layers hold stands, walls or columns."))
    services.drop_import(db(), row)
    db().commit()
    flash(_("Taken over. The hall is at version %(version)s.", version=tried.edited.version), "good")


def _form(hall: Hall, row: DrawingImport) -> DrawingForm | ListForm:
    if row.kind == "stands":
        return ListForm(data=row.settings)
    settings = row.settings
    length = Decimal(str(settings["length_units"]))
    form = DrawingForm(
        data=settings
        | {
            "length_units": length,
            "length_m": round(length * Decimal(str(settings["unit_cm"])) / 100, 3),
            "x_m": Decimal(settings["x"]) / 100,
            "y_m": Decimal(settings["y"]) / 100,
        }
    )
    zones = [SelectChoice(zone.code, zone.code) for zone in queries.zones_of(db(), hall.edition_id)]
    form.zone.choices = [SelectChoice("", _("as drawn there")), *zones]
    return form


def _settings(form: DrawingForm | ListForm, row: DrawingImport) -> dict[str, Any]:
    if isinstance(form, ListForm):
        return {"replace": form.replace.data}
    roles = {}
    for number, layer in enumerate(sorted(row.settings["roles"])):
        role = request.form.get(f"role-{number}", "")
        roles[layer] = role if role in ROLES else row.settings["roles"][layer]
    units, length = form.length_units.data or Decimal(1), form.length_m.data or Decimal(1)
    return {
        "roles": roles,
        "unit_cm": float(length * 100 / units),
        "length_units": float(units),
        "x": cm(form.x_m.data),
        "y": cm(form.y_m.data),
        **{name: form[name].data for name in ("zone", "kind", "pattern", "bare", "replace")},
    }


def _preview(hall: Hall, row: DrawingImport, form: DrawingForm | ListForm):
    tried = Tried(None, None, None, None)
    try:
        tried = services.take_over(db(), hall, row, dry=True)
    except Refused as refused:
        tried = Tried(None, refused, None, None)
    floor = tried.edited.outcome.floor if tried.edited else None
    return render_template(
        "expo/venue/import_preview.html",
        hall=hall,
        row=row,
        form=form,
        layers=_layers(row),
        roles=_roles(),
        tried=tried,
        problems=tried.list.problems[:MOST_LISTED] if tried.list else [],
        most=MOST_LISTED,
        most_troubles=MOST_TROUBLES,
        of_hall=_changed(tried.edited.changes.hall) if tried.edited else "",
        rows_of=dict(zip((s.get("code", "") for s in tried.list.stands), tried.list.rows, strict=True))
        if tried.list
        else {},
        drawing=_drawing(hall, floor) if floor else None,
    )


def _changed(fields: Iterable[str]) -> str:
    """What would be another at the hall itself, named once each."""
    return listed(dict.fromkeys(words(WHAT[field]) for field in fields if field in WHAT), language())


def _layers(row: DrawingImport) -> list[tuple[str, tuple[int, int, int], str]]:
    """Layer, what is on it, its role."""
    if row.kind == "stands":
        return []
    found = services.sketch_of(row).layers()
    return [(name, found.get(name, (0, 0, 0)), role) for name, role in sorted(row.settings["roles"].items())]


def _roles() -> dict[str, str]:
    return {
        "ignore": _("leave out"),
        "stands": _("stands"),
        "walls": _("walls"),
        "columns": _("columns"),
        "outline": _("outline of the hall"),
    }


def _drawing(hall: Hall, floor: Floor) -> Markup:
    """The hall as it would be."""
    shell = floor.shell
    shape = HallShape(
        hall.code, pick(hall.name, language()) or hall.code, shell.width, shell.depth, (0, 0),
        shell.entrances, shell.columns, shell.outline, shell.walls, shell.aisles, shell.utilities,
    )  # fmt: skip
    places = [Place(s.code, hall.code, s.zone, s.x, s.y, s.width, s.depth) for s in floor.spots.values()]
    known = [place for place in places if place.zone in floor.zones]
    (plan,) = plan_of([shape], signs_of(queries.zones(db(), g.edition), language()), known, {})
    title = _("Hall %(code)s as it would be", code=hall.code)
    said = Words(
        title, ngettext("%(num)s stand", "%(num)s stands", len(places)), _("free"), _("N"), _("10 m")
    )
    return Markup(hall_svg(plan, said, Look()))  # noqa: S704 - every text in it was escaped when drawn
