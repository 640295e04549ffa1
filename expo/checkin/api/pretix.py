"""The same calls under the addresses that scanner apps for pretix know. The organiser is the house.

The shapes follow pretix's published descriptions of its API: device authentication, check-in lists, check-in.
"""

from typing import Any

from flask import jsonify, request

from expo.checkin import queries, services
from expo.checkin.api.askers import asker_of_any, device_of_any
from expo.checkin.api.asking import people_found
from expo.checkin.api.blueprint import PRETIX, body, bp, failed
from expo.checkin.api.enrolling import enrolled, text_of
from expo.checkin.api.known import Known
from expo.checkin.api.redeeming import annulled, redeemed
from expo.checkin.models import Device, Gate
from expo.editions.models import Edition
from expo.errors import Refused, Throttled
from expo.languages import pick
from expo.registration.kinds import NAMES
from expo.registration.models import KINDS
from expo.web import db, public, words
from expo.web.language import language

HOUSE = "house"
SECURITY = "full"
ORGANISER = f"{PRETIX}/organizers/<organizer>"
EVENT = f"{ORGANISER}/events/<event>"


@bp.post(f"{PRETIX}/device/initialize")
@public
def initialize():
    """Enrol a device with its code."""
    data = body()
    code = data.get("token") if isinstance(data, dict) else None
    if not isinstance(code, str) or not 0 < len(code) <= 40:
        return jsonify(token=["This field is required."]), 400
    try:
        device, token = enrolled(code, "", _software(data))
    except Refused as refused:
        return jsonify(token=[words(refused.sentence)]), 429 if isinstance(refused, Throttled) else 400
    return _device(device, token)


def _software(data: Any) -> str:
    names = ("software_brand", "software_version", "hardware_brand", "hardware_model")
    return " ".join(filter(None, (text_of(data, name) for name in names)))


def _device(device: Device, token: str):
    answer = jsonify(
        organizer=HOUSE, device_id=device.id, unique_serial=f"CARAVANSERAI{device.id:08d}", api_token=token,
        name=device.name, security_profile=SECURITY, gate=None,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post(f"{PRETIX}/device/update")
@public
def update():
    """Another version of the app."""
    _here, device = device_of_any()
    device.software = _software(body()) or device.software
    db().add(device)
    db().commit()
    return _device(device, "")


@bp.get(f"{PRETIX}/device/info")
@public
def info():
    """Which device this is."""
    here, device = device_of_any()
    return jsonify(
        device={
            "organizer": HOUSE, "device_id": device.id, "unique_serial": f"CARAVANSERAI{device.id:08d}",
            "name": device.name, "security_profile": SECURITY, "gate": None,
        },
        server={"version": {"pretix": "2023.1.0", "pretix_numeric": 20230001001000}},
        medium_key_sets=[],
        event=here.code,
    )  # fmt: skip


@bp.post(f"{PRETIX}/device/roll")
@public
def roll():
    """A new token for the old one."""
    _here, device = device_of_any()
    token = services.roll(db(), device)
    db().commit()
    return _device(device, token)


@bp.post(f"{PRETIX}/device/revoke")
@public
def revoke():
    """The device gives its token back."""
    _here, device = device_of_any()
    services.revoke_device(db(), device)
    db().commit()
    return _device(device, "")


@bp.get(f"{ORGANISER}/events/")
@public
def events(organizer: str):
    """The one event that a device belongs to."""
    here, _device_ = device_of_any()
    return listed([_event(here)])


@bp.get(f"{EVENT}/")
@public
def event(organizer: str, event: str):
    """That event."""
    return jsonify(_event(own(event)[0]))


def own(event: str) -> tuple[Known, Device]:
    """The event of an address and the device that asks. NotHere for any but its own."""
    here, device = device_of_any()
    if event != here.code:
        raise services.NotHere
    return here, device


def _event(here: Known) -> dict[str, Any]:
    edition = db().get_one(Edition, here.edition_id)
    return {
        "name": edition.name, "slug": edition.code, "live": edition.is_public, "testmode": False,
        "currency": edition.currency, "date_from": f"{edition.starts_on}T00:00:00Z",
        "date_to": f"{edition.ends_on}T23:59:59Z", "date_admission": None, "is_public": edition.is_public,
        "presale_start": None, "presale_end": None, "location": edition.venue_name, "geo_lat": None,
        "geo_lon": None, "has_subevents": False, "meta_data": {}, "seating_plan": None, "plugins": [],
        "seat_category_mapping": {}, "timezone": edition.timezone, "item_meta_properties": {},
        "valid_keys": {"pretix_sig1": []}, "sales_channels": ["web"],
    }  # fmt: skip


@bp.get(f"{EVENT}/items/")
@public
def items(organizer: str, event: str):
    """Kinds of people, as pretix's products."""
    own(event)
    return listed(
        [
            {
                "id": place + 1, "name": {"en": str(NAMES[kind])}, "internal_name": kind, "active": True,
                "admission": True, "personalized": True, "category": None, "default_price": "0.00",
                "has_variations": False, "variations": [], "checkin_attention": False, "position": place,
            }
            for place, kind in enumerate(KINDS)
        ]
    )  # fmt: skip


@bp.get(f"{EVENT}/checkinlists/")
@public
def lists(organizer: str, event: str):
    """The gates that the device may serve."""
    here, device = own(event)
    return listed([_list(gate) for gate in queries.gates(db(), here.edition_id, device)])


@bp.get(f"{EVENT}/checkinlists/<int:number>/")
@public
def one_list(organizer: str, event: str, number: int):
    """One of them."""
    gate = gate_of(event, number)
    return jsonify(_list(gate)) if gate else failed("Not found.", 404)


@bp.get(f"{EVENT}/checkinlists/<int:number>/status/")
@public
def list_status(organizer: str, event: str, number: int):
    """How many people are in the gate's area."""
    gate = gate_of(event, number)
    if gate is None:
        return failed("Not found.", 404)
    edition = db().get_one(Edition, gate.edition_id)
    full = {one.id: one for one in queries.occupancy(db(), edition)}[gate.area_id]
    return jsonify(
        checkin_count=full.inside, position_count=queries.confirmed_count(db(), edition.id or 0),
        inside_count=full.inside, event={"name": pick(edition.name, language())}, items=[],
    )  # fmt: skip


@bp.get(f"{EVENT}/checkinlists/<int:number>/positions/")
@public
def positions(organizer: str, event: str, number: int):
    """People by name: the apps' search."""
    here, device = own(event)
    if gate_of(event, number) is None:
        return failed("Not found.", 404)
    return listed(people_found(here, device, request.args.get("search", "")))


def gate_of(event: str, number: int) -> Gate | None:
    """A gate that the device may serve; None for any other."""
    here, device = own(event)
    return next((gate for gate in queries.gates(db(), here.edition_id, device) if gate.id == number), None)


def _list(gate: Gate) -> dict[str, Any]:
    return {
        "id": gate.id, "name": pick(gate.name, language()) or gate.code, "all_products": True,
        "limit_products": [], "subevent": None, "include_pending": False,
        "allow_multiple_entries": gate.reentry == "any",
        "allow_entry_after_exit": gate.reentry in ("any", "exit"),
        "exit_all_at": None, "rules": {}, "addon_match": False, "ignore_in_statistics": False,
        "consider_tickets_used": True, "position_count": 0, "checkin_count": 0, "gates": [],
    }  # fmt: skip


@bp.get(f"{ORGANISER}/checkinrpc/search/")
@public
def search_there(organizer: str):
    """People by name."""
    here, device = device_of_any()
    return listed(people_found(here, device, request.args.get("search", "")))


@bp.post(f"{ORGANISER}/checkinrpc/redeem/")
@public
def redeem_there(organizer: str):
    """A scan."""
    return redeemed(*asker_of_any())


@bp.post(f"{ORGANISER}/checkinrpc/annul/")
@public
def annul_there(organizer: str):
    """A scan taken back."""
    return annulled(*device_of_any())


def listed(results: list[dict[str, Any]]):
    """A page of pretix's lists; ours are short enough for one."""
    answer = jsonify(count=len(results), next=None, previous=None, results=results)
    answer.headers["Cache-Control"] = "no-store"
    return answer
