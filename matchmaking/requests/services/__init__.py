"""The verbs of requests: ask, answer, refuse, write, and what happens by itself."""

from matchmaking.requests.services.answering import accept, propose, withdraw
from matchmaking.requests.services.asking import ask
from matchmaking.requests.services.offering import offer_instead, pass_offer
from matchmaking.requests.services.pairs import across, own_request
from matchmaking.requests.services.refusing import lift, refuse
from matchmaking.requests.services.ruling import save_settings, settings_of
from matchmaking.requests.services.settling import lapse, turn_phase, warn
from matchmaking.requests.services.writing import handle, is_silenced, mark_read, report, write

__all__ = [
    "accept",
    "across",
    "ask",
    "handle",
    "is_silenced",
    "lapse",
    "lift",
    "mark_read",
    "offer_instead",
    "own_request",
    "pass_offer",
    "propose",
    "refuse",
    "report",
    "save_settings",
    "settings_of",
    "turn_phase",
    "warn",
    "withdraw",
    "write",
]
