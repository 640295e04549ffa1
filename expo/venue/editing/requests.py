"""Operations read from JSON: see docs/floor-editor.md."""

from collections.abc import Callable
from typing import Any

from expo.venue.editing.floor import Area, Spot
from expo.venue.editing.layouts import MOST, SHAPES, Layout
from expo.venue.editing.numbering import DIRECTIONS, checked_pattern
from expo.venue.editing.operations import (
    KINDS,
    TO_COMPUTE,
    Add,
    Change,
    ChangeHall,
    Delete,
    DrawAreas,
    Duplicate,
    Generate,
    Merge,
    Move,
    Operation,
    Place,
    Put,
    Rename,
    Renumber,
    Split,
)
from expo.venue.editing.reading import LARGEST_CM, MOST_CORNERS, Fields, Malformed
from expo.venue.supplies import SUPPLIES
from expo.words import say

MOST_OPERATIONS = 200


def read_operations(value: Any) -> list[Operation]:
    """The operations of a request; Malformed names the place of the first that is none."""
    if not isinstance(value, list) or not value or len(value) > MOST_OPERATIONS:
        raise Malformed(say("operations: a list of 1 to %(most)s is needed.", most=MOST_OPERATIONS))
    found = [_read(item, f"operations[{place}]") for place, item in enumerate(value)]
    if sum(len(one.stands) for one in found if isinstance(one, Add | Put)) > MOST:
        raise Malformed(say("That would be more than %(most)s stands; lay out less at once.", most=MOST))
    return found


def _read(value: Any, place: str) -> Operation:
    fields = Fields(value, place)
    operation = READERS[fields.word("op", tuple(READERS))](fields)
    fields.done()
    return operation


def read_spot(value: Any, place: str) -> Spot:
    """A whole stand."""
    fields = Fields(value, place)
    spot = _spot(fields)
    fields.done()
    return spot


def _spot(fields: Fields) -> Spot:
    sides = fields.perhaps("open_sides", 0, 15)
    return Spot(
        code=fields.code("code", ""),
        x=fields.whole("x"),
        y=fields.whole("y"),
        width=fields.whole("width", 1),
        depth=fields.whole("depth", 1),
        open_sides=TO_COMPUTE if sides is None else sides,
        **_like(fields),
    )


def _like(fields: Fields) -> dict[str, Any]:
    return {
        "zone": fields.code("zone", ""),
        "kind": fields.word("kind", KINDS, "shell"),
        "power_kw": fields.whole("power_kw", 0, 10_000, 3),
        "water": fields.flag("water"),
        "height_cm": fields.perhaps("height_cm", 1, 10_000),
        "load_kg_m2": fields.perhaps("load_kg_m2", 1, 1_000_000),
    }


def _values(fields: Fields) -> dict[str, Any]:
    readers: dict[str, Callable[[], Any]] = {
        "zone": lambda: fields.code("zone"),
        "kind": lambda: fields.word("kind", KINDS),
        "power_kw": lambda: fields.whole("power_kw", 0, 10_000),
        "water": lambda: fields.flag("water"),
        "height_cm": lambda: fields.perhaps("height_cm", 1, 10_000),
        "load_kg_m2": lambda: fields.perhaps("load_kg_m2", 1, 1_000_000),
    }
    found = {name: read() for name, read in readers.items() if name in fields.values}
    fields.done()
    return found


def _pair(value: Any, place: str) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2:
        raise Malformed(say("%(place)s must be [x, y].", place=place))
    fields = Fields({"x": value[0], "y": value[1]}, place)
    return fields.whole("x"), fields.whole("y")


def _numbers(*names: str) -> Callable[[Any, str], tuple]:
    def read(value: Any, place: str) -> tuple:
        fields = Fields(value, place)
        found = tuple(fields.whole(name, 1 if name in ("width", "depth") else 0) for name in names)
        fields.done()
        return found

    return read


def _named(*names: str) -> Callable[[Any, str], tuple]:
    def read(value: Any, place: str) -> tuple:
        fields = Fields(value, place)
        found = (fields.text("name"), *(fields.whole(n, 1 if n in ("width", "depth") else 0) for n in names))
        fields.done()
        return found

    return read


def _utility(value: Any, place: str) -> tuple[str, int, int, str]:
    fields = Fields(value, place)
    kind, x, y = fields.word("kind", tuple(SUPPLIES)), fields.whole("x"), fields.whole("y")
    name = fields.text("name")
    fields.done()
    return kind, x, y, name


def read_shell(fields: Fields) -> dict[str, Any]:
    """Values of a hall by the names of `Shell`; only those that are there."""
    readers: dict[str, Callable[[], Any]] = {
        "width": lambda: fields.whole("width", 1),
        "depth": lambda: fields.whole("depth", 1),
        "clear_height_cm": lambda: fields.perhaps("clear_height_cm", 1, 10_000),
        "load_kg_m2": lambda: fields.perhaps("load_kg_m2", 1, 1_000_000),
        "outline": lambda: fields.items("outline", _pair, MOST_CORNERS),
        "walls": lambda: fields.items("walls", _numbers("x1", "y1", "x2", "y2"), 2_000),
        "columns": lambda: fields.items("columns", _numbers("x", "y", "width", "depth"), 2_000),
        "entrances": lambda: fields.items("entrances", _named("x", "y"), 200),
        "aisles": lambda: fields.items("aisles", _named("x", "y", "width", "depth"), 500),
        "utilities": lambda: fields.items("utilities", _utility, 5_000),
    }
    return {name: read() for name, read in readers.items() if name in fields.values}


def _area(value: Any, place: str) -> Area:
    fields = Fields(value, place)
    area = Area(
        fields.code("zone"),
        fields.whole("x"),
        fields.whole("y"),
        fields.whole("width", 1),
        fields.whole("depth", 1),
    )
    fields.done()
    return area


def _code(value: Any, place: str) -> str:
    return Fields({"code": value}, place).code("code")


def _put_stand(value: Any, place: str) -> tuple[str, Spot]:
    fields = Fields(value, place)
    was, spot = fields.code("was", ""), _spot(fields)
    fields.done()
    return was, spot


def _put(fields: Fields) -> Put:
    hall = Fields(fields.values.pop("hall", {}), f"{fields.place}.hall")
    found = Put(
        delete=fields.items("delete", _code) if "delete" in fields.values else (),
        stands=fields.items("stands", _put_stand) if "stands" in fields.values else (),
        hall=read_shell(hall),
        areas=fields.items("areas", _area, 500) if "areas" in fields.values else None,
    )
    hall.done()
    return found


def _layout(fields: Fields) -> Layout:
    layout = Layout(
        shape=fields.word("shape", SHAPES),
        x=fields.whole("x"),
        y=fields.whole("y"),
        width=fields.whole("width", default=0),
        depth=fields.whole("depth", default=0),
        unit_width=fields.whole("unit_width", 50, default=300),
        unit_depth=fields.whole("unit_depth", 50, default=300),
        across=fields.whole("across", 1, MOST, 1),
        down=fields.whole("down", 1, MOST, 1),
        aisle=fields.whole("aisle", 0, 10_000, 300),
        cross_aisle=fields.whole("cross_aisle", 0, 10_000, 300),
        margin=fields.whole("margin", 0, 10_000, 300),
        heads=fields.flag("heads"),
        upright=fields.flag("upright"),
        wall_rows=fields.flag("wall_rows"),
        corner=fields.word("corner", ("nw", "ne", "sw", "se"), "nw"),
    )
    fields.done()
    return layout


def _generate(fields: Fields) -> Generate:
    return Generate(
        layout=_layout(fields.inner("layout")),
        pattern=checked_pattern(fields.text("pattern", "{ROW}-{nr:02}")),
        start=fields.whole("start", 0, 100_000, 1),
        first_row=fields.whole("first_row", 1, 10_000, 1),
        like=Spot(code="", x=0, y=0, width=1, depth=1, **_like(fields)),
    )


def _renumber(fields: Fields) -> Renumber:
    return Renumber(
        stands=fields.codes("stands"),
        pattern=checked_pattern(fields.text("pattern")),
        start=fields.whole("start", 0, 100_000, 1),
        step=fields.whole("step", 1, 100, 1),
        first_row=fields.whole("first_row", 1, 10_000, 1),
        direction=fields.word("direction", DIRECTIONS, "east"),
        serpentine=fields.flag("serpentine"),
    )


def _shift(fields: Fields, name: str) -> int:
    return fields.whole(name, -LARGEST_CM, LARGEST_CM)


def _duplicate(fields: Fields) -> Duplicate:
    pattern = fields.text("pattern")
    return Duplicate(
        fields.codes("stands"), _shift(fields, "dx"), _shift(fields, "dy"),
        checked_pattern(pattern) if pattern else "",
    )  # fmt: skip


def _hall(fields: Fields) -> ChangeHall:
    values = fields.inner("values")
    found = read_shell(values)
    values.done()
    return ChangeHall(found)


READERS: dict[str, Callable[[Fields], Operation]] = {
    "add": lambda f: Add(f.items("stands", read_spot)),
    "move": lambda f: Move(f.codes("stands"), _shift(f, "dx"), _shift(f, "dy")),
    "duplicate": _duplicate,
    "place": lambda f: Place(
        f.code("stand"), f.whole("x"), f.whole("y"), f.whole("width", 1), f.whole("depth", 1)
    ),
    "set": lambda f: Change(f.codes("stands"), _values(f.inner("values"))),
    "rename": lambda f: Rename(f.mapping("codes")),
    "renumber": _renumber,
    "split": lambda f: Split(f.code("stand"), f.whole("parts", 2, 100), f.word("axis", ("x", "y"))),
    "merge": lambda f: Merge(f.codes("stands")),
    "delete": lambda f: Delete(f.codes("stands")),
    "generate": _generate,
    "hall": _hall,
    "areas": lambda f: DrawAreas(f.items("areas", _area, 500)),
    "put": _put,
}
