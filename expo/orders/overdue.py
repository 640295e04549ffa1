"""When which reminder of an overdue invoice goes out."""

from collections.abc import Sequence
from datetime import date

LEVELS = 3
CLASSES = (("0–30", 30), ("31–60", 60), ("61–90", 90), ("90+", None))
"""Ages of overdue invoices in days, as lists of open items group them."""


def level_due(due_on: date, today: date, days: Sequence[int], reached: int, last: date | None) -> int | None:
    """The level of reminder to send today; None for none.

    Levels go out one after the other: each when its number of days overdue has passed, and not sooner after
    the one before than their distance.
    """
    level = reached + 1
    if level > min(LEVELS, len(days)):
        return None
    gap = days[level - 1] - (days[level - 2] if level > 1 else 0)
    if (today - due_on).days < days[level - 1]:
        return None
    return level if last is None or (today - last).days >= gap else None


def age_class(days: int) -> str:
    """The class of an age in days."""
    return next(name for name, most in CLASSES if most is None or days <= most)
