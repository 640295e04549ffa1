"""The programme hours of a day, which may end on the next date."""

from datetime import datetime, time, timedelta
from typing import Any

from expo.forums.hours import rest_minutes
from expo.words import Sentence
from expo.words import say as _t

LONGEST = timedelta(hours=20)
"""A programme that ends at or before the hour it began ends on the next date; 09:00 to 08:00 is a slip."""


def wrong(day: dict[str, Any], others: list[dict[str, Any]]) -> Sentence | None:
    """What is wrong with a day's hours, alone or beside those of other days."""
    mine = _span(day)
    if mine is None:
        return None
    if mine[1] - mine[0] > LONGEST and mine[1].date() > mine[0].date():
        return _t("The programme of the day ends before it begins.")
    for other in others:
        theirs = _span(other)
        if theirs and other["date"] != day["date"] and mine[0] < theirs[1] and theirs[0] < mine[1]:
            return _t("The programme of this day overlaps that of the day before, which ends past midnight.")
    return None


def in_order(day: dict[str, Any]) -> bool:
    """Whether a day's breaks follow one another, past midnight where its programme does."""
    since, until = day["programme_from"], day["programme_until"]
    past_midnight = since is not None and until is not None and until <= since
    pairs = [tuple(map(time.fromisoformat, pair)) for pair in day["breaks"]]
    rests = [rest_minutes(start, end, since or time(), past_midnight) for start, end in pairs]
    return rests == sorted(rests) and all(start < end for start, end in rests)


def _span(day: dict[str, Any]) -> tuple[datetime, datetime] | None:
    date, since, until = day["date"], day["programme_from"], day["programme_until"]
    if date is None or since is None or until is None:
        return None
    return datetime.combine(date, since), datetime.combine(date + timedelta(days=until <= since), until)
