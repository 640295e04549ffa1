"""People who come, how they registered, and what they consent to."""

from expo.registration.models.consents import PURPOSES, Consent
from expo.registration.models.people import CONFIRMED, KINDS, STATES, Person, PersonLink
from expo.registration.models.questions import Answer, Question, QuestionTicket
from expo.registration.models.tickets import Invitation, Quota, QuotaTicket, RegistrationSettings, Ticket

__all__ = [
    "CONFIRMED",
    "KINDS",
    "PURPOSES",
    "STATES",
    "Answer",
    "Consent",
    "Invitation",
    "Person",
    "PersonLink",
    "Question",
    "QuestionTicket",
    "Quota",
    "QuotaTicket",
    "RegistrationSettings",
    "Ticket",
]
