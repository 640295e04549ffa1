"""The one plan that strangers see: screen, file, paper and JSON are made of it and of nothing else."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from expo.venue.drawing.plan import Booth, HallPlan

TAKEN, HELD, FREE, UNSAID = "taken", "held", "free", ""


@dataclass(frozen=True, slots=True)
class Shows:
    """What may be told now: who stands where, which stands are free, which are on hold."""

    names: bool = True
    free: bool = True
    held: bool = False


@dataclass(frozen=True)
class PublicPlan:
    """Halls with the occupants that may be named; `held` are codes of stands on hold, if that is told."""

    edition: str
    halls: tuple[HallPlan, ...]
    shows: Shows
    held: frozenset[str] = frozenset()
    version: int | None = None
    published_at: datetime | None = None

    def state(self, booth: Booth) -> str:
        """'taken', 'held' or 'free'; '' where the organiser does not say."""
        if booth.occupant:
            return TAKEN
        if self.held and not self.held.isdisjoint(booth.stands):
            return HELD
        return FREE if self.shows.free and self.shows.names else UNSAID

    def count(self, state: str, hall: str | None = None) -> int:
        """How many booths of all halls, or of one, are in a state."""
        return sum(counts[state] for code, counts in self._counts.items() if hall in (None, code))

    @cached_property
    def _counts(self) -> dict[str, Counter[str]]:
        return {hall.code: Counter(map(self.state, hall.booths)) for hall in self.halls}


def told(names: str, *, published: bool, free: bool, held: bool) -> Shows:
    """What an organiser's choices allow: before anything is published, as a rule, nothing."""
    named = names == "at_once" or (names == "published" and published)
    return Shows(names=named, free=free and named, held=held and named)
