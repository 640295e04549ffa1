"""The blueprint that the pages of this room share, how they turn leaves and hand out tables."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import NamedTuple

from flask import Blueprint, Response, request, send_file

from expo.spreadsheets import Cell, csv_bytes, xlsx_bytes
from expo.web.language import as_number, language
from matchmaking.catalogue.ordering import sort_key

bp = Blueprint("catalogue", __name__)
PAGE = 50
MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Leaf(NamedTuple):
    """Which page of a long list is shown; both count from 1."""

    page: int
    pages: int

    @property
    def offset(self) -> int:
        """How many rows come before it."""
        return (self.page - 1) * PAGE


def leaf(total: int) -> Leaf:
    """The page that the address asks for, kept within those that there are."""
    pages = max(1, -(-total // PAGE))
    return Leaf(min(max(request.args.get("page", 1, type=int), 1), pages), pages)


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
