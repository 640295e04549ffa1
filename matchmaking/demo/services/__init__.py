"""The verbs of the reference edition: write it, hold its meetings, record what came of them."""

from matchmaking.demo.services.dealing import close_deals, hold_meetings
from matchmaking.demo.services.welcoming import welcome
from matchmaking.demo.services.writing import write_folder

__all__ = ["close_deals", "hold_meetings", "welcome", "write_folder"]
