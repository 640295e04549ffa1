"""People who come, and what they agreed to."""

from expo.registration.models.consents import Consent
from expo.registration.models.people import KINDS, Person

__all__ = ["KINDS", "Consent", "Person"]
