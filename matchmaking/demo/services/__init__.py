"""The verbs of the reference edition: write it, sell its stands, hold its meetings, record the deals."""

from matchmaking.demo.services.choosing import plan_choosing
from matchmaking.demo.services.dealing import close_deals, hold_meetings
from matchmaking.demo.services.registering import open_registration
from matchmaking.demo.services.staging import stage
from matchmaking.demo.services.trading import trade
from matchmaking.demo.services.welcoming import welcome
from matchmaking.demo.services.writing import write_folder

__all__ = [
    "close_deals",
    "hold_meetings",
    "open_registration",
    "plan_choosing",
    "stage",
    "trade",
    "welcome",
    "write_folder",
]
