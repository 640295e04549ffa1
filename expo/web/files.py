"""Files that a page hands out: to keep, or to be shown in the browser."""

from flask import Response, g

PDF = "application/pdf"


def file_answer(data: bytes | str, mimetype: str, name: str, *, shown: bool = False) -> Response:
    """A file, called after the edition and `name` with its ending; `shown` where the browser can show it."""
    manner = "inline" if shown else "attachment"
    heads = {"Content-Disposition": f'{manner}; filename="{g.edition.code}-{name}"'}
    return Response(data, mimetype=mimetype, headers=heads)
