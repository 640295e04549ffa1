"""What the page, the projector and programs are told, once: numbers without a name, small groups together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from expo.figures.series import MINUTE, peak, steps

FIVE, HOUR = timedelta(minutes=5), timedelta(hours=1)
WINDOW = timedelta(minutes=90)
FIRST_HOUR, LAST_HOUR = 8, 19


@dataclass(frozen=True)
class Flow:
    """Arrivals of a day: the latest, the sum, the busiest hour, and the curve beside the day before.

    `curve` is (when, arrivals) by the minute while the day runs, by five minutes once it is over; `before`
    the same clock times of the day before. `hours` is (hour, arrivals, arrivals of the day before).
    """

    last_minute: int
    last_ten: int
    total: int
    total_before: int
    peak: tuple[datetime, int] | None
    is_live: bool
    step_min: int
    curve: Sequence[tuple[datetime, int]]
    before: Sequence[tuple[datetime, int]]
    hours: Sequence[tuple[int, int, int]]


def flow(counts: Mapping[datetime, int], earlier: Mapping[datetime, int], at: datetime, live: bool) -> Flow:
    """The day's flow at the instant `at` (in the venue's time), or at its end."""
    now = at.replace(second=0, microsecond=0)
    day = now.replace(hour=0, minute=0)
    shifted = {moment + timedelta(days=1): count for moment, count in earlier.items()}
    moments = [moment.astimezone(at.tzinfo) for moment, count in (*counts.items(), *shifted.items()) if count]
    if live:
        first, last, size = now - WINDOW, now + MINUTE, MINUTE
    else:
        low = min([moment.hour for moment in moments], default=FIRST_HOUR)
        high = max([moment.hour for moment in moments], default=LAST_HOUR)
        first, last, size = day + low * HOUR, day + (high + 1) * HOUR, FIVE
    by_hour, hours_before = _by_hour(counts, at), _by_hour(shifted, at)
    span = sorted(by_hour.keys() | hours_before.keys())
    return Flow(
        last_minute=counts.get(now - MINUTE, 0),
        last_ten=sum(count for moment, count in counts.items() if now - 10 * MINUTE <= moment < now),
        total=sum(counts.values()),
        total_before=sum(count for moment, count in shifted.items() if not live or moment <= now),
        peak=peak(counts),
        is_live=live,
        step_min=size // MINUTE,
        curve=steps(counts, first, last, size),
        before=steps(shifted, first, last, size),
        hours=[
            (hour, by_hour.get(hour, 0), hours_before.get(hour, 0)) for hour in range(span[0], span[-1] + 1)
        ]
        if span
        else [],
    )


def _by_hour(counts: Mapping[datetime, int], at: datetime) -> dict[int, int]:
    found: dict[int, int] = {}
    for moment, count in counts.items():
        if count:
            hour = moment.astimezone(at.tzinfo).hour
            found[hour] = found.get(hour, 0) + count
    return found
