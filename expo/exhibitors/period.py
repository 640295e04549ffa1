"""When applications are taken, and what that means for one that is to be sent now."""

from datetime import datetime


def standing(opens_at: datetime | None, closes_at: datetime | None, at: datetime) -> str:
    """'early' before the first instant, 'closed' from the last one on, else 'open'."""
    if opens_at is not None and at < opens_at:
        return "early"
    if closes_at is not None and at >= closes_at:
        return "closed"
    return "open"
