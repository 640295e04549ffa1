"""The verbs of leads, one module a concern."""

from matchmaking.leads.services.asking import (
    add_question,
    questions,
    retire_question,
    stand_questions,
)
from matchmaking.leads.services.capturing import Result, Scanner, capture
from matchmaking.leads.services.marking import change, mark
from matchmaking.leads.services.phones import enrol, new_phone, phone_of, revoke_phone
from matchmaking.leads.services.writing import (
    Sending,
    delete_letter,
    mute,
    save_letter,
    send,
    withdraw_consent,
)

__all__ = [
    "Result",
    "Scanner",
    "Sending",
    "add_question",
    "capture",
    "change",
    "delete_letter",
    "enrol",
    "mark",
    "mute",
    "new_phone",
    "phone_of",
    "questions",
    "retire_question",
    "revoke_phone",
    "save_letter",
    "send",
    "stand_questions",
    "withdraw_consent",
]
