"""Ranked wishes, partners who want to be neighbours and rivals who do not."""

from itertools import combinations
from random import Random

from matchmaking.demo.exhibitors import Firm
from matchmaking.demo.floor import Stand
from matchmaking.demo.plan import INDUSTRY

RIVALS = 109
PARTNERS = 26
MOST_RIVALS = 3


def make_wishes(draw: Random, made: list[Firm], stands: list[Stand]) -> None:
    """Fill in second zones, rivals and wishes of every firm that places itself."""
    free = [firm for firm in made if not firm.lead]
    for firm in free:
        if firm.zone == "INT" and firm.sector in INDUSTRY and draw.random() < 0.15:
            firm.others.append("IND")
    rivals = _rivals(draw, [firm for firm in free if not firm.is_lead])
    _partners(draw, [firm for firm in free if firm.shape not in ("raw", "island")], rivals)
    for firm in free:
        _own(draw, firm, stands)


def _rivals(draw: Random, free: list[Firm]) -> set[frozenset[str]]:
    """Pairs of one sector in one zone; nobody has more than a few."""
    by_code = {firm.code: firm for firm in free}
    pairs = [(a, b) for a, b in combinations(free, 2) if (a.zone, a.sector) == (b.zone, b.sector)]
    draw.shuffle(pairs)
    count = dict.fromkeys(by_code, 0)
    chosen: set[frozenset[str]] = set()
    for one, two in pairs:
        if len(chosen) == RIVALS:
            break
        if max(count[one.code], count[two.code]) < MOST_RIVALS:
            chosen.add(frozenset((one.code, two.code)))
            one.rivals.append(two.code)
            count[one.code] += 1
            count[two.code] += 1
    return chosen


def _partners(draw: Random, free: list[Firm], rivals: set[frozenset[str]]) -> None:
    """One firm of each pair wishes to stand beside the other; nobody is in two pairs."""
    paired: set[str] = set()
    order = draw.sample(free, len(free))
    for one in order:
        if len(paired) == 2 * PARTNERS:
            return
        others = [
            two
            for two in order
            if two.zone == one.zone
            and two.code not in paired | {one.code}
            and frozenset((one.code, two.code)) not in rivals
        ]
        if one.code not in paired and others:
            two = others[0]
            paired |= {one.code, two.code}
            one.wishes.append(f"beside:{two.code}")


def _own(draw: Random, firm: Firm, stands: list[Stand]) -> None:
    kind = "raw" if firm.shape == "raw" else "shell"
    if draw.random() < 0.35:
        firm.wishes.append("near_entrance")
    if draw.random() < 0.25 and firm.shape not in ("corner", "island", "raw"):
        firm.wishes.append("corner")
    if draw.random() < 0.2:
        target = draw.choice([s for s in stands if (s.zone, s.kind) == (firm.zone, kind)])
        firm.wishes.append(f"stand:{target.code}")
    if firm.zone == "INT" and draw.random() < 0.2:
        hall = "H3" if kind == "raw" else draw.choice(("H2", "H3"))
        firm.wishes.append(f"hall:{hall}")
    if firm.others:
        firm.wishes.append(f"zone:{firm.others[0]}")
    draw.shuffle(firm.wishes)
