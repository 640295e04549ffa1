"""A hall for other programs: DXF, SVG, and its stands as a table."""

from flask import Response, abort, g

from expo.clock import now
from expo.spreadsheets import csv_bytes, xlsx_bytes
from expo.venue import services
from expo.venue.models import Hall
from expo.venue.sketches.out import as_dxf, as_svg
from expo.venue.standlist import as_rows
from expo.venue.views.blueprint import HALL, bp, hall_or_404
from expo.web import db, needs
from expo.web.files import file_answer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _title(hall: Hall) -> str:
    """Which hall in which state: in English, as file formats' own words are."""
    return f"{g.edition.code} · {hall.code} · version {hall.version} · {now():%Y-%m-%d %H:%M} UTC"


@bp.get(f"{HALL}.dxf")
@needs("venue.edit")
def hall_dxf(hall_id: int) -> Response:
    """The hall as DXF in centimetres."""
    hall = hall_or_404(hall_id)
    data = as_dxf(services.floor_of(db(), hall), _title(hall))
    return file_answer(data, "image/vnd.dxf", f"{hall.code}-v{hall.version}.dxf")


@bp.get(f"{HALL}.svg")
@needs("venue.edit")
def hall_svg_file(hall_id: int) -> Response:
    """The hall as SVG at 1:100."""
    hall = hall_or_404(hall_id)
    data = as_svg(services.floor_of(db(), hall), _title(hall))
    return file_answer(data, "image/svg+xml", f"{hall.code}-v{hall.version}.svg")


@bp.get(f"{HALL}/stands.<form>")
@needs("venue.edit")
def stand_file(hall_id: int, form: str) -> Response:
    """The stands as a table that the import takes again."""
    hall = hall_or_404(hall_id)
    rows = as_rows(services.floor_of(db(), hall).spots.values(), hall.code)
    if form == "csv":
        return file_answer(csv_bytes(rows, bom=True), "text/csv", f"{hall.code}-stands.csv")
    if form == "xlsx":
        return file_answer(xlsx_bytes({"stands": rows}), XLSX, f"{hall.code}-stands.xlsx")
    return abort(404)
