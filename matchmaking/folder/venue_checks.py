"""Checks of zones, halls and stands: areas add up, stands lie in their hall and not on one another."""

from collections import defaultdict
from collections.abc import Iterator
from math import isqrt
from types import SimpleNamespace

from expo.spreadsheets import plain_number
from expo.venue.editing.floor import Area, Budget, Floor, Spot
from expo.venue.editing.rules import faults
from expo.venue.editing.shells import shell_of
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
    _check_supplies(edition)
    by_hall: dict[str, list[Record]] = defaultdict(list)
    for stand in edition.rows("stands"):
        if all(stand[side] is not None for side in SIDES):
            by_hall[stand["hall"]].append(stand)
    for code, stands in by_hall.items():
        hall = edition.by_code["halls"].get(code)
        if hall and hall["width"] and hall["depth"]:
            stands = [stand for stand in stands if _is_inside(edition, stand, hall)]
            _check_floor(edition, hall, stands)
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


def _check_supplies(edition: Lookup) -> None:
    """What a hall holds lies in it, also where nobody stands yet."""
    standing = {stand["hall"] for stand in edition.rows("stands")}
    for hall in edition.rows("halls"):
        if hall["width"] and hall["depth"] and hall["code"] not in standing:
            _check_floor(edition, hall, [])


BUILT = ("outline", "walls", "columns", "entrances", "aisles", "utilities", "zone_areas")
OF_FLOORS = {
    "outline": "outline", "stand_in_outline": "x_m", "stand_clear_of_walls": "x_m", "stand_in_zone": "zone",
    "zone": "zone_areas", "zone_area_no_overlap": "zone_areas", "hall": "width_m",
}  # fmt: skip
"""Rules of the floor that are checked nowhere else here, and the column to look at."""


def _check_floor(edition: Lookup, hall: Record, stands: list[Record]) -> None:
    """Outline, walls and areas of zones, by the rules the editor has."""
    is_bare = not any(hall[name] for name in BUILT)
    if is_bare or "zones" in edition.parsed.unread or any(hall[name] is None for name in BUILT):
        return
    zones = {str(zone["code"]): Budget(str(zone["code"]), 0, 0) for zone in edition.rows("zones")}
    shell = shell_of(SimpleNamespace(**hall.values))
    areas = tuple(Area(**area) for area in hall["zone_areas"])
    rows = {str(stand["code"]): stand for stand in stands if str(stand["zone"]) in zones}
    spots = {
        code: Spot(code, str(stand["zone"]), *(stand[side] for side in SIDES)) for code, stand in rows.items()
    }
    floor = Floor(shell, spots, areas, zones)
    which = spots if shell.outline or shell.walls or areas else ()
    for fault in faults(floor, which, hall_too=True):
        column = OF_FLOORS.get(fault.rule)
        if column and fault.stand:
            edition.add("stands", rows[fault.stand], column, fault.stand, fault.sentence)
        elif column:
            edition.add("halls", hall, column, str(hall["code"]), fault.sentence)


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
