"""Answers that a browser may keep: told apart by a fingerprint, compressed, put together from kept pieces."""

from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256

from flask import Response, current_app, g, request
from flask import session as cookie
from flask_login import current_user

from expo.plan.squeeze import Piece, gzipped, joined
from expo.web.assets import asset
from expo.web.frame import VERSION, navigation
from expo.web.language import language

ASSETS = ("expo.css", "plan.css", "plan.js", "plan-find.js", "menu.js")


def is_stranger() -> bool:
    """Whether this page is the same for everybody: nobody is signed in and nothing waits to be said."""
    return not current_user.is_authenticated and not cookie.get("_flashes")


def page_tag(whole: str) -> str:
    """The fingerprint of a page in a frame for strangers."""
    frame = (request.full_path, language(), request.cookies.get("theme"), request.host, VERSION)
    entries = [*navigation(current_app), _assets(), str(g.edition.is_public)]
    return sha256(repr((whole, frame, entries)).encode()).hexdigest()[:32]


@cache
def _assets() -> tuple[str, ...]:
    """The addresses of what the page brings along, which name their versions; a process has one of each."""
    return tuple(map(asset, ASSETS))


def unless_known(tag: str, make: Callable[[], Response]) -> Response:
    """304 for who has this version already, the answer otherwise."""
    answer = Response(status=304) if tag in request.if_none_match else make()
    answer.set_etag(tag)
    answer.vary.add("Accept-Encoding")
    return answer


def answer_of(
    pieces: Sequence[Piece | str], mimetype: str = "text/html", *, may_squeeze: bool = True
) -> Response:
    """One answer of several pieces, compressed if the reader takes that.

    A page with a secret in it (a form's token) is sent plain: its length would give the secret away.
    """
    if may_squeeze and "gzip" in request.accept_encodings:
        return Response(gzipped(pieces), mimetype=mimetype, headers={"Content-Encoding": "gzip"})
    return Response(joined(pieces), mimetype=mimetype)
