"""Layouts put on a real floor: what does not fit there is left out, and the rest is numbered."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import count

from expo.venue.drawing.outline import Box
from expo.venue.editing.draft import Draft, Wrong
from expo.venue.editing.floor import Index, Spot
from expo.venue.editing.geometry import crosses, holds, in_outline, overlap, shared
from expo.venue.editing.layouts import cells
from expo.venue.editing.numbering import codes
from expo.venue.editing.operations import Generate
from expo.words import say

DOOR_CM = 300
"""The floor kept free round an entrance."""


def lay(draft: Draft, operation: Generate) -> None:
    """Carry a layout out. Cells that meet something built, somebody's stand or another zone are left out."""
    shell = draft.shell
    things = Index((code, spot.box) for code, spot in draft.spots.items())
    for number, box in enumerate(_kept_free(draft)):
        things.add(number, box)
    rows: dict[int, list[Spot]] = {}
    left_out = 0
    for row, x, y, width, depth in cells(operation.layout):
        box = (x, y, width, depth)
        if (
            not holds((0, 0, shell.width, shell.depth), box)
            or not in_outline(box, shell.outline)
            or any(crosses(wall, box) for wall in shell.walls)
            or any(things.near(box))
        ):
            left_out += 1
            continue
        zone = operation.like.zone or zone_at(draft, box)
        if not _in_zone(draft, zone, box):
            left_out += 1
            continue
        spot = replace(operation.like, zone=zone, x=x, y=y, width=width, depth=depth)
        rows.setdefault(row, []).append(spot)
    if not rows:
        raise Wrong("layout", say("Nothing of this layout fits there. Give it more room or smaller stands."))
    _number(draft, operation, rows)
    if left_out:
        draft.notes.append(say("Left out because something is in their way: %(count)s.", count=left_out))


def _kept_free(draft: Draft) -> Iterable[Box]:
    yield from draft.shell.columns
    yield from (aisle[1:] for aisle in draft.shell.aisles)
    for _name, x, y in draft.shell.entrances:
        yield x - DOOR_CM, y - DOOR_CM, 2 * DOOR_CM, 2 * DOOR_CM


def _number(draft: Draft, operation: Generate, rows: Mapping[int, list[Spot]]) -> None:
    ordered = [sorted(rows[row], key=lambda spot: (spot.x, spot.y)) for row in sorted(rows)]
    found = codes(
        operation.pattern,
        [[spot.zone for spot in row] for row in ordered],
        draft.all_codes(),
        hall=draft.before.hall,
        start=operation.start,
        first_row=operation.first_row,
    )
    for spot, code in zip((spot for row in ordered for spot in row), found, strict=True):
        draft.put(replace(spot, code=code))


def _in_zone(draft: Draft, zone: str, box: Box) -> bool:
    own = [area for area in draft.areas if area.zone == zone]
    if any(area.zone != zone and overlap(area.box, box) for area in draft.areas):
        return False
    return not own or sum(shared(area.box, box) for area in own) == box[2] * box[3]


def zone_at(draft: Draft, box: Box) -> str:
    """The zone whose area has most of a box; where no areas are drawn, the only zone there is."""
    best = max(draft.areas, key=lambda area: shared(area.box, box), default=None)
    if best is not None:
        return best.zone
    if len(draft.before.zones) == 1:
        return next(iter(draft.before.zones))
    raise Wrong("zone", say("Say which zone the stands belong to; no areas of zones are drawn here."))


def near(spots: Mapping[str, Spot], boxes: Iterable[Box], margin: int) -> set[str]:
    """The stands that lie within a margin of any of the boxes."""
    index = Index((code, spot.box) for code, spot in spots.items())
    return {code for box in boxes for code, _other in index.near(box, margin)}


def part_codes(code: str, parts: int, taken: Iterable[str]) -> list[str]:
    """Codes for the parts of a stand: the first keeps its name, the others get -2, -3 … as far as free."""
    used, found = set(taken), [code]
    for number in count(2):
        if len(found) == parts:
            return found
        name = f"{code[:36]}-{number}"
        if name not in used:
            found.append(name)
    return found
