"""People who come, how they registered, what they consent to, and what is kept of them."""

from expo.registration.models.consents import PURPOSES, Consent
from expo.registration.models.likeness import NotSame, PersonLikeness, PersonMerge, PersonUpload
from expo.registration.models.people import CONFIRMED, KINDS, STATES, Person, PersonLink
from expo.registration.models.photos import PersonPhoto
from expo.registration.models.privacy import (
    ErasedEntry,
    Erasure,
    PrivacySettings,
    PurposeText,
    RetentionReport,
)
from expo.registration.models.questions import Answer, Question, QuestionTicket
from expo.registration.models.staff import StaffAllowance, StaffRule
from expo.registration.models.tickets import Invitation, Quota, QuotaTicket, RegistrationSettings, Ticket
from expo.registration.models.visa import VisaLetter, VisaSettings

__all__ = [
    "Answer",
    "CONFIRMED",
    "Consent",
    "ErasedEntry",
    "Erasure",
    "Invitation",
    "KINDS",
    "NotSame",
    "PURPOSES",
    "Person",
    "PersonLikeness",
    "PersonLink",
    "PersonMerge",
    "PersonPhoto",
    "PersonUpload",
    "PrivacySettings",
    "PurposeText",
    "Question",
    "QuestionTicket",
    "Quota",
    "QuotaTicket",
    "RegistrationSettings",
    "RetentionReport",
    "STATES",
    "StaffAllowance",
    "StaffRule",
    "Ticket",
    "VisaLetter",
    "VisaSettings",
]
