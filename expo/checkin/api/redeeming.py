"""A scan, decided and written; and a scan taken back."""

import secrets
from typing import Any

import psycopg
from flask import jsonify
from sqlmodel import col, select

from expo.accounts.services import count_try, forgive
from expo.checkin import services
from expo.checkin.api.answers import scan_answer, status_of
from expo.checkin.api.askers import asker, device_asks
from expo.checkin.api.blueprint import API, body, bp, failed
from expo.checkin.api.known import Known, read_secret
from expo.checkin.models import Device, Passage
from expo.checkin.reading import SCAN_ID, Incomplete, Scan, redeem
from expo.checkin.services import Answer, Asker
from expo.web import _, db, public
from expo.web.database import give_up
from expo.web.quick import quick

TRIES = 3
TYPED = "gate.code"


@bp.post(f"{API}/redeem")
@public
def redeem_here(house: str):
    """Our own address of the call."""
    here, who = asker(house)
    return redeemed(here, who)


def redeemed(here: Known, who: Asker):
    """Read the scan, decide, answer."""
    answer = decided(here, who, redeem(body(), secrets.token_urlsafe(12)))
    return jsonify(scan_answer(here, answer)), status_of(answer)


def decided(here: Known, who: Asker, scan: Scan, *, lazy: bool = False) -> Answer:
    """Decide about a scan. Where the connection broke it is asked again: the same scan counts once."""
    found = read_secret(here, scan.secret)
    asker_of_codes = (who.token or f"user {who.user_id}") if found.code and scan.verdict is None else ""
    if asker_of_codes:
        count_try(db(), TYPED, asker_of_codes)  # nobody tries codes out
        db().commit()
    give_up()  # what was read so far keeps no second connection while the gate decides
    for tries_left in reversed(range(TRIES)):
        try:
            answer = services.decide(quick(), who, scan, found, lazy=lazy)
        except psycopg.OperationalError:
            if not tries_left:
                raise
            continue
        if asker_of_codes and answer.reason != "invalid":
            forgive(db(), TYPED, asker_of_codes)
            db().commit()
        return answer
    raise AssertionError


@bp.post(f"{API}/annul")
@public
def annul_here(house: str):
    """Take a scan of one's own back: {nonce} or {passage}, {reason}."""
    return annulled(*device_asks(house))


def annulled(here: Known, device: Device | None):
    """The newest scan with that nonce, of this device (of any, for somebody signed in)."""
    data: Any = body()
    data = data if isinstance(data, dict) else {}
    nonce, number = data.get("nonce"), data.get("passage")
    query = select(Passage).where(Passage.edition_id == here.edition_id)
    if isinstance(nonce, str) and SCAN_ID.fullmatch(nonce):
        query = query.where(Passage.scan_id == nonce)
    elif isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**63:
        query = query.where(Passage.id == number)
    else:
        raise Incomplete(nonce="This field is required.")
    if device is not None:
        query = query.where(Passage.device_id == device.id)
    passage = db().exec(query.order_by(col(Passage.id).desc())).first()
    if passage is None:
        return failed(_("There is no such scan of this device."), 404)
    reason = data.get("reason") or data.get("error_explanation") or ""
    actor = db().info.get("actor", "")
    services.annul(db(), passage, actor, reason if isinstance(reason, str) else "")
    db().commit()
    return jsonify(status="ok"), 200
