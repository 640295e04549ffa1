"""Seeded instances with the sizes and densities of the published ones, feasible by construction."""

from __future__ import annotations

import random
from dataclasses import dataclass

from .anneal import Search
from .domains import domains
from .problem import Half, Meeting, Problem

TIDYING_ROUNDS = 1_000_000


@dataclass(frozen=True)
class Kind:
    """How large an instance is and which rules it has; shares are of the meetings or participants."""

    participants: int
    meetings: int
    slots: int
    tables: int
    absent: float = 0.0  # of the participants: away for part of the day
    fixed: float = 0.0  # of the meetings
    ordered: float = 0.0  # of the meetings: come before another one of the same participant
    halves: float = 0.0  # of the meetings


KINDS = {
    "small event": Kind(42, 125, 8, 21, absent=0.1),
    "small event, scarce tables": Kind(42, 125, 8, 16, absent=0.1),
    "dense event": Kind(47, 180, 10, 21, absent=0.1, halves=0.1),
    "dense event, scarce tables": Kind(47, 180, 10, 19, absent=0.1, halves=0.1),
    "long event": Kind(70, 154, 21, 14, absent=0.5, halves=0.15),
    "long event, fixed": Kind(70, 154, 21, 14, absent=0.5, fixed=0.1, halves=0.15),
    "long event, ordered": Kind(76, 195, 21, 14, absent=0.5, ordered=0.15),
    "long event, everything": Kind(76, 195, 21, 14, absent=0.5, fixed=0.05, ordered=0.1, halves=0.1),
    "large event": Kind(78, 302, 22, 22, absent=0.5, halves=0.1),
    "large event, everything": Kind(78, 302, 22, 22, absent=0.5, fixed=0.05, ordered=0.05, halves=0.1),
    "large event, scarce tables": Kind(78, 302, 22, 14, absent=0.4, halves=0.1),
}


def instance(kind: Kind, seed: int = 1, max_break_difference: int | None = 2) -> Problem:
    """A problem of this kind; the day it was made from is thrown away, but shows that there is one."""
    rng = random.Random(seed)
    held = _day(kind, rng)
    held = rng.sample(held, min(kind.meetings, len(held)))
    held = _tidied(kind, held, seed)
    slot_of = [slot for _, _, slot in held]
    busy: dict[int, set[int]] = {who: set() for who in range(1, kind.participants + 1)}
    for a, b, slot in held:
        busy[a].add(slot)
        busy[b].add(slot)
    morning = (kind.slots + 1) // 2
    return Problem(
        participants=kind.participants,
        tables=kind.tables,
        slots=kind.slots,
        morning_slots=morning,
        meetings=tuple(
            Meeting(a, b, _half(slot, morning) if rng.random() < kind.halves else None) for a, b, slot in held
        ),
        unavailable=tuple(_away(kind, slots, rng) for slots in busy.values()),
        fixed=tuple(slot if rng.random() < kind.fixed else 0 for slot in slot_of),
        precedences=tuple(
            _before(number, held, rng) if rng.random() < kind.ordered else () for number in range(len(held))
        ),
        max_break_difference=max_break_difference,
    )


def _day(kind: Kind, rng: random.Random) -> list[tuple[int, int, int]]:
    """Meetings (a, b, slot) of a day whose participants stay for one stretch each, without meeting twice."""
    mean = 2 * kind.meetings / kind.participants
    stays: dict[int, range] = {}
    for who in range(1, kind.participants + 1):
        length = min(kind.slots, max(1, round(rng.triangular(1, 2.6 * mean, mean))))
        start = rng.randint(1, kind.slots - length + 1)
        stays[who] = range(start, start + length)
    met: set[frozenset[int]] = set()
    held: list[tuple[int, int, int]] = []
    for slot in range(1, kind.slots + 1):
        here = [who for who, stay in stays.items() if slot in stay]
        if len(held) < kind.meetings * slot / kind.slots:
            here += [who for who in stays if who not in here]
        held += _pair_up(here, slot, kind.tables, met, rng)
    return held


def _tidied(kind: Kind, held: list[tuple[int, int, int]], seed: int) -> list[tuple[int, int, int]]:
    """The same meetings with few breaks, so that the rules made from them leave few to prove."""
    bare = Problem(
        participants=kind.participants,
        tables=kind.tables,
        slots=kind.slots,
        morning_slots=kind.slots,
        meetings=tuple(Meeting(a, b) for a, b, _ in held),
        unavailable=(frozenset(),) * kind.participants,
        fixed=(0,) * len(held),
        precedences=((),) * len(held),
    )
    search = Search(bare, domains(bare), [slot for _, _, slot in held], seed)
    slots = search.run(TIDYING_ROUNDS)
    return [(a, b, slot) for (a, b, _), slot in zip(held, slots, strict=True)]


def _pair_up(
    here: list[int], slot: int, tables: int, met: set[frozenset[int]], rng: random.Random
) -> list[tuple[int, int, int]]:
    """Pairs of those here who have not met; the first of them are served first."""
    pairs = []
    free = list(here)
    while free and len(pairs) < tables:
        a = free.pop(0)
        others = [b for b in free if frozenset((a, b)) not in met]
        if others:
            b = rng.choice(others[: max(8, len(others) // 2)])
            free.remove(b)
            met.add(frozenset((a, b)))
            pairs.append((min(a, b), max(a, b), slot))
    return pairs


def _half(slot: int, morning: int) -> Half:
    return "am" if slot <= morning else "pm"


def _away(kind: Kind, busy: set[int], rng: random.Random) -> frozenset[int]:
    """Some arrive late or leave early, and a few are called away in between."""
    if not busy or rng.random() >= kind.absent:
        return frozenset()
    late = range(1, rng.randint(1, min(busy)))
    early = range(rng.randint(max(busy), kind.slots) + 1, kind.slots + 1)
    idle = sorted(set(range(min(busy), max(busy))) - busy)
    called = rng.sample(idle, 1) if idle and rng.random() < 0.2 else []
    return frozenset([*late, *early, *called])


def _before(number: int, held: list[tuple[int, int, int]], rng: random.Random) -> tuple[int, ...]:
    a, b, slot = held[number]
    earlier = [other + 1 for other, (c, d, when) in enumerate(held) if when < slot and {a, b} & {c, d}]
    return (rng.choice(earlier),) if earlier else ()
