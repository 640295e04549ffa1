"""Scans that a device made without a net come in: each once, each answered, none lost."""

from typing import Any

from flask import jsonify

from expo.checkin import queries
from expo.checkin.api.askers import asker, device_asks
from expo.checkin.api.blueprint import API, body, bp
from expo.checkin.api.known import Known
from expo.checkin.api.redeeming import decided
from expo.checkin.reading import MOST_AT_ONCE, Incomplete, synced
from expo.checkin.reasons import explained
from expo.checkin.services import Asker, NoGate
from expo.web import _, db, public, words
from expo.web.quick import quick

LARGEST = 1024 * 1024
SEEN = "UPDATE gate_device SET last_seen_at = now() WHERE id = %s"


@bp.post(f"{API}/sync")
@public
def sync(house: str):
    """{scans: [{scan_id, gate, type, datetime, secret, verdict, reason, forced}]}, as they happened.

    What is acknowledged is on disk: a device's scans are written without waiting for it one by one, and the
    note that it was seen, which comes last, waits for all before it.
    """
    _here, device = device_asks(house)
    here, who = asker(house)
    data = body(LARGEST)
    scans = data.get("scans") if isinstance(data, dict) else None
    if not isinstance(scans, list):
        raise Incomplete(scans="This field is required.")
    if len(scans) > MOST_AT_ONCE:
        raise Incomplete(scans=f"Send at most {MOST_AT_ONCE} at once.")
    results = [_taken(here, who, scan, lazy=device is not None) for scan in scans]
    if device is not None:
        quick().execute(SEEN, (device.id,))
    answer = jsonify(results=results, conflicts=queries.open_conflicts(db(), here.edition_id))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _taken(here: Known, who: Asker, data: Any, *, lazy: bool) -> dict[str, Any]:
    """One scan written, or why it can never be: then sending it again is of no use."""
    scan_id = data.get("scan_id") if isinstance(data, dict) else None
    try:
        scan = synced(data)
    except Incomplete as incomplete:
        return {"scan_id": scan_id, "status": "error", "reason": "incomplete", "fields": incomplete.fields}
    try:
        answer = decided(here, who, scan, lazy=lazy)
    except NoGate:
        return {
            "scan_id": scan_id, "status": "error", "reason": "gate",
            "reason_explanation": _("There is no such gate, or it is closed."),
        }  # fmt: skip
    sentence = explained(answer.reason, answer.detail) if answer.reason else None
    return {
        "scan_id": scan_id,
        "status": "ok",
        "verdict": answer.verdict,
        "reason": answer.conflict or answer.reason or None,
        "reason_explanation": words(sentence) if sentence else None,
        "conflict": answer.conflict is not None,
        "replayed": answer.replayed,
        "flag": answer.flag or None,
        "datetime": answer.at.isoformat(),
        "passage": answer.id,
    }
