"""The plan's values out of an edition's rows, in the reader's language."""

from collections.abc import Mapping

from expo.languages import pick
from expo.venue.drawing.plan import HallPlan, HallShape, Occupant, Place, ZoneSign, plan_of
from expo.venue.editing.shells import shell_of
from expo.venue.signs import letter_of

Names = Mapping[str, tuple[str, dict[str, str]]]


def plan_from(halls, zones, stands, names: Names, language: str) -> tuple[HallPlan, ...]:
    """One plan out of halls, zones and stands (rows of `expo.venue.queries`) and, by stand, the exhibitor's
    code and name."""
    people = {code: Occupant(code, pick(name, language)) for code, name in dict(names.values()).items()}
    return plan_of(
        shapes_of(halls, language),
        signs_of(zones, language),
        [_place(row) for row in stands],
        {stand: people[code] for stand, (code, _) in names.items()},
    )


def _place(row) -> Place:
    return Place(row.code, row.hall, row.zone, row.x, row.y, row.width, row.depth)


def shapes_of(halls, language: str) -> list[HallShape]:
    """Halls before anything stands in them."""
    return [_shape(hall, language) for hall in halls]


def _shape(hall, language: str) -> HallShape:
    shell = shell_of(hall)
    return HallShape(
        hall.code,
        pick(hall.name, language) or hall.code,
        hall.width,
        hall.depth,
        (hall.site_x, hall.site_y),
        shell.entrances,
        shell.columns,
        shell.outline,
        shell.walls,
        shell.aisles,
        shell.utilities,
    )


def signs_of(zones, language: str) -> list[ZoneSign]:
    """Zones in the order of their codes, each with its letter."""
    return [
        ZoneSign(zone.code, pick(zone.name, language) or zone.code, zone.hue, letter_of(i))
        for i, zone in enumerate(zones)
    ]
