"""The programme for other programs: open to pages of other sites, and asked for cheaply again and again."""

from hashlib import sha256

from flask import Response, g, request

from expo.forums import services
from expo.forums.feeds.parts import GENERATOR_VERSION
from expo.forums.services import Only
from expo.forums.views.blueprint import bp
from expo.forums.views.programme import asked_for
from expo.plan.kept import kept
from expo.web import _, db, public
from expo.web.language import language
from expo.web.security import site_address

MIME = {"xml": "application/xml", "json": "application/json", "ics": "text/calendar"}
FORM = "<any(xml,json,ics):fmt>"
METHODS = ["GET", "OPTIONS"]
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since, Cache-Control, X-Requested-With",
    "Access-Control-Expose-Headers": "ETag, Last-Modified",
    "Access-Control-Max-Age": "86400",
}


@bp.route("/<edition>/programme/<code>.ics", methods=METHODS)
@public
def talk_calendar(code: str):
    """One talk for a calendar."""
    return _feed("ics", only=Only(talk=code))


@bp.route(f"/<edition>/schedule.{FORM}", methods=METHODS)
@public
def feed(fmt: str):
    """The latest programme for other programs, or what is chosen of it as on its page (?day=…&q=…)."""
    return _feed(fmt)


@bp.route(f"/<edition>/schedule/forum/<code>.{FORM}", methods=METHODS)
@public
def feed_forum(code: str, fmt: str):
    """The talks of a forum."""
    return _feed(fmt, only=Only(forum=code))


@bp.route(f"/<edition>/schedule/room/<code>.{FORM}", methods=METHODS)
@public
def feed_room(code: str, fmt: str):
    """The talks in a room."""
    return _feed(fmt, only=Only(room=code))


@bp.route(f"/<edition>/schedule/v/<version>.{FORM}", methods=METHODS)
@public
def feed_version(version: str, fmt: str):
    """A certain version of it."""
    return _feed(fmt, version)


@bp.route(f"/<edition>/schedule/v/<version>/forum/<code>.{FORM}", methods=METHODS)
@public
def feed_version_forum(version: str, code: str, fmt: str):
    """The talks of a forum in a certain version."""
    return _feed(fmt, version, Only(forum=code))


@bp.route(f"/<edition>/schedule/v/<version>/room/<code>.{FORM}", methods=METHODS)
@public
def feed_version_room(version: str, code: str, fmt: str):
    """The talks in a room in a certain version."""
    return _feed(fmt, version, Only(room=code))


def _feed(fmt: str, version: str | None = None, only: Only | None = None) -> Response:
    """Released versions do not change, so their number tells whether a reader has the newest feed already."""
    if request.method == "OPTIONS":
        return Response(status=204, headers=CORS | {"Allow": "GET, HEAD, OPTIONS"})
    which = services.release_of(db(), g.edition, version)
    if which is None:
        return _missing()
    only = only or Only(wanted=asked_for())
    site, spoken = site_address(), language()
    key = ("feed", GENERATOR_VERSION, which.id, fmt, only, site, spoken)
    tag = sha256(repr(key).encode()).hexdigest()[:32]
    response = Response(content_type=f"{MIME[fmt]}; charset=utf-8")
    response.set_etag(tag)
    response.last_modified = which.released_at
    if tag not in request.if_none_match:
        make = lambda: services.feed(db(), g.edition, fmt, site, spoken, which.version, only)  # noqa: E731
        body = kept(key, make, lambda made: len(made or b""))
        if body is None:
            return _missing()
        response.data = body
    response.headers.update(CORS)
    response.headers["Cache-Control"] = "public, max-age=300" if g.edition.is_public else "private, no-cache"
    response.make_conditional(request)
    return response


def _missing() -> Response:
    """No such version, forum, room or talk; other sites' pages may read that, too."""
    sentence = _("There is no such version, forum, room or talk.")
    return Response(f"{sentence}\n", 404, CORS, content_type="text/plain; charset=utf-8")
