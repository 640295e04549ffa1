"""The verbs of the gate."""

from expo.checkin.services.bundling import gather
from expo.checkin.services.devices import (
    device_of,
    enrol,
    make_device,
    renew_code,
    revoke_device,
    roll,
    set_gates,
)
from expo.checkin.services.finding import NoDesk, catch_up, found
from expo.checkin.services.passing import Answer, Asker, NoGate, NotHere, Stranger, annul, decide, settle
from expo.checkin.services.setup import default_set, ensure_settings
from expo.checkin.services.taking import Taken, take_over

__all__ = [
    "Taken",
    "Answer",
    "Asker",
    "NoDesk",
    "NoGate",
    "NotHere",
    "Stranger",
    "annul",
    "catch_up",
    "decide",
    "default_set",
    "device_of",
    "enrol",
    "ensure_settings",
    "found",
    "gather",
    "make_device",
    "renew_code",
    "revoke_device",
    "roll",
    "set_gates",
    "settle",
    "take_over",
]
