"""How the meetings went, as figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Held:
    """Meetings by what became of them; `added` were arranged on site."""

    planned: int
    held: int
    no_show: int
    cancelled: int
    added: int

    @property
    def kept(self) -> float | None:
        """The part of the meetings whose time has come that took place; None before the first."""
        due = self.held + self.no_show
        return self.held / due if due else None


def counted(rows: Iterable[tuple[str, str, int]]) -> Held:
    """The sums of (state, origin, number)."""
    sums = dict.fromkeys(("planned", "held", "no_show", "cancelled"), 0)
    added = 0
    for state, origin, number in rows:
        sums[state] += number
        added += number if origin == "site" and state != "cancelled" else 0
    return Held(**sums, added=added)


def spread(parties: Mapping[int, int]) -> list[tuple[int, int]]:
    """(meetings, parties) from 0 up to the most that anybody has, without a gap."""
    return [(number, parties.get(number, 0)) for number in range(max(parties, default=-1) + 1)]


def middle(parties: Mapping[int, int]) -> float | None:
    """The median number of meetings of a party; None without parties."""
    values = [number for number, several in sorted(parties.items()) for _one in range(several)]
    return float(median(values)) if values else None
