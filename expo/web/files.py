"""Files that a page hands out: to keep, or to be shown in the browser."""

import json

from flask import Response, g

PDF = "application/pdf"


def file_answer(data: bytes | str, mimetype: str, name: str, *, shown: bool = False) -> Response:
    """A file, called after the edition and `name` with its ending; `shown` where the browser can show it."""
    manner = "inline" if shown else "attachment"
    heads = {"Content-Disposition": f'{manner}; filename="{g.edition.code}-{name}"'}
    return Response(data, mimetype=mimetype, headers=heads)


def json_file(data: dict, name: str) -> Response:
    """Data as a JSON file to keep, readable as text."""
    return file_answer(json.dumps(data, ensure_ascii=False, indent=1), "application/json", name)
