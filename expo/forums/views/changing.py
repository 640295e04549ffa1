"""Changes between two programmes as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from expo.forums.changes import Change
from expo.web import _l
from expo.web.language import as_date, as_names, as_time

KIND_NAMES: dict[str, Any] = {
    "new": _l("New"),
    "removed": _l("Removed"),
    "time": _l("Other time"),
    "room": _l("Other room"),
    "people": _l("Other people"),
    "title": _l("Other title"),
    "language": _l("Other language"),
    "forum": _l("Other forum"),
    "abstract": _l("Other abstract"),
}
TONES = {"new": "good", "removed": "bad", "time": "wait", "room": "wait", "people": "info"}


@dataclass(frozen=True)
class Row:
    """A change with its kinds as (word, tone), and what was and is: (label, before, after)."""

    change: Change
    badges: tuple[tuple[Any, str], ...]
    lines: tuple[tuple[Any, Any, Any], ...]


def change_rows(found: Sequence[Change]) -> list[Row]:
    """The changes in the language of the request."""
    return [
        Row(
            one,
            tuple((KIND_NAMES[kind], TONES.get(kind, "off")) for kind in one.kinds),
            tuple(_lines(one)),
        )
        for one in found
    ]


def _lines(change: Change):
    old, new = change.before, change.after
    if old is None or new is None:
        return
    if "time" in change.kinds:
        yield _l("Time"), _when(old, new), _when(new, old)
    if "room" in change.kinds:
        yield _l("Room"), as_names([old.room.name]), as_names([new.room.name])
    if "people" in change.kinds:
        yield _l("On stage"), as_names(p.name for p in old.speakers), as_names(p.name for p in new.speakers)
    if "title" in change.kinds:
        yield _l("Title"), as_names([old.title]), as_names([new.title])
    if "forum" in change.kinds:
        yield _l("Forum"), as_names([old.track.name]), as_names([new.track.name])


def _when(item, other) -> str:
    """The time, with the day where that changed."""
    hours = f"{as_time(item.start)}–{as_time(item.end)}"
    return hours if item.day == other.day else f"{as_date(item.start, 'd MMM')}, {hours}"
