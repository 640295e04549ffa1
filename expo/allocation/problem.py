"""The values a stand allocation is asked with and answered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8
CORNERS = (NORTH | EAST, EAST | SOUTH, SOUTH | WEST, WEST | NORTH)
SHAPES = ("any", "row", "block", "corner", "island", "raw")
WISH_KINDS = ("near_entrance", "corner", "beside", "stand", "zone", "hall")
SHARED_EDGE_CM = 100


@dataclass(frozen=True, slots=True)
class Unit:
    """A rectangle of floor that is sold whole.

    x, y, width and depth are centimetres in the hall's own plan, x eastwards and y southwards, so the north
    side lies at y and the south side at y + depth. open_sides adds up NORTH, EAST, SOUTH and WEST.
    height_cm is the greatest build height and load_kg_m2 the greatest load of the floor; None is no limit.
    """

    code: str
    hall: str
    zone: str
    x: int
    y: int
    width: int
    depth: int
    open_sides: int = 0
    raw: bool = False
    entrance_m: float = 0.0
    power_kw: float = 0.0
    water: bool = False
    height_cm: int | None = None
    load_kg_m2: int | None = None

    @property
    def area_cm2(self) -> int:
        """Floor area in square centimetres."""
        return self.width * self.depth


@dataclass(frozen=True, slots=True)
class Wish:
    """One ranked wish (rank 1 is the dearest); target is a code, empty where the kind needs none."""

    kind: str
    target: str = ""
    rank: int = 1


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks for space.

    zones empty means any zone. paid_on is a sortable number (an ordinal day), earlier wins a tie on points.
    pavilion names the lead applicant inside whose block this one is placed. country and newcomer serve the
    fairness report alone.

    water, height_cm and load_kg_m2 are needs without which a place is no use: the power of a block's units
    adds up and one of them must have water, but height and load every single one must allow. least_m2 is the
    area the applicant would still accept (None: no less than area_m2); what it is placed for shrinks in
    proportion. In a pavilion the needs of all members count, and each may be cut to its own least.
    """

    code: str
    area_m2: float
    shape: str = "any"
    zones: tuple[str, ...] = ()
    wishes: tuple[Wish, ...] = ()
    points: float = 0.0
    paid_on: float = 0.0
    pavilion: str | None = None
    raw: bool = False
    power_kw: float = 0.0
    country: str = ""
    newcomer: bool = False
    water: bool = False
    height_cm: int | None = None
    load_kg_m2: int | None = None
    least_m2: float | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """What satisfaction is made of, in points that the applicant's priority (1.0 to 2.0) multiplies.

    placed: per standard unit of area asked for, at least one; where less is given, only that share of it.
    wish: a wish of full share; rank_percent gives the share by rank, the last entry serving all later ranks.
    partner: two partners side by side. spare: taken off per standard unit beyond the area asked for (not
    multiplied). An entrance nearer than near_m counts fully, farther than far_m not at all, linearly in
    between.
    """

    placed: int = 1000
    wish: int = 1000
    rank_percent: tuple[int, ...] = (100, 60, 40, 25)
    partner: int = 500
    spare: int = 100
    near_m: int = 10
    far_m: int = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything an allocation depends on.

    rivals may not stand closer than rival_gap_cm (edge to edge, same hall); partners like to share an edge.
    locks are kept as they are, whatever the rules say; a lock under a code that is no applicant's keeps those
    units off the floor. Who had a place in previous and does not keep it exactly costs change_price points.
    """

    units: tuple[Unit, ...]
    applicants: tuple[Applicant, ...]
    rivals: tuple[tuple[str, str], ...] = ()
    partners: tuple[tuple[str, str], ...] = ()
    locks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    previous: Mapping[str, tuple[str, ...]] | None = None
    change_price: float = 0.0
    rival_gap_cm: int = 1200
    lottery_seed: int = 2023
    weights: Weights = Weights()


@dataclass(frozen=True, slots=True)
class Allocation:
    """An answer.

    placements gives every placed applicant its own units, no unit twice: inside a pavilion the members have
    theirs and the lead the rest, so the pavilion's block is the union. bound is None when none was asked for;
    gap_pct is 100 × (bound − objective) / bound. curve holds (rounds done, best objective).
    """

    placements: Mapping[str, tuple[str, ...]]
    objective: int
    bound: int | None
    gap_pct: float | None
    curve: tuple[tuple[int, int], ...]
    unplaced: tuple[str, ...]
    seed: int
    rounds: int
    unit_prices: Mapping[str, float] = field(default_factory=dict)


def pavilions(problem: Problem) -> dict[str, tuple[str, ...]]:
    """Lead code → codes of its members. A lead that is missing or itself a member leads nobody."""
    by_code = {applicant.code: applicant for applicant in problem.applicants}
    members: dict[str, list[str]] = {}
    for applicant in by_code.values():
        lead = by_code.get(applicant.pavilion) if applicant.pavilion else None
        if lead and lead.code != applicant.code and lead.pavilion in (None, "", lead.code):
            members.setdefault(lead.code, []).append(applicant.code)
    return {lead: tuple(codes) for lead, codes in members.items()}
