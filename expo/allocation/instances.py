"""Made-up but plausible allocation problems, seeded, from a village fair to the largest fairs there are."""

from __future__ import annotations

import math
import random

from expo.allocation.problem import EAST, NORTH, SOUTH, WEST, Applicant, Problem, Unit, Wish

CELL = 300
ROWS, COLUMNS = 12, 16
SIZES = (1, 2, 3, 4, 6, 8, 9, 10, 12, 16)
SIZE_SHARES = (26, 20, 11, 16, 11, 6, 3, 2, 3, 2)
COUNTRIES = (
    "CN",
    "RU",
    "IN",
    "KZ",
    "KG",
    "PK",
    "TJ",
    "UZ",
    "IR",
    "BY",
    "TR",
    "EG",
    "AZ",
    "AM",
    "MN",
    "DE",
    "FR",
    "IT",
    "JP",
    "BR",
)
RAW_PLOT = 600


def instance(
    exhibitors: int = 330,
    zones: int = 4,
    units: int = 1536,
    *,
    seed: int = 1,
    fill: float = 0.97,
    pavilions: int = 6,
    raw_share: float = 0.03,
) -> Problem:
    """A problem of about so many exhibitors and shell units; demand is fill × supply in every zone.

    Halls have back-to-back rows with aisles, a row of 2 × 2 islands, a row of 3 × 4 m units, a strip of raw
    plots, and about one unit in a hundred lost to a column. Rivals and partners: one pair in three and one in
    thirteen exhibitors.
    """
    dice = random.Random(seed)
    floor = _floor(dice, zones, units)
    people = _people(dice, floor, exhibitors, zones, fill, pavilions, raw_share)
    leads = [a for a in people if a.pavilion is None]
    return Problem(
        units=tuple(floor),
        applicants=tuple(people),
        rivals=_couples(dice, leads, exhibitors // 3),
        partners=_couples(dice, leads, exhibitors * 2 // 25),
        lottery_seed=seed,
    )


def _floor(dice: random.Random, zones: int, units: int) -> list[Unit]:
    hall_size = ROWS * COLUMNS * 2
    halls = max(zones, math.ceil(units / hall_size))
    floor: list[Unit] = []
    for hall in range(halls):
        zone = f"Z{hall * zones // halls + 1:02d}"
        wanted = units // halls + (1 if hall < units % halls else 0)
        floor += _hall(dice, f"H{hall + 1:03d}", zone, wanted)
    return floor


def _hall(dice: random.Random, hall: str, zone: str, wanted: int) -> list[Unit]:
    found: list[Unit] = []
    row = 0
    while len(found) < wanted:
        wide = 400 if row % ROWS == 5 else CELL
        islands = row % ROWS == 9
        top = 600 + row * 3 * CELL
        for column in range(COLUMNS):
            gap = (column // 2) * CELL if islands else 0
            for deep in (0, 1):
                if dice.random() < 0.01 or len(found) >= wanted:
                    continue
                sides = SOUTH if deep else NORTH
                first, last = (
                    (column % 2 == 0, column % 2 == 1) if islands else (column == 0, column == COLUMNS - 1)
                )
                sides |= (WEST if first else 0) | (EAST if last else 0)
                x, y = column * wide + gap, top + deep * CELL
                code = f"{hall}-{row + 1:02d}{chr(65 + deep)}{column + 1:02d}"
                found.append(Unit(code, hall, zone, x, y, wide, CELL, sides, False, _walk(x, y), 6.0))
        row += 1
    top = 600 + row * 3 * CELL
    for plot in range(6):
        x = plot * RAW_PLOT
        sides = NORTH | SOUTH | (WEST if plot == 0 else 0) | (EAST if plot == 5 else 0)
        code = f"{hall}-R{plot + 1}"
        found.append(Unit(code, hall, zone, x, top, RAW_PLOT, RAW_PLOT, sides, True, _walk(x, top), 20.0))
    return found


def _walk(x: int, y: int) -> float:
    """Metres to the nearer of two entrances in the north wall and one in the west."""
    return round(min(math.hypot(x - ex, y - ey) for ex, ey in ((800, 0), (4000, 0), (0, 6000))) / 100, 1)


def _people(dice, floor, exhibitors, zones, fill, pavilions, raw_share) -> list[Applicant]:
    shell: dict[str, int] = {}
    for unit in floor:
        shell[unit.zone] = shell.get(unit.zone, 0) + (not unit.raw)
    raw_wanted = min(round(exhibitors * raw_share), sum(unit.raw for unit in floor) * 3 // 4)
    names = sorted(shell)
    asked: list[dict] = []
    for i in range(exhibitors):
        home = names[i % len(names)]
        size = dice.choices(SIZES, SIZE_SHARES)[0]
        asked.append({"home": home, "size": size, "raw": i < raw_wanted, "lead": None})
    _gather_pavilions(dice, asked, raw_wanted, pavilions)
    for zone in names:
        _fit(dice, [a for a in asked if a["home"] == zone and not a["raw"]], int(shell[zone] * fill))
    by_zone: dict[str, list[Unit]] = {}
    for unit in floor:
        by_zone.setdefault(unit.zone, []).append(unit)
    return [_person(dice, i, a, names, by_zone[a["home"]], exhibitors) for i, a in enumerate(asked)]


def _gather_pavilions(dice: random.Random, asked: list[dict], start: int, pavilions: int) -> None:
    """Turn the following exhibitors into pavilions: a lead and four to seven members of one or two units."""
    at = start
    for _ in range(pavilions):
        crew = dice.randint(4, 7)
        if at + crew >= len(asked):
            return
        asked[at]["size"] = dice.choice((4, 6, 8))
        for i in range(at + 1, at + 1 + crew):
            asked[i] |= {"home": asked[at]["home"], "lead": at, "size": dice.choice((1, 1, 2))}
        at += crew + 1


def _fit(dice: random.Random, asked: list[dict], target: int) -> None:
    """Make members of one zone larger or smaller, one size at a time, until they ask for the target."""
    total = sum(a["size"] for a in asked)
    plain = [a for a in asked if a["lead"] is None]
    for _ in range(100 * len(plain)):
        one = dice.choice(plain)
        step = 1 if total < target else -1
        sizes = [size for size in SIZES if (size - one["size"]) * step > 0]
        if total == target or not plain:
            return
        if sizes:
            new = min(sizes) if step > 0 else max(sizes)
            if (total + new - one["size"] - target) * step <= 0:
                total += new - one["size"]
                one["size"] = new


def _person(dice, i: int, asked: dict, names: list[str], near_by: list[Unit], exhibitors: int) -> Applicant:
    size, raw, lead = asked["size"], asked["raw"], asked["lead"]
    luck = dice.random()
    zones = (asked["home"],)
    if luck > 0.9 and len(names) > 1 and lead is None:
        zones = tuple(sorted({asked["home"], dice.choice(names)}))
    elif luck > 0.85 and lead is None and len(names) <= 8:
        zones = ()
    shape = "raw" if raw else "any"
    if not raw and lead is None:
        mood = dice.random()
        if mood < 0.15 and size <= 6:
            shape = "row"
        elif mood < 0.25 and size in (4, 6, 8, 12, 16):
            shape = "block"
        elif mood < 0.35 and size <= 8:
            shape = "corner"
        elif mood < 0.37 and size == 4:
            shape = "island"
    return Applicant(
        code=f"E{i + 1:05d}",
        area_m2=36.0 * max(1, size // 4) if raw else 9.0 * size,
        shape=shape,
        zones=zones,
        wishes=() if lead is not None else _wishes(dice, near_by, names, i, exhibitors),
        points=round(dice.triangular(0, 100, 20), 1),
        paid_on=float(dice.randint(1, 90)),
        pavilion=None if lead is None else f"E{lead + 1:05d}",
        raw=raw,
        power_kw=dice.choice((0.0, 0.0, 2.0, 5.0)),
        country=dice.choice(COUNTRIES),
        newcomer=dice.random() < 0.3,
    )


def _wishes(dice, near_by: list[Unit], names: list[str], i: int, exhibitors: int) -> tuple[Wish, ...]:
    """Up to three wishes; few name a neighbour, for that is what partners are for."""
    usual = ("near_entrance", "corner", "stand", "zone")
    kinds = dice.sample((*usual, "beside") if dice.random() < 0.08 else usual, dice.randint(0, 3))
    target = {
        "near_entrance": "",
        "corner": "",
        "stand": dice.choice(near_by).code,
        "beside": f"E{(i + len(names) * dice.randint(1, 9)) % exhibitors + 1:05d}",
        "zone": near_by[0].zone,
    }
    return tuple(Wish(kind, target[kind], rank) for rank, kind in enumerate(kinds, 1))


def _couples(dice: random.Random, leads: list[Applicant], count: int) -> tuple[tuple[str, str], ...]:
    """Pairs that share a zone, so that the pair means something."""
    rooms: dict[str, list[str]] = {}
    for lead in leads:
        rooms.setdefault(lead.zones[0] if lead.zones else "", []).append(lead.code)
    crowded = [codes for codes in rooms.values() if len(codes) > 1]
    if not crowded:
        return ()
    shares = [len(codes) for codes in crowded]
    drawn = [sorted(dice.sample(dice.choices(crowded, shares)[0], 2)) for _ in range(count)]
    return tuple(sorted({(one, other) for one, other in drawn}))
