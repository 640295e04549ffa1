"""Clock times and breaks in the settings of a folder."""

import re
from datetime import time
from typing import Any

from expo.words import say as _t
from matchmaking.folder.values import BadCell

PAIRS = _t('Breaks are pairs of clock times in order, like [["12:00", "13:30"]].')


def read_clock(value: Any) -> time:
    """A local clock time like 09:30."""
    if isinstance(value, time) and not value.tzinfo:
        return value.replace(second=0, microsecond=0)
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        return time.fromisoformat(value)
    raise BadCell(_t("This is not a clock time; write it like 09:30."))


def clock_text(value: Any) -> str:
    """The same as text."""
    return read_clock(value).strftime("%H:%M")


def pairs(value: Any) -> list[list[str]]:
    """Breaks as they are kept, in whatever order."""
    if not isinstance(value, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        raise BadCell(PAIRS)
    return [[clock_text(one), clock_text(other)] for one, other in value]


def breaks(value: Any) -> list[list[str]]:
    """The same in order, none of them past midnight."""
    read = pairs(value)
    if any(start >= end for start, end in read) or read != sorted(read):
        raise BadCell(PAIRS)
    return read
