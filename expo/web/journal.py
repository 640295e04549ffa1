"""One line in the log for every request: who asked for what kind of page, how it ended, how long it took."""

import time

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()
QUIET = frozenset({"static_file", "packaged_file", "healthz", "readyz"})


def init(app: Flask) -> None:
    """Note the start before anything else runs; write the line when the answer is ready."""
    app.before_request(_start)
    app.after_request(_line)


def _start() -> None:
    g.started = time.perf_counter()


def _line(response: Response) -> Response:
    """The route, never the address itself: addresses of confirm and reset links are secrets."""
    if request.endpoint not in QUIET:
        edition, user = g.get("edition"), g.get("_login_user")  # only if somebody asked who it is
        log.info(
            "request",
            method=request.method,
            route=request.url_rule.rule if request.url_rule else "none",
            status=response.status_code,
            ms=round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
            edition=edition.code if edition else None,
            user_id=user.id if user is not None and user.is_authenticated else None,
        )
    return response
