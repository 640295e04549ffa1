"""What happened to each talk over the released versions, for calendars that must be told of changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Appearance:
    """A talk's place in one version; versions are numbered from 0 in order of release.

    `said` is a mark of its title, abstract and people; '' where nobody looked.
    """

    version: int
    talk_id: int
    room_id: int
    start: datetime
    end: datetime
    said: str = ""

    @property
    def place(self) -> tuple[int, datetime, datetime]:
        return self.room_id, self.start, self.end


@dataclass(frozen=True)
class Revision:
    """How often a talk changed up to a version, when it last did, and whether it was removed.

    `moved_at` is when its place last changed or it came or went; None for a talk that stays where it began.
    """

    sequence: int
    changed_at: datetime
    cancelled: bool
    last: Appearance
    moved_at: datetime | None = None


def revisions(released: list[datetime], appearances: Iterable[Appearance]) -> dict[int, Revision]:
    """The revision of every talk that ever appeared, as of the last of the versions `released`."""
    by_talk: dict[int, dict[int, Appearance]] = {}
    for one in appearances:
        by_talk.setdefault(one.talk_id, {})[one.version] = one
    return {talk: _revision(released, versions) for talk, versions in by_talk.items()}


def _revision(released: list[datetime], versions: dict[int, Appearance]) -> Revision:
    first = min(versions)
    last, sequence, changed_at, present = versions[first], 0, released[first], True
    moved_at = None
    for number in range(first + 1, len(released)):
        now = versions.get(number)
        if (now is not None) != present or (now is not None and now.place != last.place):
            sequence, changed_at, moved_at = sequence + 1, released[number], released[number]
        elif now is not None and now.said != last.said:
            sequence, changed_at = sequence + 1, released[number]
        last, present = now or last, now is not None
    return Revision(sequence, changed_at, not present, last, moved_at)
