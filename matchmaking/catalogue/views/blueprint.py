"""The blueprint that the pages of this room share, and how they hand out tables."""

from collections.abc import Callable, Sequence
from io import BytesIO

from flask import Blueprint, Response, send_file

from expo.spreadsheets import Cell, csv_bytes, xlsx_bytes
from expo.web.language import as_number, language
from matchmaking.catalogue.ordering import sort_key

bp = Blueprint("catalogue", __name__)
MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def counted(tally: dict[str, int], naming: Callable[[str], str], chosen: str) -> list[tuple[str, str]]:
    """The choices of a filter that show anything, and the one chosen, by name: ("KZ", "Kazakhstan (12)")."""
    here = language()
    names = {code: naming(code) for code in {*tally, chosen} - {""}}
    found = sorted((sort_key({here: name}, here), code) for code, name in names.items())
    return [(code, f"{names[code]} ({as_number(tally.get(code, 0))})") for _place, code in found]


def table_file(rows: Sequence[Sequence[Cell]], fmt: str, name: str) -> Response:
    """Rows, the heads first, as a file to keep; CSV begins with a mark by which spreadsheets know UTF-8."""
    data = csv_bytes(rows, bom=True) if fmt == "csv" else xlsx_bytes({"1": rows})
    return send_file(
        BytesIO(data), mimetype=MIME[fmt], as_attachment=True, download_name=f"{name}.{fmt}", max_age=0
    )
