"""A hall's shell as it stands in the database and in JSON, and back."""

from typing import Any

from expo.venue.editing.floor import Area, Shell

SCALARS = ("width", "depth", "clear_height_cm", "load_kg_m2")
BOX = ("x", "y", "width", "depth")
LINE = ("x1", "y1", "x2", "y2")


def shell_of(hall: Any) -> Shell:
    """The shell of a row of `hall`."""
    return Shell(
        width=hall.width,
        depth=hall.depth,
        outline=tuple((x, y) for x, y in hall.outline),
        walls=tuple(tuple(wall[key] for key in LINE) for wall in hall.walls),
        columns=tuple(tuple(column[key] for key in BOX) for column in hall.columns),
        entrances=tuple((door.get("name", ""), door["x"], door["y"]) for door in hall.entrances),
        aisles=tuple((aisle.get("name", ""), *(aisle[key] for key in BOX)) for aisle in hall.aisles),
        utilities=tuple((it["kind"], it["x"], it["y"], it.get("name", "")) for it in hall.utilities),
        clear_height_cm=hall.clear_height_cm,
        load_kg_m2=hall.load_kg_m2,
    )


def shell_json(shell: Shell) -> dict[str, Any]:
    """A shell as JSON, which is also how the columns of `hall` hold it."""
    return {
        **{name: getattr(shell, name) for name in SCALARS},
        "outline": [list(corner) for corner in shell.outline],
        "walls": [dict(zip(LINE, wall, strict=True)) for wall in shell.walls],
        "columns": [dict(zip(BOX, column, strict=True)) for column in shell.columns],
        "entrances": [dict(zip(("name", "x", "y"), door, strict=True)) for door in shell.entrances],
        "aisles": [dict(zip(("name", *BOX), aisle, strict=True)) for aisle in shell.aisles],
        "utilities": [dict(zip(("kind", "x", "y", "name"), it, strict=True)) for it in shell.utilities],
    }


def area_json(area: Area) -> dict[str, Any]:
    """An area of a zone as JSON."""
    return {"zone": area.zone, "x": area.x, "y": area.y, "width": area.width, "depth": area.depth}
