"""The area ledger: Σ stand net ≤ zone net ≤ zone gross ≤ the edition's gross."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from expo.venue.editing.floor import Budget, Spot

CM2 = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """A zone's line: what its stands take here and in other halls, of what it has. Areas in cm² and m²."""

    zone: str
    here_cm2: int
    elsewhere_cm2: int
    net_m2: int
    gross_m2: int
    stands: int

    @property
    def used_cm2(self) -> int:
        return self.here_cm2 + self.elsewhere_cm2

    @property
    def is_over(self) -> bool:
        """Whether the stands take more than the zone's net area."""
        return self.used_cm2 > self.net_m2 * CM2


def ledger(spots: Iterable[Spot], zones: Mapping[str, Budget]) -> list[Line]:
    """A line for every zone, in the order of the zones."""
    area: dict[str, int] = defaultdict(int)
    count: dict[str, int] = defaultdict(int)
    for spot in spots:
        area[spot.zone] += spot.area_cm2
        count[spot.zone] += 1
    return [
        Line(code, area[code], zone.elsewhere_cm2, zone.net_m2, zone.gross_m2, count[code])
        for code, zone in zones.items()
    ]
