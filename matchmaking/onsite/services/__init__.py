"""The verbs of the day: arrive, miss, wait, take, meet without an appointment."""

from matchmaking.onsite.services.attending import LATEST, arrive, be_late, hold, meeting_of, reopen
from matchmaking.onsite.services.missing import excuse, miss, miss_by_host, miss_other, missing_after
from matchmaking.onsite.services.openings import open_seat, stop_waiting, take, wait_here
from matchmaking.onsite.services.placing import Place, place, slot_time
from matchmaking.onsite.services.ruling import save_settings, settings_of

__all__ = [
    "LATEST",
    "Place",
    "arrive",
    "be_late",
    "excuse",
    "hold",
    "meeting_of",
    "miss",
    "miss_by_host",
    "miss_other",
    "missing_after",
    "open_seat",
    "place",
    "reopen",
    "save_settings",
    "settings_of",
    "slot_time",
    "stop_waiting",
    "take",
    "wait_here",
]
