"""Which time zone a programme is in that says only how far its clocks are from UTC."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

LIKELY = (
    "Europe/Berlin", "Europe/London", "UTC", "Europe/Helsinki", "Europe/Moscow", "America/New_York",
    "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Sao_Paulo", "Asia/Kolkata",
    "Asia/Shanghai", "Asia/Tokyo", "Asia/Tehran", "Asia/Dubai", "Australia/Sydney",
)  # fmt: skip
"""Those that most conferences are in, tried first."""


def zone_named(name: str) -> str:
    """The name if it is that of a time zone; '' otherwise."""
    name = name.strip()
    return name if name in available_timezones() else ""


def zone_like(moments: Iterable[datetime]) -> str:
    """A zone whose clocks show what these moments say; UTC without any, an offset where none fits."""
    seen = {(moment.astimezone(UTC), moment.utcoffset()) for moment in moments if moment.tzinfo}
    if not seen:
        return "UTC"
    others = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    for name in (*LIKELY, *others):
        zone = ZoneInfo(name)
        if all(moment.astimezone(zone).utcoffset() == offset for moment, offset in seen):
            return name
    hours = round((min(offset for _, offset in seen) or timedelta()).total_seconds() / 3600)
    return f"Etc/GMT{-hours:+d}" if -14 <= -hours <= 12 and hours else "UTC"
