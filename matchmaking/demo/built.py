"""What is built into the halls besides columns: back rooms, aisles with names, supplies. Metres."""

from collections.abc import Iterable
from dataclasses import dataclass

from matchmaking.demo.plan import Hall

Line = tuple[float, float, float, float]
DOOR = 2


@dataclass(frozen=True)
class Built:
    """Limits of a hall, back rooms (x, y, width, depth), aisles (name, x, y, width, depth) and supplies."""

    clear_height_cm: int
    load_kg_m2: int
    rooms: tuple[Line, ...]
    aisles: tuple[tuple[str, float, float, float, float], ...]
    supplies: tuple[tuple[str, str, float, float], ...]


BUILT = {
    "H1": Built(
        1400,
        1500,
        ((0, 20, 4, 22), (116, 20, 4, 22)),
        (("Silk Road Avenue", 0, 60, 120, 6), ("Caravan Aisle", 0, 4, 120, 4)),
        (("toilets", "", 2, 24), ("first_aid", "", 118, 24), ("lift", "", 118, 38)),
    ),
    "H2": Built(
        1200,
        1500,
        ((107.5, 34, 2.5, 26),),
        (("Bay Avenue", 53, 0, 4, 100), ("Harbour Aisle", 4, 42.5, 48, 3)),
        (("toilets", "", 108.5, 38), ("first_aid", "", 108.5, 56)),
    ),
    "H3": Built(
        1200,
        1500,
        ((106, 30, 4, 30),),
        (("Horizon Aisle", 6, 30, 98, 3), ("South Plaza", 6, 84, 98, 10)),
        (("toilets", "", 108, 34), ("lift", "", 108, 56)),
    ),
    "H4": Built(
        1600,
        5000,
        ((0, 18, 4, 22), (96, 60, 4, 22)),
        (("Industry Avenue", 0, 45.5, 100, 6), ("North Aisle", 6, 20, 88, 4)),
        (("toilets", "", 2, 22), ("first_aid", "", 98, 64), ("gas", "", 98, 78), ("air", "", 98, 70)),
    ),
}


def walls_of(hall: Hall) -> list[Line]:
    """The walls of its back rooms: one long side has a door, a side along the hall's own wall needs none."""
    found: list[Line] = []
    for x, y, width, depth in BUILT[hall.code].rooms:
        front = x + width if x == 0 else x
        gap = y + (depth - DOOR) / 2
        found += [(front, y, front, gap), (front, gap + DOOR, front, y + depth)]
        found += [(x, side, x + width, side) for side in (y, y + depth)]
    return found


def supplies_of(hall: Hall) -> list[tuple[str, str, float, float]]:
    """Kind, name and place: those of its rooms, hanging points between the columns, hydrants at the doors."""
    hung = [
        ("hanging", f"R{row}{place}", (west + east) / 2, y)
        for row, y in enumerate(hall.column_y, 1)
        for place, (west, east) in enumerate(zip(hall.column_x, hall.column_x[1:], strict=False), 1)
    ]
    hydrants = [("hydrant", name, *_beside(hall, x, y)) for name, x, y in hall.doors]
    return [*BUILT[hall.code].supplies, *hung, *hydrants]


def _beside(hall: Hall, x: float, y: float) -> tuple[float, float]:
    """A place at the wall three metres from a door."""
    along = 3 if y in (0, hall.depth) else 0
    return x + along, y + (0 if along else 3)


def cells(hall: Hall) -> dict[str, object]:
    """The columns of the folder's table of halls."""
    built = BUILT[hall.code]
    return {
        "walls": ";".join(_path(wall) for wall in walls_of(hall)),
        "aisles": ";".join(f"{name}@{_path(box)}" for name, *box in built.aisles),
        "utilities": ";".join(
            f"{kind}{name and ':' + name}@{_path((x, y))}" for kind, name, x, y in supplies_of(hall)
        ),
        "zone_areas": ";".join(
            f"{area.zone}@{_path((area.x0, 0, area.x1 - area.x0, hall.depth))}" for area in hall.areas
        ),
        "clear_height_cm": built.clear_height_cm,
        "load_kg_m2": built.load_kg_m2,
    }


def _path(numbers: Iterable[float]) -> str:
    return "/".join(f"{round(number, 2):g}" for number in numbers)
