"""Who asks: a device by its token, or somebody signed in who may scan."""

from flask import abort, current_app, g, request
from flask_login import current_user

from expo.accounts.tokens import digest
from expo.checkin import services
from expo.checkin.api.known import Known, known, known_by_id
from expo.checkin.models import Device
from expo.checkin.services import Asker, Stranger
from expo.editions.views import find_edition
from expo.web import can, db
from expo.web.database import name_actor

MOST_KEPT = 10_000


def token_given() -> str | None:
    """The device's token, as pretix's apps send it: `Authorization: Device …`. None without such a header.

    Another kind of credentials is none of ours: Stranger.
    """
    head = request.headers.get("Authorization")
    if head is None:
        return None
    scheme, _space, token = head.partition(" ")
    token = token.strip()
    if scheme.lower() != "device" or not token or len(token) > 200:
        raise Stranger
    return token


def asker(code: str) -> tuple[Known, Asker]:
    """The edition of an address, and who asks there. Whether a device is good, the scan tells."""
    token = token_given()
    if token is not None:
        here = known(code)
        return here, Asker(here.edition_id, token=digest(token))
    return _signed_in(code)


def device_asks(code: str) -> tuple[Known, Device | None]:
    """The same for calls that are no scans: the device itself, looked at now; None for somebody signed in."""
    token = token_given()
    if token is None:
        return _signed_in(code)[0], None
    here = known(code)
    device = services.device_of(db(), token, here.edition_id)
    if device is None:
        raise Stranger
    db().info["actor"], db().info["edition_id"] = device.name, here.edition_id
    return here, device


def device_of_any() -> tuple[Known, Device]:
    """The device of a call that names no edition, as pretix's do."""
    device = services.device_of(db(), token_given() or "")
    if device is None:
        raise Stranger
    db().info["actor"], db().info["edition_id"] = device.name, device.edition_id
    return known_by_id(device.edition_id), device


def asker_of_any() -> tuple[Known, Asker]:
    """Who asks in a scan that names no edition. A token never changes its edition, so that much is kept."""
    token = token_given()
    if token is None:
        raise Stranger
    kept: dict[str, int] = current_app.extensions.setdefault("expo_gate_tokens", {})
    key = digest(token)
    if key not in kept:
        device = services.device_of(db(), token)
        if device is None:
            raise Stranger
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = device.edition_id
    here = known_by_id(kept[key])
    return here, Asker(here.edition_id, token=key)


def _signed_in(code: str) -> tuple[Known, Asker]:
    """Somebody at a browser of ours, who must send the token of forms with everything that writes."""
    find_edition(None, {"edition": code})
    if not current_user.is_authenticated:
        abort(401)
    if not can("checkin.scan"):
        abort(403)
    if current_app.config["WTF_CSRF_ENABLED"]:
        current_app.extensions["csrf"].protect()
    name_actor()
    db().info["edition_id"] = g.edition.id
    here = known(code)
    return here, Asker(here.edition_id, user_id=current_user.id, name=current_user.name)
