"""Tables for meetings whose slots are set: fixed ones first, then whoever sat there keeps the table."""

from .problem import Meeting, PairCode, Problem


def give_tables(problem: Problem, slots: dict[PairCode, int]) -> tuple[Meeting, ...]:
    """Every meeting with its table, sorted by slot and table; the slots leave room for it.

    A meeting keeps the table it had in the previous agenda if it can, otherwise a supplier stays where it
    sat last, so that people walk little and the printed agenda reads calmly.
    """
    fixed = {p.code: p.fixed_table for p in problem.parties if p.fixed_table is not None}
    shared = [t for t in range(problem.tables) if t not in set(fixed.values())]
    before = {(m[0], m[1]): m[3] for m in problem.previous}
    last: dict[str, int] = {}
    meetings: list[Meeting] = []
    by_slot: dict[int, list[PairCode]] = {}
    for pair, slot in sorted(slots.items()):
        by_slot.setdefault(slot, []).append(pair)
    for slot in sorted(by_slot):
        free = dict.fromkeys(shared)
        waiting = []
        for buyer, supplier in by_slot[slot]:
            own = fixed.get(supplier, fixed.get(buyer))
            if own is not None:
                meetings.append((buyer, supplier, slot, own))
            else:
                waiting.append((buyer, supplier))
        for wish in (before.get, lambda pair: last.get(pair[1]), lambda pair, free=free: next(iter(free))):
            still = []
            for pair in waiting:
                table = wish(pair)
                if table in free:
                    del free[table]
                    last[pair[1]] = table
                    meetings.append((*pair, slot, table))
                else:
                    still.append(pair)
            waiting = still
    return tuple(sorted(meetings, key=lambda m: (m[2], m[3])))
