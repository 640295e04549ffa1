"""What a floor must keep, said in words: the rules the database keeps too, found before it is asked."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from expo.venue.editing.floor import Floor, Index, Spot
from expo.venue.editing.geometry import crosses, in_outline, is_simple, overlap, shared
from expo.venue.editing.ledger import ledger
from expo.words import Sentence, figure, say


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken rule, by the name the database has for it; `stand` is where, `other` with whom."""

    rule: str
    sentence: Sentence
    stand: str = ""
    other: str = ""


def faults(floor: Floor, which: Collection[str], *, hall_too: bool = False) -> Iterator[Fault]:
    """What the named stands break, and the hall itself if it was changed; the rest is left as it was."""
    if hall_too:
        yield from _of_hall(floor)
    index = Index((code, spot.box) for code, spot in floor.spots.items())
    told: set[frozenset[str]] = set()
    for code in which:
        for fault in _of_spot(floor, floor.spots[code], index):
            pair = frozenset((fault.stand, fault.other))
            if not fault.other or pair not in told:  # two that overlap are told once
                told.add(pair)
                yield fault
    for line in ledger(floor.spots.values(), floor.zones):
        if line.is_over and (hall_too or any(floor.spots[code].zone == line.zone for code in which)):
            yield Fault(
                "zone_holds_its_stands",
                say(
                    "The stands of zone %(zone)s would take %(used)s m², more than its %(net)s m² net.",
                    zone=line.zone,
                    used=_square_metres(line.used_cm2),
                    net=line.net_m2,
                ),
            )


def renamed(before: Floor, after: Floor) -> dict[str, str]:
    """Old code → new code of the stands that are called otherwise now."""
    old = {spot.id: spot.code for spot in before.spots.values()}
    now = {old[spot.id]: spot.code for spot in after.spots.values() if spot.id is not None}
    return {code: called for code, called in now.items() if code != called}


def printed_faults(before: Floor, after: Floor) -> Iterator[Fault]:
    """Stands that would lose the code that letters, plans and fascia boards carry already."""
    for code, called in renamed(before, after).items():
        if code in before.printed:
            sentence = say(
                "Stand %(code)s keeps its number: it is in the published plan, or is being selected or "
                "offered. Take that back before you renumber it.",
                code=code,
            )
            yield Fault("printed", sentence, called)


def _square_metres(cm2: int) -> float:
    return figure(cm2 / 10_000)


def _metres(cm: int) -> float:
    return figure(cm / 100)


def _of_spot(floor: Floor, spot: Spot, index: Index) -> Iterator[Fault]:
    shell = floor.shell
    if spot.zone not in floor.zones:
        yield Fault("zone", say("There is no zone %(code)s.", code=spot.zone or "–"), spot.code)
        return
    if spot.x < 0 or spot.y < 0 or spot.x + spot.width > shell.width or spot.y + spot.depth > shell.depth:
        sentence = say(
            "Stand %(code)s would leave the hall, which measures %(width)s × %(depth)s m.",
            code=spot.code,
            width=_metres(shell.width),
            depth=_metres(shell.depth),
        )
        yield Fault("stand_in_hall", sentence, spot.code)
    elif not in_outline(spot.box, shell.outline):
        yield Fault(
            "stand_in_outline",
            say("Stand %(code)s would cross the hall's outline.", code=spot.code),
            spot.code,
        )
    if any(crosses(wall, spot.box) for wall in shell.walls):
        yield Fault(
            "stand_clear_of_walls", say("A wall would run through stand %(code)s.", code=spot.code), spot.code
        )
    for other, _box in index.near(spot.box):
        if other != spot.code:
            sentence = say("Stand %(code)s would overlap %(other)s.", code=spot.code, other=other)
            yield Fault("stand_no_overlap", sentence, spot.code, other)
    yield from _of_zone(floor, spot)


def _of_zone(floor: Floor, spot: Spot) -> Iterator[Fault]:
    """Where areas are drawn, a stand lies in those of its zone and in none of another."""
    own = [area for area in floor.areas if area.zone == spot.zone]
    foreign = next(
        (area for area in floor.areas if area.zone != spot.zone and overlap(area.box, spot.box)), None
    )
    if foreign:
        sentence = say(
            "Stand %(code)s of zone %(zone)s would lie in the area of zone %(other)s.",
            code=spot.code,
            zone=spot.zone,
            other=foreign.zone,
        )
        yield Fault("stand_in_zone", sentence, spot.code)
    elif own and sum(shared(area.box, spot.box) for area in own) < spot.area_cm2:
        sentence = say(
            "Stand %(code)s would cross the border of zone %(zone)s.", code=spot.code, zone=spot.zone
        )
        yield Fault("stand_in_zone", sentence, spot.code)


def _of_hall(floor: Floor) -> Iterator[Fault]:
    shell = floor.shell
    if shell.outline and not is_simple(shell.outline):
        yield Fault(
            "outline", say("The outline crosses itself or has a corner twice; draw it round in one line.")
        )
    beyond = [
        *(("outline", x, y) for x, y in shell.outline),
        *(("walls", x, y) for x1, y1, x2, y2 in shell.walls for x, y in ((x1, y1), (x2, y2))),
        *(("columns", x + width, y + depth) for x, y, width, depth in shell.columns),
        *(("entrances", x, y) for _name, x, y in shell.entrances),
        *(("aisles", x + width, y + depth) for _name, x, y, width, depth in shell.aisles),
        *(("utilities", x, y) for _kind, x, y, _name in shell.utilities),
        *(("areas", area.x + area.width, area.y + area.depth) for area in floor.areas),
    ]
    for what, x, y in beyond:
        if x > shell.width or y > shell.depth:
            sentence = say(
                "%(what)s: %(x)s / %(y)s m lies outside the hall.",
                what=WHAT[what],
                x=_metres(x),
                y=_metres(y),
            )
            yield Fault("hall", sentence)
            break
    for number, area in enumerate(floor.areas):
        if area.zone not in floor.zones:
            yield Fault("zone", say("There is no zone %(code)s.", code=area.zone))
        if any(overlap(area.box, other.box) for other in floor.areas[:number]):
            yield Fault("zone_area_no_overlap", say("Two areas of zones overlap; let them only touch."))
            break


WHAT: dict[str, Sentence] = {
    "width": say("Size"),
    "depth": say("Size"),
    "outline": say("Outline"),
    "walls": say("Walls"),
    "columns": say("Columns"),
    "entrances": say("Entrances"),
    "aisles": say("Aisles"),
    "utilities": say("Supplies"),
    "areas": say("Areas of zones"),
}
