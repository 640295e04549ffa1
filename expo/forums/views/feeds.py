"""The programme for other programs."""

from flask import Response, abort, g, request

from expo.forums import services
from expo.forums.views.blueprint import bp
from expo.web import db, public
from expo.web.language import language
from expo.web.security import site_address

MIME = {"xml": "application/xml", "json": "application/json", "ics": "text/calendar"}
FORM = "<any(xml,json,ics):fmt>"


@bp.get("/<edition>/programme/<code>.ics")
@public
def talk_calendar(code: str):
    """One talk for a calendar."""
    return _feed("ics", only=code)


@bp.get(f"/<edition>/schedule.{FORM}")
@public
def feed(fmt: str):
    """The latest programme for other programs."""
    return _feed(fmt)


@bp.get(f"/<edition>/schedule/v/<version>.{FORM}")
@public
def feed_version(version: str, fmt: str):
    """A certain version of it."""
    return _feed(fmt, version=version)


def _feed(fmt: str, version: str | None = None, only: str = ""):
    body = services.feed(db(), g.edition, fmt, site_address(), language(), version, only)
    if body is None:
        abort(404)
    response = Response(body, content_type=f"{MIME[fmt]}; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    if g.edition.is_public:
        response.headers["Cache-Control"] = "public, max-age=300"
    response.add_etag()
    return response.make_conditional(request)
