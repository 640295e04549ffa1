"""Areas, gates, rules; devices; passages and where people are."""

from expo.checkin.models.devices import Device, DeviceGate
from expo.checkin.models.finding import Find
from expo.checkin.models.passages import Annulment, Box, Conflict, Count, Passage, Place
from expo.checkin.models.setup import Area, Exemption, Gate, GateSettings, Rule

__all__ = [
    "Annulment",
    "Area",
    "Box",
    "Conflict",
    "Count",
    "Device",
    "DeviceGate",
    "Exemption",
    "Find",
    "Gate",
    "GateSettings",
    "Passage",
    "Place",
    "Rule",
]
