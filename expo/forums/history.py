"""What happened to each talk over the released versions, for calendars that must be told of changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Appearance:
    """A talk's place in one version; versions are numbered from 0 in order of release."""

    version: int
    talk_id: int
    room_id: int
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Revision:
    """How often a talk's place changed up to a version, when it last did, and whether it was removed."""

    sequence: int
    changed_at: datetime
    cancelled: bool
    last: Appearance


def revisions(released: list[datetime], appearances: Iterable[Appearance]) -> dict[int, Revision]:
    """The revision of every talk that ever appeared, as of the last of the versions `released`."""
    by_talk: dict[int, dict[int, Appearance]] = {}
    for one in appearances:
        by_talk.setdefault(one.talk_id, {})[one.version] = one
    return {talk: _revision(released, versions) for talk, versions in by_talk.items()}


def _revision(released: list[datetime], versions: dict[int, Appearance]) -> Revision:
    first = min(versions)
    last, sequence, changed_at, present = versions[first], 0, released[first], True
    for number in range(first + 1, len(released)):
        now = versions.get(number)
        moved = now is not None and (now.room_id, now.start, now.end) != (last.room_id, last.start, last.end)
        if moved or (now is not None) != present:
            sequence, changed_at = sequence + 1, released[number]
        last, present = now or last, now is not None
    return Revision(sequence, changed_at, not present, last)
