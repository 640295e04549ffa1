"""Devices: made by the organiser, enrolled once with a code, known by a token, revoked at once."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import Session, select

from expo.accounts.tokens import digest, fresh_token
from expo.checkin.models import Device, DeviceGate, Gate
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 12
CODE_HOURS = 12
LONGEST_NAME = 80


def make_device(
    session: Session,
    edition: Edition,
    name: str,
    gates: Sequence[Gate] = (),
    *,
    may_force: bool = True,
    may_search: bool = True,
) -> tuple[Device, str]:
    """A new device and the code that enrols it, once, within hours. Without gates it may serve every one."""
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise Refused(say("Give the device a name that people at the gate recognise."))
    device = Device(edition_id=edition.id, name=name, may_force=may_force, may_search=may_search)
    session.add(device)
    session.flush()
    set_gates(session, device, gates)
    return device, renew_code(session, device)


def set_gates(session: Session, device: Device, gates: Sequence[Gate]) -> None:
    """The gates that a device may serve from now on; none: every one."""
    session.execute(delete(DeviceGate).where(DeviceGate.device_id == device.id))
    session.add_all(DeviceGate(device_id=device.id, gate_id=gate.id) for gate in gates)
    session.flush()


def renew_code(session: Session, device: Device) -> str:
    """A new code for enrolling; whatever was enrolled before stays so until the code is used."""
    if device.revoked_at is not None:
        raise Refused(say("This device was locked out. Make a new one."))
    code = "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))
    device.code_digest = digest(code)
    device.code_expires_at = now() + timedelta(hours=CODE_HOURS)
    session.add(device)
    session.flush()
    return code


def enrol(
    session: Session, code: str, name: str = "", software: str = "", edition_id: int | None = None
) -> tuple[Device, str]:
    """Use a code up: the device and its token, which nobody can read again. Of two at once one gets it."""
    typed = "".join(code.upper().split()).replace("-", "")
    device = session.exec(
        select(Device).where(Device.code_digest == digest(typed)).with_for_update()
    ).one_or_none()
    if device is None or edition_id not in (None, device.edition_id):
        raise Refused(say("This code enrols nothing: it was used already, or mistyped."))
    if device.revoked_at is not None or device.code_expires_at is None or device.code_expires_at < now():
        raise Refused(say("This code has run out. Ask the organiser for a new one."))
    device.name = " ".join(name.split())[:LONGEST_NAME] or device.name
    device.software = " ".join(software.split())[:LONGEST_NAME]
    device.code_digest = device.code_expires_at = None
    device.enrolled_at = device.last_seen_at = now()
    return device, roll(session, device)


def roll(session: Session, device: Device) -> str:
    """A new token; the one before is good for nothing."""
    token = fresh_token()
    device.token_digest = digest(token)
    session.add(device)
    session.flush()
    return token


def revoke_device(session: Session, device: Device) -> None:
    """Lock a device out, at once and for good."""
    if device.revoked_at is not None:
        raise Refused(say("This device was locked out already."))
    device.revoked_at = now()
    device.code_digest = device.code_expires_at = None
    session.add(device)
    session.flush()


def device_of(session: Session, token: str, edition_id: int | None = None) -> Device | None:
    """The device of a token, if it is one of the edition (None: of any) and was not locked out."""
    device = session.exec(select(Device).where(Device.token_digest == digest(token))).one_or_none()
    if device is None or device.revoked_at is not None or edition_id not in (None, device.edition_id):
        return None
    return device
