"""A device comes in with a code, and is told what it may do."""

from typing import Any

from flask import jsonify, request
from sqlalchemy import update

from expo.accounts.limits import network_of
from expo.accounts.services import count_try, forgive
from expo.checkin import queries, services
from expo.checkin.api.askers import device_asks
from expo.checkin.api.blueprint import API, body, bp
from expo.checkin.api.known import Known, known
from expo.checkin.models import Device, Gate
from expo.checkin.reading import Incomplete
from expo.clock import now
from expo.editions.models import Edition
from expo.languages import pick
from expo.web import db, public
from expo.web.language import language


@bp.post(f"{API}/enrol")
@public
def enrol(house: str):
    """{code, name} → {token, device, edition, gates}. A code is good once."""
    here = known(house)
    data = body()
    code = data.get("code") if isinstance(data, dict) else None
    if not isinstance(code, str) or not 0 < len(code) <= 40:
        raise Incomplete(code="This field is required.")
    device, token = enrolled(code, text_of(data, "name"), request.user_agent.string, here.edition_id)
    answer = jsonify(token=token, **_about(here, device))
    answer.headers["Cache-Control"] = "no-store"
    return answer, 201


def enrolled(code: str, name: str, software: str, edition_id: int | None = None) -> tuple[Device, str]:
    """Use a code up; wrong ones are counted for each network, and after too many no code is looked at."""
    subject = network_of(request.remote_addr)
    count_try(db(), "gate.enrol", subject)
    db().commit()
    device, token = services.enrol(db(), code, name, software, edition_id)
    forgive(db(), "gate.enrol", subject)
    db().commit()
    return device, token


def text_of(data: Any, name: str) -> str:
    """A text in what was sent, '' for anything else or what no text may hold."""
    value = data.get(name) if isinstance(data, dict) else None
    return value[:200] if isinstance(value, str) and value.isprintable() else ""


@bp.get(f"{API}/status")
@public
def status(house: str):
    """Device, gates, how full the areas are, conflicts, the server's time. Also marks the device as seen."""
    here, device = device_asks(house)
    if device is not None:
        db().execute(update(Device).where(Device.id == device.id).values(last_seen_at=now()))
        db().commit()
    answer = jsonify(**_about(here, device))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _about(here: Known, device: Device | None) -> dict[str, Any]:
    edition = db().get_one(Edition, here.edition_id)
    return {
        "device": _rights(device) if device else None,
        "edition": here.code,
        "edition_name": pick(here.name, language()),
        "now": now().isoformat(),
        "gates": [gate_facts(gate) for gate in queries.gates(db(), here.edition_id, device)],
        "areas": [
            {
                "id": one.id, "code": one.code, "name": pick(one.name, language()), "kind": one.kind,
                "depth": one.depth, "inside": one.inside, "limit": one.limit, "when_full": one.when_full,
            }
            for one in queries.occupancy(db(), edition)
        ],
        "conflicts": queries.open_conflicts(db(), here.edition_id),
    }  # fmt: skip


def _rights(device: Device) -> dict[str, Any]:
    return {
        "id": device.id, "name": device.name, "may_force": device.may_force, "may_search": device.may_search
    }  # fmt: skip


def gate_facts(gate: Gate) -> dict[str, Any]:
    """What a device knows of a gate."""
    return {
        "id": gate.id,
        "code": gate.code,
        "name": pick(gate.name, language()) or gate.code,
        "area": gate.area_id,
        "direction": gate.direction,
        "reentry": gate.reentry,
        "passback_min": gate.passback_min,
        "typed_codes": gate.typed_codes,
    }
