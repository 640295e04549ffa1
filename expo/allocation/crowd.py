"""The parties to be placed, as arrays: what each needs, may have, wishes for and must keep away from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from expo.allocation import priority
from expo.allocation.blocks import ANY, BIT_OF_SHAPE, HOLED
from expo.allocation.floor import Floor
from expo.allocation.problem import Applicant, Problem

NEAR_ENTRANCE, CORNER_STAND, STAND, ZONE, HALL = range(5)
NEAR, FAR, SPARE, STANDARD, GAP, KEEP = range(6)


class Crowd(NamedTuple):
    """n parties (a pavilion is one party), each with its rows in the CSR lists that end in _first.

    least, need and limit in cm², power in W, height in cm, load in kg/m²; base, wish and pair amounts in
    points. shape is a mask of bits of which a block must have one. must lists units a block has to contain.
    fixed parties stand where their lock says. terms holds near cm, far cm, spare points, standard cm², rival
    gap cm, points for keeping a place.
    """

    least: np.ndarray
    need: np.ndarray
    limit: np.ndarray
    shape: np.ndarray
    raw: np.ndarray
    power: np.ndarray
    water: np.ndarray
    height: np.ndarray
    load: np.ndarray
    base: np.ndarray
    fixed: np.ndarray
    previous: np.ndarray
    region_first: np.ndarray
    regions: np.ndarray
    wish_first: np.ndarray
    wish_kind: np.ndarray
    wish_target: np.ndarray
    wish_amount: np.ndarray
    must_first: np.ndarray
    must: np.ndarray
    rival_first: np.ndarray
    rivals: np.ndarray
    pair_first: np.ndarray
    pair_other: np.ndarray
    pair_amount: np.ndarray
    zone_of_region: np.ndarray
    hall_of_region: np.ndarray
    terms: np.ndarray


class Party(NamedTuple):
    """A lead applicant with its members, the area and the needs of them all and what binds it.

    Areas in cm², power in W, height in cm, load in kg/m².
    """

    lead: Applicant
    least: int
    need: int
    limit: int
    raw: bool
    holed: bool
    power: int
    water: bool
    height: int
    load: int
    must: tuple[int, ...]
    fixed: bool


def crowd_of(
    problem: Problem, floor: Floor, parties: Sequence[Party], number: Mapping[str, int], previous: np.ndarray
) -> Crowd:
    """Translate every party; number gives the party of each applicant code, members included."""
    weight = priority.weights(problem)
    zones = {zone: i for i, zone in enumerate(sorted({zone for _, zone in floor.regions}))}
    regions = [_regions(floor, party.lead) for party in parties]
    wishes = [_wishes(problem, party.lead, weight[party.lead.code], floor, zones) for party in parties]
    rivals = _rivals(problem, number, len(parties))
    pairs = _pairs(problem, number, weight, len(parties))
    standard, points = floor.standard_area, problem.weights
    base = [weight[p.lead.code] * points.placed * max(p.need, standard) // (1000 * standard) for p in parties]
    far = max(points.far_m, points.near_m + 1)
    keep = round(problem.change_price) if problem.previous else 0
    return Crowd(
        least=_column(party.least for party in parties),
        need=_column(party.need for party in parties),
        limit=_column(party.limit for party in parties),
        shape=_column(_mask(party) for party in parties),
        raw=_column((party.raw for party in parties), np.int8),
        power=_column(party.power for party in parties),
        water=_column((party.water for party in parties), np.int8),
        height=_column(party.height for party in parties),
        load=_column(party.load for party in parties),
        base=_column(base),
        fixed=_column((party.fixed for party in parties), np.int8),
        previous=previous,
        region_first=_first(regions),
        regions=_flat(regions, np.int32),
        wish_first=_first(wishes),
        wish_kind=_flat([[kind for kind, _, _ in row] for row in wishes], np.int32),
        wish_target=_flat([[target for _, target, _ in row] for row in wishes], np.int32),
        wish_amount=_flat([[amount for _, _, amount in row] for row in wishes]),
        must_first=_first([party.must for party in parties]),
        must=_flat([party.must for party in parties], np.int32),
        rival_first=_first(rivals),
        rivals=_flat(rivals, np.int32),
        pair_first=_first(pairs),
        pair_other=_flat([[other for other, _ in row] for row in pairs], np.int32),
        pair_amount=_flat([[amount for _, amount in row] for row in pairs]),
        zone_of_region=_column((zones[zone] for _, zone in floor.regions), np.int32),
        hall_of_region=_column((floor.halls[hall] for hall, _ in floor.regions), np.int32),
        terms=_column([points.near_m * 100, far * 100, points.spare, standard, problem.rival_gap_cm, keep]),
    )


def wish_points(problem: Problem, weight: int, rank: int) -> int:
    """What a wish of this rank is worth in full to an applicant of this weight (thousandths)."""
    shares = problem.weights.rank_percent
    share = shares[min(max(rank, 1), len(shares)) - 1] if shares else 0
    return weight * problem.weights.wish * share // 100_000


def _mask(party: Party) -> int:
    return BIT_OF_SHAPE.get(party.lead.shape, ANY) | (HOLED if party.holed else 0)


def _regions(floor: Floor, lead: Applicant) -> list[int]:
    return [r for r, (_, zone) in enumerate(floor.regions) if not lead.zones or zone in lead.zones]


def _wishes(problem: Problem, lead: Applicant, weight: int, floor: Floor, zones: Mapping[str, int]):
    """(kind, target number, points) of the wishes a place alone can fulfil ("beside" is a pair)."""
    targets: dict[str, tuple[int, Mapping[str, int] | None]] = {
        "near_entrance": (NEAR_ENTRANCE, None),
        "corner": (CORNER_STAND, None),
        "stand": (STAND, floor.index),
        "zone": (ZONE, zones),
        "hall": (HALL, floor.halls),
    }
    found = []
    for wish in lead.wishes:
        kind, known = targets.get(wish.kind, (None, None))
        if kind is not None and (known is None or wish.target in known):
            target = known[wish.target] if known is not None else 0
            found.append((kind, target, wish_points(problem, weight, wish.rank)))
    return found


def _rivals(problem: Problem, number: Mapping[str, int], size: int) -> list[list[int]]:
    found: list[set[int]] = [set() for _ in range(size)]
    for one, other in problem.rivals:
        if one in number and other in number and number[one] != number[other]:
            found[number[one]].add(number[other])
            found[number[other]].add(number[one])
    return [sorted(row) for row in found]


def _pairs(problem: Problem, number: Mapping[str, int], weight: Mapping[str, int], size: int):
    """Per party the others it gains from standing beside, with the points both sides gain together."""
    gain: dict[tuple[int, int], int] = defaultdict(int)
    for one, other in sorted({(min(pair), max(pair)) for pair in problem.partners}):
        if one in number and other in number:
            both = (weight[one] + weight[other]) * problem.weights.partner // 2000
            gain[_edge(number[one], number[other])] += both
    for applicant in problem.applicants:
        for wish in applicant.wishes:
            if wish.kind == "beside" and wish.target in number and number[applicant.code] < size:
                edge = _edge(number[applicant.code], number[wish.target])
                gain[edge] += wish_points(problem, weight[applicant.code], wish.rank)
    rows: list[list[tuple[int, int]]] = [[] for _ in range(size)]
    for (one, other), amount in sorted(gain.items()):
        if one != other and amount:
            rows[one].append((other, amount))
            rows[other].append((one, amount))
    return rows


def _edge(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _column(values: Iterable[int], kind: type = np.int64) -> np.ndarray:
    return np.array(list(values), kind)


def _first(rows: Sequence[Sequence]) -> np.ndarray:
    return _column([0, *accumulate(len(row) for row in rows)])


def _flat(rows: Sequence[Sequence[int]], kind: type = np.int64) -> np.ndarray:
    return _column((value for row in rows for value in row), kind)
