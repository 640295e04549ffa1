"""People who come, how they registered, and what they consent to."""

from expo.registration.models.consents import PURPOSES, Consent
from expo.registration.models.people import CONFIRMED, KINDS, STATES, Person

__all__ = ["CONFIRMED", "KINDS", "PURPOSES", "STATES", "Consent", "Person"]
