"""The end of an embargo, typed as the clock at the venue shows it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from expo.errors import Refused
from expo.words import say

FIRST, LAST = 2000, 2100


def instant(typed: str, zone: ZoneInfo) -> datetime:
    """'2023-06-18 10:00' at the venue as an instant in UTC; with an offset of its own that one holds.

    An hour that clocks show twice is the later one: nothing leaves too early. Refused for an hour that clocks
    skip and for what is no time.
    """
    try:
        found = datetime.fromisoformat(typed.strip())
    except ValueError:
        found = None
    if found is None or not FIRST <= found.year <= LAST or len(typed.strip()) < len("2023-06-18T10:00"):
        raise Refused(say("Write the end of the embargo as 2023-06-18 10:00."))
    if found.tzinfo is not None:
        return found.astimezone(UTC)
    earlier, later = (found.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if later < earlier:
        raise Refused(say("This time does not exist: clocks are put forward."))
    return later
