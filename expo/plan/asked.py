"""What an address of the plan asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from expo.plan.finding import Finder, Wanted
from expo.plan.walking.site import Spot

MOST_LETTERS = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """`to` is a stand or a name; `start` a door ("H1:N1"), `at` the stand one is at. All '' if not asked."""

    hall: str = ""
    stand: str = ""
    to: str = ""
    start: str = ""
    at: str = ""
    wanted: Wanted = Wanted()

    @property
    def is_way(self) -> bool:
        """Whether a way is asked for."""
        return bool(self.to)

    def pairs(self, **changed: str) -> list[tuple[str, str]]:
        """The query of the same page with some values changed ('' leaves one out)."""
        wanted = self.wanted
        values = {
            "hall": self.hall, "q": wanted.words, "zone": wanted.zone, "country": wanted.country,
            "sector": wanted.sector, "stand": self.stand, "to": self.to, "from": self.start, "at": self.at,
        } | changed  # fmt: skip
        return [(name, value) for name, value in values.items() if value]


def asked_of(values: Mapping[str, str]) -> Asked:
    """Read from a query, cut to a length that somebody may have typed."""

    def text(name: str) -> str:
        return values.get(name, "").strip()[:MOST_LETTERS]

    wanted = Wanted(text("q"), text("zone"), text("country"), text("sector"))
    return Asked(text("hall"), text("stand"), text("to"), text("from"), text("at"), wanted)


def goal_of(finder: Finder, asked: Asked) -> tuple[Spot, str] | None:
    """Where the way leads, and its label: a stand by code, with the rest of its booth, or the best name."""
    stand = finder.stand(asked.to)
    if stand:
        booth = next((entry.stands for entry in finder.entries if stand[0] in entry.stands), (stand[0],))
        return Spot(stand[1], booth), stand[0]
    found = finder.find(Wanted(asked.to)) if asked.to else []
    return (Spot(found[0].hall, found[0].stands), found[0].stands[0]) if found else None


def start_of(finder: Finder, asked: Asked, hall: str) -> Spot | None:
    """Where the way starts: the stand one is at, a door, or any door of the hall one goes to."""
    if asked.at:
        stand = finder.stand(asked.at)
        return Spot(stand[1], (stand[0],)) if stand else None
    if asked.start:
        where, _, door = asked.start.partition(":")
        return Spot(where, door=door)
    return Spot(hall)
