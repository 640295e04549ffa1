"""Seeded problems of known size to measure and test with."""

import random

from .problem import Pair, Party, Problem


def reference(
    buyers: int = 600, suppliers: int = 330, *, seed: int = 1, slots: int = 24, requests: int = 25
) -> Problem:
    """An industrial expo's matchmaking day: sectors decide who asks for whom, everybody is there all day."""
    rng = random.Random(seed)
    parties = tuple(
        Party(f"B{i:05}", "buyer", min_meetings=2, max_meetings=rng.randint(6, 12)) for i in range(buyers)
    )
    parties += tuple(
        Party(f"S{i:05}", "supplier", max_meetings=rng.randint(min(14, slots), slots))
        for i in range(suppliers)
    )
    pairs = _requests(rng, buyers, suppliers, requests)
    return Problem(parties, pairs, slots, slots // 2, tables=suppliers)


def crowded(
    buyers: int = 120, suppliers: int = 60, *, seed: int = 1, slots: int = 16, requests: int = 14
) -> Problem:
    """Everything at once: people come late, tables are scarce and some fixed, locks, order, halves, noes."""
    rng = random.Random(seed)
    tables = max(4, suppliers * 2 // 3)
    people = [("B", "buyer", buyers), ("S", "supplier", suppliers)]
    parties = tuple(
        Party(
            f"{letter}{i:05}",
            side,
            unavailable=_absence(rng, slots),
            min_meetings=rng.randint(0, 3),
            max_meetings=rng.randint(4, slots),
            fixed_table=_own_table(rng, side, tables),
        )
        for letter, side, n in people
        for i in range(n)
    )
    pairs = tuple(
        Pair(
            p.buyer,
            p.supplier,
            p.score,
            rng.random() < 0.05,
            rng.choice(("am", "pm")) if rng.random() < 0.1 else None,
        )
        for p in _requests(rng, buyers, suppliers, requests)
    )
    locks = _locks(rng, parties, pairs, slots)
    locked = {lock[:2] for lock in locks}
    return Problem(
        parties,
        pairs,
        slots,
        slots // 2,
        tables,
        locks=locks,
        forbidden=frozenset(p.code for p in pairs if rng.random() < 0.02 and p.code not in locked),
        precedences=tuple(_orders(rng, pairs)),
        day_slots=slots // 2,
    )


def _own_table(rng: random.Random, side: str, tables: int) -> int | None:
    """One supplier in five has a table of its own, or shares one of these."""
    return rng.randrange(tables // 4) if side == "supplier" and rng.random() < 0.2 else None


def _requests(rng: random.Random, buyers: int, suppliers: int, requests: int) -> tuple[Pair, ...]:
    """About `requests` suppliers for each buyer, three in four from its own sector."""
    sectors = max(1, suppliers // 25)
    by_sector = [range(k, suppliers, sectors) for k in range(sectors)]
    pairs = []
    for i in range(buyers):
        near = by_sector[rng.randrange(sectors)]
        wanted = set(rng.sample(near, min(len(near), requests * 3 // 4)))
        wanted |= set(rng.sample(range(suppliers), min(suppliers, requests // 4)))
        pairs += [Pair(f"B{i:05}", f"S{k:05}", round(rng.betavariate(4, 2), 4)) for k in sorted(wanted)]
    return tuple(pairs)


def _absence(rng: random.Random, slots: int) -> frozenset[int]:
    """Three in ten come late or leave early, and everybody has a slot of something else now and then."""
    away = {t for t in range(slots) if rng.random() < 0.08}
    if rng.random() < 0.3:
        edge = rng.randint(1, slots // 2)
        away |= set(range(edge)) if rng.random() < 0.5 else set(range(slots - edge, slots))
    return frozenset(away)


def _locks(rng: random.Random, parties, pairs, slots: int) -> tuple[tuple[str, str, int | None], ...]:
    """One lock in forty requests, no two about one person, half of them with a slot that both have."""
    away = {p.code: p.unavailable for p in parties}
    table = {p.code: p.fixed_table for p in parties}
    locks, known = [], set()
    for pair in rng.sample(pairs, len(pairs)):
        both = [t for t in range(slots) if t not in away[pair.buyer] | away[pair.supplier]]
        if (
            len(locks) * 40 > len(pairs)
            or pair.half
            or not both
            or known & set(pair.code)
            or table[pair.supplier]
        ):
            continue
        known |= set(pair.code)
        locks.append((*pair.code, rng.choice(both) if rng.random() < 0.5 else None))
    return tuple(locks)


def _orders(rng: random.Random, pairs):
    for first, second in zip(pairs, pairs[1:], strict=False):
        if first.buyer == second.buyer and rng.random() < 0.03:
            yield (first.code, second.code)
