"""Seeded instances shaped like the published ones, feasible by construction.

The kinds repeat what the published families and their variants have in common (Bofill and others, "Constraint
Solving Approaches to the Business-to-Business Meeting Scheduling Problem", JAIR; 42 to 78 firms, 125 to 302
meetings): firms that receive, one half of the day for all meetings of such a firm, tables from ample to
scarce, single slots in which somebody is away, a fifth of the meetings fixed, a tenth to a fifth of them
after another one of the same firm.
"""

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
    absent: float = 0.0  # of the participants: away in `away` slots
    away: int = 1
    fixed: float = 0.0  # of the meetings
    ordered: float = 0.0  # of the meetings: come before another one of the same participant
    am: float = 0.0  # of those who receive: in the morning only
    pm: float = 0.0  # … in the afternoon only
    hosts: float = 0.75  # of the participants: receive others


def _long(tables: int = 14, **more: float) -> Kind:
    return Kind(70, 154, 21, tables, absent=0.3, am=0.6, pm=0.03, hosts=0.36, **more)


def _broad(**more: float) -> Kind:
    return Kind(76, 195, 22, 14, absent=0.35, am=0.33, pm=0.16, hosts=0.52, **more)


def _large(**more: float) -> Kind:
    return Kind(78, 302, 22, 22, absent=0.45, away=3, am=0.22, pm=0.02, hosts=0.63, **more)


KINDS = {
    "small event": Kind(42, 125, 8, 21),
    "small event, scarce tables": Kind(42, 125, 8, 16),
    "small event, scarce tables, fixed": Kind(42, 125, 8, 16, fixed=0.2),
    "small event, scarce tables, ordered": Kind(42, 125, 8, 16, ordered=0.2),
    "dense event": Kind(47, 180, 10, 21),
    "dense event, scarce tables": Kind(47, 180, 10, 19),
    "dense event, ordered": Kind(47, 180, 10, 21, ordered=0.2),
    "full event": Kind(60, 237, 10, 27, absent=0.12, away=2),
    "full event, scarce tables": Kind(60, 236, 10, 24, absent=0.12, away=2),
    "full event, ordered": Kind(60, 237, 10, 25, absent=0.12, away=2, ordered=0.2),
    "long event": _long(),
    "long event, scarce tables": _long(tables=12),
    "long event, fixed": _long(fixed=0.2),
    "long event, ordered": _long(ordered=0.1),
    "broad event": _broad(),
    "broad event, fixed": _broad(fixed=0.2),
    "large event": _large(),
    "large event, fixed": _large(fixed=0.2),
    "large event, ordered": _large(ordered=0.17),
}

BEYOND = {
    "long event, ordered, no halves": Kind(76, 195, 21, 14, absent=0.5, ordered=0.15),
    "large event, 302 meetings in 308 places": Kind(78, 302, 22, 14, absent=0.4, am=0.1),
}
"""Harder than anything published: what they leave open shows where the search ends."""


def instance(kind: Kind, seed: int = 1, max_break_difference: int | None = 2) -> Problem:
    """A problem of this kind; the day it was made from is thrown away, but shows that there is one."""
    rng = random.Random(seed)
    halves = _halves(kind, rng)
    held = _day(kind, halves, rng)
    held = rng.sample(held, min(kind.meetings, len(held)))
    meetings = tuple(Meeting(a, b, halves.get(a)) for a, b, _ in held)
    slots = _tidied(kind, meetings, [slot for _, _, slot in held], seed)
    busy: dict[int, set[int]] = {who: set() for who in range(1, kind.participants + 1)}
    for meeting, slot in zip(meetings, slots, strict=True):
        busy[meeting.a].add(slot)
        busy[meeting.b].add(slot)
    return Problem(
        participants=kind.participants,
        tables=kind.tables,
        slots=kind.slots,
        morning_slots=_morning(kind),
        meetings=meetings,
        unavailable=tuple(_away(kind, some, rng) for some in busy.values()),
        fixed=tuple(slot if rng.random() < kind.fixed else 0 for slot in slots),
        precedences=tuple(
            _before(number, meetings, slots, rng) if rng.random() < kind.ordered else ()
            for number in range(len(meetings))
        ),
        max_break_difference=max_break_difference,
    )


def _morning(kind: Kind) -> int:
    return kind.slots * 3 // 5


def _halves(kind: Kind, rng: random.Random) -> dict[int, Half | None]:
    """Of each firm that receives the half of the day in which it does."""
    hosts = range(1, round(kind.hosts * kind.participants) + 1)
    halves: tuple[Half | None, ...] = ("am", "pm", None)
    return {host: rng.choices(halves, (kind.am, kind.pm, 1 - kind.am - kind.pm))[0] for host in hosts}


def _open(kind: Kind, half: Half | None) -> range:
    """The slots of a half of the day, or of all of it."""
    morning = _morning(kind)
    return range(1 if half != "pm" else morning + 1, (kind.slots if half != "am" else morning) + 1)


def _day(kind: Kind, halves: dict[int, Half | None], rng: random.Random) -> list[tuple[int, int, int]]:
    """Meetings (who receives, guest, slot) of a day of one stretch for each, without meeting twice."""
    mean = 2 * kind.meetings / kind.participants
    stays: dict[int, range] = {}
    for who in range(1, kind.participants + 1):
        hours = _open(kind, halves.get(who))
        length = min(len(hours), max(1, round(rng.triangular(1, 2.6 * mean, mean))))
        start = rng.randint(hours.start, hours.stop - length)
        stays[who] = range(start, start + length)
    met: set[frozenset[int]] = set()
    held: list[tuple[int, int, int]] = []
    for slot in range(1, kind.slots + 1):
        here = [who for who, stay in stays.items() if slot in stay]
        if len(held) < kind.meetings * slot / kind.slots:
            here += [who for who in stays if who not in here]
        hosts = [who for who in here if who in halves and slot in _open(kind, halves[who])]
        held += _pair_up(hosts, here, slot, kind.tables, met, rng)
    return held


def _pair_up(
    hosts: list[int], here: list[int], slot: int, tables: int, met: set[frozenset[int]], rng: random.Random
) -> list[tuple[int, int, int]]:
    """Pairs of those here who have not met; guests who are first in the list are served first."""
    pairs: list[tuple[int, int, int]] = []
    free = dict.fromkeys(here)
    for host in hosts:
        guests = [who for who in free if who != host and frozenset((host, who)) not in met]
        if host in free and guests and len(pairs) < tables:
            guest = rng.choice(guests[: max(8, len(guests) // 2)])
            del free[host], free[guest]
            met.add(frozenset((host, guest)))
            pairs.append((host, guest, slot))
    return pairs


def _tidied(kind: Kind, meetings: tuple[Meeting, ...], slots: list[int], seed: int) -> list[int]:
    """The same day with few breaks, so that the rules made from it leave few to prove."""
    bare = Problem(
        participants=kind.participants,
        tables=kind.tables,
        slots=kind.slots,
        morning_slots=_morning(kind),
        meetings=meetings,
        unavailable=(frozenset(),) * kind.participants,
        fixed=(0,) * len(meetings),
        precedences=((),) * len(meetings),
    )
    return Search(bare, domains(bare), slots, seed).run(TIDYING_ROUNDS)


def _away(kind: Kind, busy: set[int], rng: random.Random) -> frozenset[int]:
    """Some are called away in a few slots."""
    free = sorted(set(range(1, kind.slots + 1)) - busy)
    if rng.random() >= kind.absent:
        return frozenset()
    return frozenset(rng.sample(free, min(kind.away, len(free))))


def _before(
    number: int, meetings: tuple[Meeting, ...], slots: list[int], rng: random.Random
) -> tuple[int, ...]:
    who = {meetings[number].a, meetings[number].b}
    earlier = [
        other + 1
        for other, meeting in enumerate(meetings)
        if slots[other] < slots[number] and who & {meeting.a, meeting.b}
    ]
    return (rng.choice(earlier),) if earlier else ()
