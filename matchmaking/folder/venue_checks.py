"""Checks of zones, halls and stands: areas add up, stands lie in their hall and not on one another."""

from collections import defaultdict
from collections.abc import Iterator
from math import isqrt

from expo.spreadsheets import plain_number
from expo.words import say as _t
from matchmaking.folder.lookup import Lookup
from matchmaking.folder.parse import Record
from matchmaking.folder.problems import MOST_LISTED
from matchmaking.folder.values import write_metres

SIDES = ("x", "y", "width", "depth")


def check(edition: Lookup) -> None:
    """Run all checks of the venue."""
    for table, sides in (("halls", ("width", "depth")), ("stands", ("width", "depth"))):
        for record in edition.rows(table):
            for side in sides:
                if record[side] == 0:
                    edition.add(table, record, f"{side}_m", 0, _t("The size is more than zero."))
    _check_areas(edition)
    by_hall: dict[str, list[Record]] = defaultdict(list)
    for stand in edition.rows("stands"):
        if all(stand[side] is not None for side in SIDES):
            by_hall[stand["hall"]].append(stand)
    for code, stands in by_hall.items():
        hall = edition.by_code["halls"].get(code)
        if hall and hall["width"] and hall["depth"]:
            stands = [stand for stand in stands if _is_inside(edition, stand, hall)]
        for one, other in _overlaps(stands):
            reason = _t("The stand overlaps %(code)s in row %(row)s.", code=str(one["code"]), row=one.row)
            edition.add("stands", other, "x_m", write_metres(other["x"]), reason)


def _check_areas(edition: Lookup) -> None:
    used: dict[str, int] = defaultdict(int)
    for stand in edition.rows("stands"):
        used[stand["zone"]] += (stand["width"] or 0) * (stand["depth"] or 0)
    total = 0
    for zone in edition.rows("zones"):
        gross, net, taken = zone["gross_m2"], zone["net_m2"], used[zone["code"]]
        total += gross or 0
        if net is not None and gross is not None and net > gross:
            edition.add(
                "zones",
                zone,
                "net_m2",
                net,
                _t("The net area is more than the gross area, %(gross)s m².", gross=gross),
            )
        if net is not None and taken > net * 10_000:
            area = plain_number(_square_metres(taken))
            edition.add(
                "zones",
                zone,
                "net_m2",
                net,
                _t("The stands of this zone take %(area)s m², more than its net area.", area=area),
            )
    limit = edition.settings.gross_m2
    if limit and total > limit:
        zone = edition.rows("zones")[-1]
        reason = _t(
            "The zones add up to %(total)s m² gross, more than the %(limit)s m² of the edition.",
            total=total,
            limit=limit,
        )
        edition.add("zones", zone, "gross_m2", zone["gross_m2"], reason)


def _square_metres(cm2: int):
    return write_metres(cm2) / 100


def _is_inside(edition: Lookup, stand: Record, hall: Record) -> bool:
    inside = True
    for low, size in (("x", "width"), ("y", "depth")):
        if stand[low] + stand[size] > hall[size]:
            reason = _t(
                "The stand reaches out of its hall, which measures %(size)s m there.",
                size=write_metres(hall[size]),
            )
            edition.add("stands", stand, f"{low}_m", write_metres(stand[low]), reason)
            inside = False
    return inside


def _overlaps(stands: list[Record]) -> Iterator[tuple[Record, Record]]:
    """Pairs of stands of one hall that share area, earlier row first, up to the number of problems listed.

    A grid of about as many cells as stands: each stand meets only those that touch its cells.
    """
    if not stands:
        return
    across = isqrt(len(stands)) + 1
    wide = max(1, max(stand["x"] + stand["width"] for stand in stands) // across)
    deep = max(1, max(stand["y"] + stand["depth"] for stand in stands) // across)
    cells: dict[tuple[int, int], list[Record]] = defaultdict(list)
    found = 0
    for stand in stands:
        right, bottom = stand["x"] + stand["width"], stand["y"] + stand["depth"]
        met: set[int] = set()
        for i in range(stand["x"] // wide, (right - 1) // wide + 1):
            for j in range(stand["y"] // deep, (bottom - 1) // deep + 1):
                for other in cells[i, j]:
                    if other.row not in met and _overlap(stand, other):
                        met.add(other.row)
                        found += 1
                        yield other, stand
                        if found > MOST_LISTED:
                            return
                cells[i, j].append(stand)


def _overlap(one: Record, other: Record) -> bool:
    return (
        one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["depth"]
        and other["y"] < one["y"] + one["depth"]
    )
