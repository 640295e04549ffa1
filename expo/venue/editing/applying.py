"""Operations carried out on a floor's values: what comes out, what breaks a rule, and how to undo it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any

from expo.venue.editing import laying
from expo.venue.editing.draft import Draft, Wrong
from expo.venue.editing.floor import Floor, Spot
from expo.venue.editing.geometry import bounds
from expo.venue.editing.layouts import cut
from expo.venue.editing.numbering import codes, in_rows
from expo.venue.editing.operations import (
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
from expo.venue.editing.rules import Fault, faults, printed_faults
from expo.venue.editing.sides import AISLE_CM, opened
from expo.words import Sentence, say

MOST_TROUBLES = 1_000
"""Where everything lies on one spot, pairs are too many to be told."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault and the operation (from 0) that brought it about."""

    operation: int
    fault: Fault


@dataclass(slots=True)
class Outcome:
    """The floor afterwards, what is wrong with it, and what was left out because it did not fit."""

    floor: Floor
    troubles: list[Trouble] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def apply(floor: Floor, operations: Sequence[Operation]) -> Outcome:
    """Carry the operations out in their order. The rules are looked at when all are done: on the way stands
    may lie on one another."""
    draft = Draft(floor)
    for number, operation in enumerate(operations):
        draft.operation = number
        try:
            CARRIED_OUT[type(operation)](draft, operation)
        except Wrong as stopped:
            return Outcome(floor, [Trouble(number, stopped.fault)])
    after = draft.floor()
    which = list(draft.spots) if draft.hall_by is not None else [c for c in draft.spots if c in draft.by]
    wrong = chain(printed_faults(floor, after), faults(after, which, hall_too=draft.hall_by is not None))
    found = [Trouble(draft.blame(fault), fault) for fault in islice(wrong, MOST_TROUBLES)]
    if not found:
        after = replace(after, spots=_with_sides(draft, after))
    return Outcome(after, found, draft.notes, draft.names)


def _with_sides(draft: Draft, after: Floor) -> dict[str, Spot]:
    """Open sides anew for whatever lies elsewhere now and its neighbours, except where they were given."""
    if draft.shell_changed:
        which = set(after.spots)
    else:
        before = {spot.id: spot.box for spot in draft.before.spots.values()}
        now = {spot.id: spot.box for spot in after.spots.values() if spot.id is not None}
        left = [box for number, box in before.items() if now.get(number) != box]
        taken = [spot.box for spot in after.spots.values() if before.get(spot.id) != spot.box]
        which = laying.near(after.spots, left + taken, AISLE_CM)
    return {**after.spots, **opened(after, after.spots, which - draft.pinned)}


def _add(draft: Draft, operation: Add) -> None:
    for spot in operation.stands:
        zone = spot.zone or laying.zone_at(draft, spot.box)
        code = spot.code or next(codes("{nr:03}", [[zone]], draft.all_codes(), hall=draft.before.hall))
        draft.put(replace(spot, code=code, zone=zone))


def _move(draft: Draft, operation: Move) -> None:
    for spot in draft.named(operation.stands):
        draft.change(replace(spot, x=spot.x + operation.dx, y=spot.y + operation.dy))


def _duplicate(draft: Draft, operation: Duplicate) -> None:
    spots = draft.named(operation.stands)
    rows = in_rows(spots)
    pattern = operation.pattern or "{nr:03}"
    found = codes(pattern, [[s.zone for s in row] for row in rows], draft.all_codes(), hall=draft.before.hall)
    for spot, code in zip((spot for row in rows for spot in row), found, strict=True):
        draft.put(replace(spot, code=code, id=None, x=spot.x + operation.dx, y=spot.y + operation.dy))


def _place(draft: Draft, operation: Place) -> None:
    (spot,) = draft.named([operation.stand])
    if (spot.width, spot.depth) != (operation.width, operation.depth):
        draft.refuse_taken(spot)
    size = {"width": operation.width, "depth": operation.depth}
    draft.change(replace(spot, x=operation.x, y=operation.y, **size))


def _change(draft: Draft, operation: Change) -> None:
    for spot in draft.named(operation.stands):
        draft.change(replace(spot, **operation.values))


def _rename(draft: Draft, operation: Rename) -> None:
    draft.rename({spot.code: operation.codes[spot.code] for spot in draft.named(operation.codes)})


def _renumber(draft: Draft, operation: Renumber) -> None:
    spots = draft.named(operation.stands)
    rows = in_rows(spots, operation.direction, serpentine=operation.serpentine)
    found = codes(
        operation.pattern,
        [[spot.zone for spot in row] for row in rows],
        draft.all_codes() - set(operation.stands),
        hall=draft.before.hall,
        start=operation.start,
        first_row=operation.first_row,
        step=operation.step,
    )
    draft.rename(dict(zip((spot.code for row in rows for spot in row), found, strict=True)))


def _split(draft: Draft, operation: Split) -> None:
    (spot,) = draft.named([operation.stand])
    draft.refuse_taken(spot)
    across = operation.axis == "x"
    length = spot.width if across else spot.depth
    if length < operation.parts:
        raise Wrong(
            "size", say("Stand %(code)s is too small to be split so often.", code=spot.code), spot.code
        )
    names = laying.part_codes(spot.code, operation.parts, draft.all_codes())
    draft.drop(spot.code)
    for number, code in enumerate(names):
        start, end = cut(length, operation.parts, number)
        part = (
            replace(spot, x=spot.x + start, width=end - start)
            if across
            else replace(spot, y=spot.y + start, depth=end - start)
        )
        draft.put(replace(part, code=code, id=spot.id if number == 0 else None))


def _merge(draft: Draft, operation: Merge) -> None:
    spots = draft.named(operation.stands)
    for spot in spots:
        draft.refuse_taken(spot)
    x, y, width, depth = bounds(spot.box for spot in spots)
    if len(spots) < 2 or sum(spot.area_cm2 for spot in spots) != width * depth:
        sentence = say("Stands can be merged when together they make up one rectangle.")
        raise Wrong("merge", sentence, spots[0].code)
    if len({spot.zone for spot in spots}) > 1:
        raise Wrong("merge", say("Stands of different zones cannot be merged."), spots[0].code)
    first = min(spots, key=lambda spot: (spot.y, spot.x))
    for spot in spots:
        draft.drop(spot.code)
    power, water = max(spot.power_kw for spot in spots), any(spot.water for spot in spots)
    limits = {
        name: min((value for spot in spots if (value := getattr(spot, name)) is not None), default=None)
        for name in ("height_cm", "load_kg_m2")
    }
    draft.put(replace(first, x=x, y=y, width=width, depth=depth, power_kw=power, water=water, **limits))


def _delete(draft: Draft, operation: Delete) -> None:
    for spot in draft.named(operation.stands):
        draft.refuse_taken(spot)
        draft.drop(spot.code)


def _generate(draft: Draft, operation: Generate) -> None:
    laying.lay(draft, operation)


def _hall(draft: Draft, operation: ChangeHall) -> None:
    draft.change_shell(operation.values)


def _areas(draft: Draft, operation: DrawAreas) -> None:
    draft.areas, draft.hall_by = operation.areas, draft.operation


def _put(draft: Draft, operation: Put) -> None:
    for spot in draft.named(operation.delete) if operation.delete else ():
        draft.refuse_taken(spot)
        draft.drop(spot.code)
    old = {was: draft.named([was])[0] for was, _spot in operation.stands if was}
    for was, spot in operation.stands:
        if was and (old[was].width, old[was].depth) != (spot.width, spot.depth):
            draft.refuse_taken(old[was])
    for was in old:
        draft.drop(was)
    for was, spot in operation.stands:
        zone = spot.zone or laying.zone_at(draft, spot.box)
        draft.put(replace(spot, zone=zone, id=old[was].id if was else None))
        if spot.open_sides != TO_COMPUTE:
            draft.pinned.add(spot.code)
    if operation.hall:
        draft.change_shell(operation.hall)
    if operation.areas is not None:
        draft.areas, draft.hall_by = operation.areas, draft.operation


CARRIED_OUT: dict[type, Callable[[Draft, Any], None]] = {
    Add: _add,
    Move: _move,
    Duplicate: _duplicate,
    Place: _place,
    Change: _change,
    Rename: _rename,
    Renumber: _renumber,
    Split: _split,
    Merge: _merge,
    Delete: _delete,
    Generate: _generate,
    ChangeHall: _hall,
    DrawAreas: _areas,
    Put: _put,
}
