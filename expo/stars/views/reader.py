"""Who is at the browser: by sign-in, or by the cookie that a browser gets with its first star."""

from contextlib import suppress

from flask import Response, current_app, g, request
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer

from expo.accounts.limits import network_of
from expo.accounts.services import count_try
from expo.stars import services
from expo.stars.models import Follower
from expo.stars.services import Reader
from expo.web import db
from expo.web.language import language

COOKIE = "stars"
YEAR_S = 31_536_000


def _signer() -> URLSafeSerializer:
    """A cookie of one edition is nothing to another, and nothing that the house signs otherwise is one."""
    return URLSafeSerializer(current_app.secret_key, salt=f"stars of {g.edition.code}")


def reader() -> Reader:
    """What is known of whoever asks."""
    token = None
    with suppress(BadSignature):
        token = _signer().loads(request.cookies.get(COOKIE, ""))
    email = current_user.email if current_user.is_authenticated else None
    return Reader(email, token if isinstance(token, str) else None, language())


def present() -> Follower | None:
    """The follower at the browser, if there is one; commits what the browser brought along to a sign-in."""
    found = services.gather(db(), g.edition, reader())
    db().commit()
    return found


def follow() -> tuple[Follower, str | None]:
    """The follower at the browser, made if need be; how many a network may make is limited."""
    who = reader()
    if services.gather(db(), g.edition, who) is None and not who.email:
        count_try(db(), "stars.network", network_of(request.remote_addr))
        db().commit()
    return services.follow(db(), g.edition, who)


def keep(response: Response, token: str | None) -> Response:
    """Give the browser its token; a browser that signed in needs none any more."""
    where = {"path": f"/{g.edition.code}/", "httponly": True, "samesite": "Lax"}
    secure = request.is_secure or current_app.config["SESSION_COOKIE_SECURE"]
    if token:
        response.set_cookie(COOKIE, _signer().dumps(token), max_age=YEAR_S, secure=secure, **where)
    elif COOKIE in request.cookies and current_user.is_authenticated:
        response.delete_cookie(COOKIE, secure=secure, **where)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def drop(response: Response) -> Response:
    """Take the token away."""
    response.delete_cookie(COOKIE, path=f"/{g.edition.code}/", httponly=True, samesite="Lax")
    return response
