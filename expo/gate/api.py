"""What the desk asks beyond scanning: who is there with prints and photo; and walk-ins."""

from typing import Any

from flask import Blueprint, Flask, g, jsonify, make_response, request

from expo.badges.prints.warming import get_ready
from expo.checkin.api.askers import device_asks
from expo.checkin.api.asking import people_found
from expo.checkin.services import NoDesk, Stranger
from expo.countries import countries_by_name
from expo.editions.models import Edition
from expo.errors import Refused, Throttled
from expo.gate import queries
from expo.gate.scripts_of_names import language_of_name
from expo.registration import services
from expo.registration.services import Particulars
from expo.web import _, can, db, needs, public, words
from expo.web.language import language

bp = Blueprint("gate_api", __name__)
ADDRESS = "/api/<edition>/gate"
DEVICES = "/api/<house>/gate"
"""As the gate's own calls: devices work in editions that are not public yet, too."""
LONGEST = {"name": 120, "organisation": 160, "country": 2, "kind": 20}


def init(app: Flask) -> None:
    """Register the calls."""
    app.register_blueprint(bp)


@bp.errorhandler(Stranger)
def _stranger(_error: Stranger):
    sentence = _("This device is not enrolled, or was locked out.")
    return jsonify(error=sentence), 401


@bp.errorhandler(NoDesk)
def _no_desk(_error: NoDesk):
    return jsonify(error=_("This device may scan, and may not look people up by name.")), 403


@bp.errorhandler(Refused)
def _refused(refused: Refused):
    db().rollback()
    return jsonify(error=words(refused.sentence)), 429 if isinstance(refused, Throttled) else 400


@bp.get(f"{DEVICES}/desk")
@public
def desk(house: str):
    """{count, results}: up to 50 people that `q` finds, for a device or somebody signed in who may scan."""
    here, device = device_asks(house)
    if device is None and can("badges.print"):
        get_ready(db(), db().get_one(Edition, here.edition_id), language())
    found = people_found(here, device, request.args.get("q", ""))
    ids = [one["id"] for one in found]
    prints, photos = queries.printed(db(), ids), queries.with_photo(db(), ids)
    for one in found:
        printed_at, times, by = prints.get(one["id"], (None, 0, ""))
        one["printed_at"] = printed_at.isoformat() if printed_at else None
        one["prints"], one["printed_by"] = times, by
        one["has_photo"] = one["id"] in photos
    answer = jsonify(count=len(found), results=found)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get(f"{DEVICES}/photos/<int:person_id>")
@public
def photo(house: str, person_id: int):
    """A photo; 204 where there is none, or it is none of this device's business."""
    here, device = device_asks(house)
    content = queries.photo(db(), here.edition_id, person_id, device.id if device else None)
    answer = make_response(content or b"", 200 if content else 204)
    answer.content_type = "image/jpeg"
    answer.headers["Cache-Control"] = "no-store"
    return answer


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
    return jsonify(code=person.code), 201
