"""No page ever shows a traceback: every failure is a page (or JSON) with a sentence and a way back."""

import structlog
from flask import Flask, g, jsonify, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, InvalidRequestError, OperationalError, SQLAlchemyError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from werkzeug.exceptions import HTTPException

from expo.errors import Refused, SetupProblem, Throttled
from expo.web.database import give_up
from expo.web.language import words

log = structlog.get_logger()
LOST_RACES = frozenset({"40001", "40P01", "55P03"})
"""Serialisation failure, deadlock, lock not available: the database is well, somebody else was faster."""

GONE = "Could not refresh instance"
"""How the mapper begins to say that a row to be held is not there any more; it has no error of its own."""


def init(app: Flask) -> None:
    """One handler for each family of failures."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(DataError, _data)
    app.register_error_handler(IntegrityError, _integrity)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(StaleDataError, _gone)
    app.register_error_handler(InvalidRequestError, _gone)
    app.register_error_handler(SetupProblem, _setup)
    app.register_error_handler(Exception, _unexpected)


def _sentence(code: int) -> str:
    return {
        400: _("The request could not be understood."),
        401: _("Please sign in first."),
        403: _("You are not allowed to open this page. Ask an organiser if you think you should be."),
        404: _("There is nothing at this address. It may have moved."),
        405: _("This address does not take that kind of request."),
        409: _("Somebody else was faster. Reload the page and try again."),
        413: _("That is too large to upload. Split the file or send less at once."),
        415: _("This kind of file is not accepted here."),
        429: _("Too many tries. Wait a few minutes and try again."),
        503: _("The database cannot be reached at this moment. Try again shortly."),
    }.get(code, _("Something went wrong on our side. It has been noted; please try again."))


def answer(code: int, sentence: str | None = None):
    """A failure as a page, or as JSON where JSON is asked for."""
    g.failing = code >= 500  # then nothing that asks the database is drawn
    give_up()
    sentence = sentence or _sentence(code)
    if request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json":
        return jsonify(error=sentence, status=code), code
    try:
        return render_template("errors/error.html", code=code, sentence=sentence), code
    except (SQLAlchemyError, SetupProblem):  # the page about one failure met another: who is there?
        return answer(503) if code < 500 else (sentence, code)


def _http(error: HTTPException):
    if error.response is not None or (error.code or 500) < 400:
        return error  # a redirect or a ready answer
    body, code = answer(error.code or 500)
    headers = [
        (name, value) for name, value in error.get_headers() if name not in ("Content-Type", "Content-Length")
    ]
    return body, code, headers


def _csrf(_error: CSRFError):
    return answer(
        400,
        _("This form was open too long or comes from elsewhere. Go back, reload the page and send it again."),
    )


def _refused(refused: Refused):
    return answer(429 if isinstance(refused, Throttled) else 409, words(refused.sentence))


def _data(error: DataError):
    log.warning("value the database cannot hold", error=str(error.orig))
    return answer(400)


def _integrity(error: IntegrityError):
    log.warning("constraint held", error=str(error.orig).splitlines()[0])
    return answer(409)


def _database(error: OperationalError):
    if getattr(error.orig, "sqlstate", None) in LOST_RACES:
        log.warning("lost a race", error=str(error.orig).splitlines()[0])
        return answer(409)
    log.error("database out of reach", error=str(error.orig).splitlines()[0])
    return answer(503)


def _gone(error: StaleDataError | InvalidRequestError):
    """A row that somebody else deleted between our reading it and holding it; any other misuse is ours."""
    if not isinstance(error, StaleDataError | ObjectDeletedError) and not str(error).startswith(GONE):
        return _unexpected(error)
    log.warning("row is gone", error=str(error).splitlines()[0])
    return answer(409)


def _setup(problem: SetupProblem):
    log.error("not set up", error=str(problem))
    return answer(503)


def _unexpected(error: Exception):
    log.exception("unexpected failure", error=type(error).__name__)
    return answer(500)
