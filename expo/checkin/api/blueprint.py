"""Where the gate's calls hang, what they read and how they fail: always in JSON."""

import json
from typing import Any

import psycopg
import structlog
from flask import Blueprint, Response, jsonify, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from expo.checkin.reading import Incomplete
from expo.checkin.services import NoDesk, NoGate, NotHere, Stranger
from expo.errors import Refused, Throttled
from expo.web import _, words
from expo.web.database import give_up

API = "/api/<house>/checkin"
PRETIX = "/api/v1"
LARGEST = 64 * 1024
bp = Blueprint("checkin_api", __name__)
log = structlog.get_logger()


def failed(sentence: str, status: int, **more: Any) -> tuple[Response, int]:
    """A failure, as our own pages and as pretix's apps expect it."""
    return jsonify(error=sentence, detail=sentence, status=status, **more), status


def body(largest: int = LARGEST) -> Any:
    """The JSON that was sent, whatever the content type says; None where it is none."""
    request.max_content_length = largest
    raw = request.get_data(cache=False)
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


@bp.errorhandler(HTTPException)
def _http(error: HTTPException):
    code = error.code or 500
    sentences = {
        400: _("The request could not be understood."),
        401: _("This device is not enrolled, or was locked out."),
        403: _("This is not allowed."),
        404: _("There is nothing at this address."),
        413: _("That is too much at once."),
    }
    give_up()
    return failed(sentences.get(code, error.name), code)


@bp.errorhandler(Incomplete)
def _incomplete(incomplete: Incomplete):
    fields = {name: [word] for name, word in incomplete.fields.items()}
    sentence = "; ".join(f"{name}: {word}" for name, word in incomplete.fields.items())
    return failed(sentence, 400, **fields)


@bp.errorhandler(Stranger)
def _stranger(_error: Stranger):
    return failed(_("This device is not enrolled, or was locked out."), 401)


@bp.errorhandler(NoGate)
def _no_gate(_error: NoGate):
    sentence = _("There is no such gate, or it is closed.")
    return failed(sentence, 400, lists=[sentence])


@bp.errorhandler(NotHere)
def _not_here(_error: NotHere):
    return failed(_("This device may not serve this gate."), 403)


@bp.errorhandler(NoDesk)
def _no_desk(_error: NoDesk):
    return failed(_("This device may scan, and may not look people up by name."), 403)


@bp.errorhandler(Refused)
def _refused(refused: Refused):
    give_up()
    return failed(words(refused.sentence), 429 if isinstance(refused, Throttled) else 400)


@bp.errorhandler(psycopg.OperationalError)
@bp.errorhandler(OperationalError)
def _database(error: Exception):
    log.error("database out of reach at the gate", error=type(error).__name__)
    give_up()
    answer, code = failed(_("The database cannot be reached at this moment. Try again shortly."), 503)
    answer.headers["Retry-After"] = "1"
    return answer, code
