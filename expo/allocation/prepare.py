"""A problem made ready to be solved: the floor and its blocks on one side, the parties on the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from expo.allocation import priority
from expo.allocation.blocks import Catalogue, Sizes, catalogue
from expo.allocation.crowd import KEEP, Crowd, Party, crowd_of
from expo.allocation.floor import Floor, floor_of, whole
from expo.allocation.problem import Applicant, Problem, pavilions

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the search, the bound and the explanations share.

    codes[i] is the (lead) applicant of party i, number the party of every applicant. queue holds the parties
    in order of priority, start the block of each locked party (else NOWHERE), blocked the units kept off the
    floor. debt is what all former places cost when none is kept.
    """

    problem: Problem
    floor: Floor
    blocks: Catalogue
    crowd: Crowd
    codes: tuple[str, ...]
    number: Mapping[str, int]
    members: Mapping[str, tuple[str, ...]]
    queue: np.ndarray
    start: np.ndarray
    blocked: np.ndarray
    debt: int


def needed_cm2(applicant: Applicant, members: tuple[Applicant, ...], standard: int) -> int:
    """Area to be found. In a pavilion everybody's share is rounded up to whole standard units first."""
    own = max(whole(applicant.area_m2, 10_000), 0)
    if not members:
        return own
    shares = [own, *(max(whole(member.area_m2, 10_000), 0) for member in members)]
    return sum(-(-share // standard) * standard for share in shares)


def least_cm2(applicant: Applicant, members: tuple[Applicant, ...], standard: int) -> int:
    """The area the party would still accept, reckoned as `needed_cm2` does; never above that, nor zero."""
    if not members:
        return share_least(applicant)
    return sum(-(-share_least(one) // standard) * standard for one in (applicant, *members))


def share_least(applicant: Applicant) -> int:
    """The least one applicant accepts, in cm²: the area asked for where no smaller one is named."""
    own = max(whole(applicant.area_m2, 10_000), 0)
    return own if applicant.least_m2 is None else min(max(whole(applicant.least_m2, 10_000), 1), own)


def limit_cm2(need: int, raw: bool, standard: int) -> int:
    """The largest area that may be given: a quarter or one standard unit too much; raw plots up to double."""
    return 2 * need if raw else need + max(need // 4, standard)


def prepare(problem: Problem) -> Prepared:
    """Translate codes to numbers. What names something unknown is dropped here and explained elsewhere."""
    floor = floor_of(problem.units)
    by_code = {applicant.code: applicant for applicant in problem.applicants}
    members = pavilions(problem)
    inside = {code: lead for lead, codes in members.items() for code in codes}
    codes = tuple(code for code in by_code if code not in inside)
    number = {code: i for i, code in enumerate(codes)}
    number |= {code: number[lead] for code, lead in inside.items()}
    held, blocked = _held(problem, floor, number)
    parties = [
        _party(by_code[code], tuple(by_code[m] for m in members.get(code, ())), floor, held.get(number[code]))
        for code in codes
    ]
    fixed = [i for i, party in enumerate(parties) if party.fixed]
    blocks = catalogue(floor, _sizes(parties), [tuple(sorted(held[i])) for i in fixed])
    start = np.full(len(codes), NOWHERE, np.int64)
    start[fixed] = blocks.first[-1] + np.arange(len(fixed))
    previous, returning = _previous(problem, floor, blocks, number, start)
    crowd = crowd_of(problem, floor, parties, number, previous)
    queue = np.array([number[code] for code in priority.order(problem) if code not in inside], np.int64)
    debt = int(crowd.terms[KEEP]) * returning
    return Prepared(problem, floor, blocks, crowd, codes, number, members, queue, start, blocked, debt)


def _held(problem: Problem, floor: Floor, number: Mapping[str, int]):
    """Party → the units its locks name, and the units locked for strangers; a clashing lock is void."""
    taken: set[int] = set()
    held: dict[int, set[int]] = {}
    strangers = [code for code in problem.locks if code not in number]
    for code in strangers:
        taken |= {floor.index[unit] for unit in problem.locks[code] if unit in floor.index}
    blocked = np.array(sorted(taken), np.int64)
    for code in priority.order(problem):
        units = {floor.index[unit] for unit in problem.locks.get(code, ()) if unit in floor.index}
        if units and not units & taken:
            taken |= units
            held.setdefault(number[code], set()).update(units)
    return held, blocked


def _party(lead: Applicant, members: tuple[Applicant, ...], floor: Floor, held: set[int] | None) -> Party:
    """A lock that is enough for the whole party fixes it; a pavilion's partial one must lie in its block."""
    need = needed_cm2(lead, members, floor.standard_area)
    raw = lead.raw or lead.shape == "raw"
    held = held or set()
    enough = not members or sum(int(floor.area[u]) for u in held) >= need
    return Party(
        lead=lead,
        least=min(least_cm2(lead, members, floor.standard_area), need),
        need=need,
        limit=limit_cm2(need, raw, floor.standard_area),
        raw=raw,
        holed=bool(members) and lead.shape == "any",
        power=sum(max(whole(a.power_kw, 1000), 0) for a in (lead, *members)),
        water=any(a.water for a in (lead, *members)),
        height=max(whole(a.height_cm or 0, 1) for a in (lead, *members)),
        load=max(whole(a.load_kg_m2 or 0, 1) for a in (lead, *members)),
        must=() if enough else tuple(sorted(held)),
        fixed=bool(held) and enough,
    )


def _sizes(parties: list[Party]) -> Sizes:
    """The distinct sizes of those still to be placed, smallest first."""
    asked = sorted(
        {(p.least, p.need, p.limit, p.raw, p.holed) for p in parties if not p.fixed and p.need > 0}
    )
    table = np.array(asked, np.int64).reshape(-1, 5)
    return Sizes(*table.T)


def _previous(
    problem: Problem, floor: Floor, blocks: Catalogue, number: Mapping[str, int], start: np.ndarray
) -> tuple[np.ndarray, int]:
    """Each party's former block, if it is still one, and how many parties had a place before."""
    found = np.full(len(start), NOWHERE, np.int64)
    before: dict[int, set[str]] = {}
    for code, units in (problem.previous or {}).items():
        if code in number and units:
            before.setdefault(number[code], set()).update(units)
    for party, codes in before.items():
        units = sorted(floor.index[code] for code in codes if code in floor.index)
        if len(units) != len(codes):
            continue
        choice = [start[party]] if start[party] != NOWHERE else _starting_in(floor, blocks, units)
        for block in choice:
            if blocks.units[blocks.unit_first[block] : blocks.unit_first[block + 1]].tolist() == units:
                found[party] = block
    return found, len(before)


def _starting_in(floor: Floor, blocks: Catalogue, units: list[int]) -> range:
    north_west = min(units, key=lambda u: (floor.rect[u, 0], floor.rect[u, 1]))
    return range(blocks.first[north_west], blocks.first[north_west + 1])
