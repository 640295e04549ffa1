"""The verbs of the reference edition: write it, sell its stands, open its doors, hold its meetings."""

from matchmaking.demo.services.asking import ask_around
from matchmaking.demo.services.choosing import plan_choosing
from matchmaking.demo.services.dealing import close_deals, hold_meetings
from matchmaking.demo.services.living import live
from matchmaking.demo.services.opening import open_doors
from matchmaking.demo.services.registering import open_registration
from matchmaking.demo.services.staging import stage
from matchmaking.demo.services.trading import trade
from matchmaking.demo.services.welcoming import busy_buyer, telling_exhibitor, welcome
from matchmaking.demo.services.writing import write_folder

__all__ = [
    "ask_around",
    "busy_buyer",
    "close_deals",
    "hold_meetings",
    "live",
    "open_doors",
    "open_registration",
    "plan_choosing",
    "stage",
    "telling_exhibitor",
    "trade",
    "welcome",
    "write_folder",
]
