"""How many people are expected in the talks, hour by hour."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)


def per_hour(talks: Iterable[tuple[datetime, datetime, int]], zone: ZoneInfo) -> list[tuple[datetime, int]]:
    """(local hour, people in talks that run within it) for each hour with a talk, by time.

    `talks`: start, end, and how many people starred the talk.
    """
    found: dict[datetime, int] = {}
    for start, end, people in talks:
        hour = start.astimezone(zone).replace(minute=0, second=0, microsecond=0)
        while hour < end:
            found[hour] = found.get(hour, 0) + people
            hour += HOUR
    return sorted(found.items())
