"""Answers in the shape of pretix's, with what our own app shows besides."""

from typing import Any

from expo.checkin.api.known import Known, gate_name
from expo.checkin.api.photos import photo_address
from expo.checkin.reasons import FLAGS, explained
from expo.checkin.services import Answer
from expo.languages import pick
from expo.registration.kinds import NAMES
from expo.registration.models import KINDS
from expo.web import words
from expo.web.language import language

UNKNOWN = frozenset({"invalid"})


def status_of(answer: Answer) -> int:
    """201 let through, 404 nobody known, 200 known but refused."""
    if answer.ok:
        return 201
    return 404 if answer.reason in UNKNOWN and answer.person is None else 200


def scan_answer(here: Known, answer: Answer) -> dict[str, Any]:
    """The whole answer to a scan."""
    sentence = None if answer.ok and not answer.reason else explained(answer.reason, answer.detail)
    if answer.ok and answer.flag == "full":
        sentence = explained("rules", answer.detail)
    notes = [words(FLAGS[answer.flag])] if answer.flag in FLAGS else []
    explanation = words(sentence) if sentence else None
    found = {
        "status": "ok" if answer.ok else "error",
        "reason": None if answer.ok else answer.reason,
        "reason_explanation": explanation,
        "require_attention": answer.typed or answer.flag == "full",
        "checkin_texts": notes + ([explanation] if answer.ok and explanation else []),
        "position": _seen(here, answer),
        "list": list_of(here, answer.gate_id),
        "passage": answer.id,
        "type": answer.type,
        "datetime": answer.at.isoformat(),
        "forced": answer.forced,
        "replayed": answer.replayed,
        "conflict": answer.conflict is not None,
    }
    if answer.ok:
        del found["reason"]
    elif status_of(answer) == 404:
        found["detail"] = "Not found."
        del found["position"]
    return found


def _seen(here: Known, answer: Answer) -> dict[str, Any] | None:
    """Whoever was scanned, with the photo to compare them with."""
    found = position(answer.person, [_checkin(answer)] if answer.ok else [])
    if found and answer.person:
        found["photo_url"] = photo_address(here, answer.person)
    return found


def _checkin(answer: Answer) -> dict[str, Any]:
    return {
        "id": answer.id, "list": answer.gate_id, "type": answer.type, "datetime": answer.at.isoformat(),
        "gate": answer.gate_id, "device": None, "auto_checked_in": False,
    }  # fmt: skip


def list_of(here: Known, gate_id: int) -> dict[str, Any]:
    """A gate as pretix's excerpt of a check-in list."""
    return {
        "id": gate_id,
        "name": pick(gate_name(here, gate_id), language()) or str(gate_id),
        "event": here.code,
        "subevent": None,
        "include_pending": False,
    }


def position(person: dict[str, Any] | None, checkins: list[dict[str, Any]]) -> dict[str, Any] | None:
    """A person as pretix's order position: one registration is one order with one position."""
    if person is None:
        return None
    code, kind = person["code"], person["kind"]
    name = pick(person["name"], language())
    confirmed = person["state"] == "confirmed"
    return {
        "id": person["id"],
        "order": code,
        "positionid": 1,
        "code": code,
        "item": KINDS.index(kind) + 1,
        "variation": None,
        "price": "0.00",
        "attendee_name": name,
        "attendee_name_parts": {"_scheme": "full", "full_name": name},
        "attendee_names": person["name"],
        "attendee_email": None,
        "company": person["organisation"],
        "job_title": person["position"],
        "country": person["country"] or None,
        "kind": kind,
        "kind_name": words(NAMES[kind]),
        "state": person["state"],
        "photo_url": None,
        "secret": code,  # what apps send back for somebody whom they searched, as if it was typed
        "addon_to": None,
        "subevent": None,
        "pseudonymization_id": code,
        "seat": None,
        "canceled": person["state"] in ("cancelled", "declined"),
        "blocked": None,
        "valid_from": None,
        "valid_until": None,
        "require_attention": False,
        "order__status": "p" if confirmed else "n",
        "order__valid_if_pending": False,
        "order__require_approval": person["state"] in ("pending", "waiting"),
        "order__locale": None,
        "checkins": checkins,
        "answers": [],
        "downloads": [],
    }
