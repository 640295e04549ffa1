"""Two plans side by side: who got a place, moved, lost it or stays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

PLACED, MOVED, LOST, KEPT = "placed", "moved", "lost", "kept"
ORDER = (LOST, MOVED, PLACED, KEPT)


@dataclass(frozen=True, slots=True)
class Change:
    """One exhibitor's stands before and after, each in order; kind is placed, moved, lost or kept."""

    code: str
    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """What publishing would change, in exhibitors."""

    placed: int
    moved: int
    kept: int
    lost: int

    @property
    def told(self) -> int:
        """How many exhibitors see something new."""
        return self.placed + self.moved + self.lost


def compared(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> list[Change]:
    """Everybody who has a place in either plan: those who lose theirs first, then by code."""
    found = []
    for code in before.keys() | after.keys():
        was, now = tuple(sorted(before.get(code, ()))), tuple(sorted(after.get(code, ())))
        if was or now:
            found.append(Change(code, _kind(was, now), was, now))
    return sorted(found, key=lambda change: (ORDER.index(change.kind), change.code))


def counted(changes: Iterable[Change]) -> Changes:
    """The same in figures."""
    kinds = [change.kind for change in changes]
    return Changes(kinds.count(PLACED), kinds.count(MOVED), kinds.count(KEPT), kinds.count(LOST))


def _kind(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    if before == after:
        return KEPT
    if not after:
        return LOST
    return MOVED if before else PLACED
