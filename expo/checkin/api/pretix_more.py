"""What apps for pretix fetch before they scan, and the older form of its call to scan.

What this house does not have (categories, questions at the gate, layouts of badges, orders to be kept on a
device) is an empty list: then the app asks the server at every scan.
"""

import secrets
from typing import Any

from flask import jsonify
from sqlmodel import select

from expo.checkin import queries
from expo.checkin.api.answers import scan_answer
from expo.checkin.api.askers import asker_of_any, device_of_any
from expo.checkin.api.blueprint import PRETIX, body, bp, failed
from expo.checkin.api.pretix import EVENT, HOUSE, gate_of, listed, own
from expo.checkin.api.redeeming import decided
from expo.checkin.reading import LARGEST_ID, redeem
from expo.editions.models import Edition
from expo.registration.models import Person
from expo.web import db, public

VERSION = {"pretix": "2023.1.0", "pretix_numeric": 20230001001000}
NONE_HERE = (
    "badgeitems", "badgelayouts", "blockedsecrets", "categories", "orders", "questions", "quotas",
    "revokedsecrets", "subevents", "taxrules",
)  # fmt: skip


@bp.get(f"{PRETIX}/version")
@public
def version():
    """Which of pretix's interfaces this is like."""
    return jsonify(VERSION)


@bp.get(f"{EVENT}/settings/")
@public
def event_settings(organizer: str, event: str):
    """What of an event's settings an app asks for."""
    here, _device = own(event)
    edition = db().get_one(Edition, here.edition_id)
    return jsonify(
        locales=edition.languages, locale=edition.languages[0] if edition.languages else "en",
        timezone=edition.timezone, attendee_names_asked=True, attendee_company_asked=True,
    )  # fmt: skip


@bp.get(f"{EVENT}/<any({', '.join(NONE_HERE)}):what>/")
@public
def none_here(organizer: str, event: str, what: str):
    """What this house does not have."""
    own(event)
    return listed([])


@bp.post(f"{EVENT}/checkinlists/<int:number>/positions/<path:secret>/redeem/")
@public
def redeem_position(organizer: str, event: str, number: int, secret: str):
    """A scan by the older call: 201 let in, 400 refused, 404 nobody's. A number is that of a position."""
    own(event)
    here, who = asker_of_any()
    sent: Any = body()
    sent = sent if isinstance(sent, dict) else {}
    secret = _code_of(here.edition_id, secret) or secret
    scan = redeem(sent | {"secret": secret, "lists": [number]}, secrets.token_urlsafe(12))
    answer = decided(here, who, scan)
    known = answer.person is not None or answer.reason != "invalid"
    return jsonify(scan_answer(here, answer)), 201 if answer.ok else 400 if known else 404


def _code_of(edition_id: int, position: str) -> str | None:
    """The code of the person with this number, as a search gave it."""
    if not position.isdecimal() or not position.isascii() or len(position) > 10 or int(position) > LARGEST_ID:
        return None
    query = select(Person.code).where(Person.id == int(position), Person.edition_id == edition_id)
    return db().exec(query).one_or_none()


@bp.post(f"{EVENT}/checkinlists/<int:number>/failed_checkins/")
@public
def failed_checkin(organizer: str, event: str, number: int):
    """A scan that the app itself refused. What it refuses by itself was no passage, and is not kept."""
    if gate_of(event, number) is None:
        return failed("Not found.", 404)
    return jsonify({}), 201


@bp.get(f"{PRETIX}/device/eventselection")
@public
def event_selection():
    """The event that the device belongs to, and its gate where it serves only one."""
    here, device = device_of_any()
    gates = queries.gates(db(), here.edition_id, device)
    only = gates[0].id if len(gates) == 1 else None
    return jsonify(event={"organizer": HOUSE, "slug": here.code}, subevent=None, checkinlist=only)
