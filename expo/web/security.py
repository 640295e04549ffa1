"""Headers, request ids, CSRF, and the refusal of bytes no text may hold."""

import re
import secrets
from typing import Any

import structlog
from flask import Flask, Response, abort, current_app, g, request
from flask.json.provider import DefaultJSONProvider
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from expo.settings import Settings

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
PLAIN_POLICY = "geolocation=(), microphone=()"
LARGEST_FORM = 2 * 1024 * 1024
LARGEST_ID = 2**31 - 1
PLAIN_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")


class RowId(IntegerConverter):
    """`<int:…>` in an address: a number that a row can have. A larger one is no address at all (404)."""

    def __init__(self, map, fixed_digits: int = 0, min: int | None = None, max: int | None = LARGEST_ID):
        super().__init__(map, fixed_digits, min, max)


class Json(DefaultJSONProvider):
    """JSON as it is sent and answered. What is nested too deeply to be read is no JSON, like anything else
    that cannot be read."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Read it. ValueError: it cannot be."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError:
            raise ValueError("nested too deeply") from None


def init(app: Flask, settings: Settings) -> None:
    """CSRF for every state-changing request, and the same headers on every answer."""
    secure = bool(settings.site_url and settings.site_url.startswith("https://"))
    app.config.update(
        SECRET_KEY=settings.secret_key or _kept_secret(settings),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=settings.max_upload_mb * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=2_000,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.url_map.converters["int"] = RowId
    app.json = Json(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
    # Before anything looks at the address: the preprocessor that finds the edition asks the database.
    app.url_value_preprocessor(lambda _endpoint, _values: _name_request())
    app.url_value_preprocessor(lambda _endpoint, _values: _limit_form())
    app.url_value_preprocessor(lambda _endpoint, _values: _refuse_nul())
    CSRFProtect(app)
    app.after_request(_headers)


def site_address() -> str:
    """Where this site is, for links in letters: by the setting, or as browsers call it."""
    return (current_app.extensions["expo_settings"].site_url or request.host_url).rstrip("/")


def _kept_secret(settings: Settings) -> str:
    """A secret key made once and kept readable by its owner only."""
    path = settings.instance / "secret-key"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_name(f"secret-key.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32))
        try:
            fresh.rename(path) if not path.exists() else fresh.unlink()
        except FileNotFoundError:
            fresh.unlink(missing_ok=True)
    return path.read_text()


def _name_request() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if PLAIN_ID.match(given) else secrets.token_hex(8)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _limit_form() -> None:
    """Files come as multipart; a plain form is read into memory at once, so it may hold far less."""
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = LARGEST_FORM


def _refuse_nul() -> None:
    """PostgreSQL text cannot hold NUL; nobody types one."""
    if "\x00" in request.path or any("\x00" in value for value in request.args.values()):
        abort(400)
    if request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data") and any(
        "\x00" in value for values in request.form.lists() for value in (values[0], *values[1])
    ):
        abort(400)


def _headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers.setdefault("Permissions-Policy", f"camera=(), {PLAIN_POLICY}")
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache"
    return response
