"""What the desk does beyond scanning, as JSON: register somebody who just walked in."""

from typing import Any

from flask import Blueprint, Flask, g, jsonify, request

from expo.countries import countries_by_name
from expo.errors import Refused
from expo.gate.scripts_of_names import language_of_name
from expo.registration import services
from expo.registration.services import Particulars
from expo.web import _, db, needs, words
from expo.web.language import language

bp = Blueprint("gate_api", __name__)
ADDRESS = "/api/<edition>/gate"
LONGEST = {"name": 120, "organisation": 160, "country": 2, "kind": 20}


def init(app: Flask) -> None:
    """Register the calls."""
    app.register_blueprint(bp)


def _typed() -> dict[str, str]:
    """The fields that were sent, as texts. Refused for what no text may hold, or is too long."""
    sent: Any = request.get_json(silent=True)
    sent = sent if isinstance(sent, dict) else {}
    typed = {name: sent.get(name, "") for name in LONGEST}
    if not all(isinstance(value, str) and value.isprintable() for value in typed.values()):
        raise Refused(_("Type plain text."))
    if any(len(value) > LONGEST[name] for name, value in typed.items()):
        raise Refused(_("That is too long."))
    return {name: " ".join(value.split()) for name, value in typed.items()}


@bp.post(f"{ADDRESS}/walk-ins")
@needs("registration.edit")
def walk_in():
    """{name, kind, organisation, country} → 201 {code}; 400 {error} for what cannot be."""
    try:
        typed = _typed()
        if typed["country"] and typed["country"] not in dict(countries_by_name("en")):
            raise Refused(_("There is no such country."))
        known = Particulars(
            kind=typed["kind"],
            name={language_of_name(typed["name"]): typed["name"]},
            organisation=typed["organisation"],
            country=typed["country"],
            language=language(),
        )
        person = services.register(db(), g.edition, known)
        db().commit()
    except Refused as refused:
        db().rollback()
        return jsonify(error=words(refused.sentence)), 400
    return jsonify(code=person.code), 201
