"""Which of a party's meetings comes next, and how it stands, for somebody in a hurry."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

SOON = timedelta(minutes=45)


class Timed(Protocol):
    """A meeting with its times and state."""

    starts_at: datetime
    ends_at: datetime
    state: str


Meeting = TypeVar("Meeting", bound=Timed)


def next_of(several: Sequence[Meeting], at: datetime) -> Meeting | None:
    """The meeting to go to: the one that runs or comes first, of those that take place."""
    left = [one for one in several if one.state in ("planned", "held") and one.ends_at > at]
    waiting = [one for one in left if one.state == "planned" or one.starts_at > at]
    return min(waiting or left, key=lambda one: one.starts_at, default=None)


def minutes_to(one: Timed, at: datetime) -> int:
    """Whole minutes until a meeting begins, rounded up; below 1 once it has."""
    return -int((at - one.starts_at) // timedelta(minutes=1))
