"""Plans and lists from files: read and kept aside, tried as often as one likes, then taken over at once."""

from base64 import b85decode, b85encode
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from zlib import compress, decompress

from sqlalchemy import delete
from sqlmodel import Session, select

from expo.errors import Refused
from expo.spreadsheets import Unreadable, read_table
from expo.venue.editing.ledger import CM2, ledger
from expo.venue.editing.numbering import checked_pattern, codes
from expo.venue.editing.requests import read_operations
from expo.venue.models import DrawingImport, Hall, Stand
from expo.venue.queries import codes_elsewhere, zones_of
from expo.venue.services.editing import Edited, edit, floor_of
from expo.venue.sketches.dxf import read_dxf
from expo.venue.sketches.sketch import Sketch, kept, restored
from expo.venue.sketches.svg import read_svg
from expo.venue.sketches.taking import Found, guessed, taken
from expo.venue.standlist import StandList, read_stands
from expo.words import say

MOST_ROWS = 5_000
LARGEST_READ_AT_ONCE = 256 << 10
"""Bytes; a larger file takes longer than somebody waits for a page."""
MOST_AT_ONCE = 4_000
"""Shapes; a small file may hold many, by blocks within blocks."""
PACKED = "packed"
LIKELY_M = (8, 600)
GUESSED_UNITS = (0.1, 1.0, 100.0, 2.54, 30.48)


class Tried(NamedTuple):
    """What taking over would do: the edit, or the sentence why there is none; what the file held."""

    edited: Edited | None
    refused: Refused | None
    found: Found | None
    list: StandList | None


def kind_of(data: bytes, name: str) -> str:
    """What a file is (dxf, svg or stands), told by its content."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf\x00 \r\n\t")
    if head[:1] == b"<" or b"<\0s\0v\0g" in head:
        return "svg"
    return "stands" if head[:2] == b"PK" or name.lower().endswith((".csv", ".tsv", ".xlsx")) else "dxf"


def _read(data: bytes, kind: str, step: Callable[[int], None]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a file holds, and the settings to begin with; `step` is told how many things were looked at."""
    if kind == "stands":
        return {"rows": _rows(data)}, {"replace": False}
    sketch = read_svg(data, step) if kind == "svg" else read_dxf(data, step)
    if not sketch.lines:
        raise Refused(say("There is nothing in this drawing that could be a stand, a wall or a column."))
    width = sketch.extent()[2]
    settings = {
        "roles": guessed(list(sketch.layers())),
        "unit_cm": sketch.unit_cm or _likely_unit(max(sketch.extent()[2:])),
        "unit_known": sketch.unit_cm is not None,
        "length_units": round(width, 3),
        "x": 0,
        "y": 0,
        "zone": "",
        "kind": "shell",
        "pattern": "{nr:03}",
        "bare": "auto",
        "replace": False,
    }
    return kept(sketch), settings


def _rows(data: bytes) -> list[list[Any]]:
    try:
        return [[number, cells] for number, cells in read_table(data, MOST_ROWS)]
    except Unreadable as fault:
        sentence = fault.sentence
        if fault.row:
            sentence = say("Row %(row)s: %(reason)s", row=fault.row, reason=sentence)
        raise Refused(sentence) from None


def _likely_unit(size: float) -> float:
    """The unit in which a drawing of this size is a hall."""
    for unit in GUESSED_UNITS:
        if LIKELY_M[0] <= size * unit / 100 <= LIKELY_M[1]:
            return unit
    return 10_000 / max(size, 1e-9)


def keep_import(session: Session, hall: Hall, user_id: int, name: str, data: bytes) -> DrawingImport:
    """Put a file aside in place of what this person put aside for this hall before. A short one is read at
    once; a long one is only packed, to be read by a job (see `is_packed`)."""
    kind = kind_of(data, name)
    row = DrawingImport(hall_id=hall.id, user_id=user_id, filename=name[:200], kind=kind)
    try:
        if len(data) > LARGEST_READ_AT_ONCE:
            raise _TakesLong
        _fill(session, hall, row, data, _briefly)
    except _TakesLong:
        row.found = {PACKED: b85encode(compress(data, 6)).decode("ascii")}
    session.execute(
        delete(DrawingImport).where(DrawingImport.hall_id == hall.id, DrawingImport.user_id == user_id)
    )
    session.add(row)
    session.flush()
    return row


def is_packed(row: DrawingImport) -> bool:
    """Whether the file has yet to be read."""
    return PACKED in row.found


def unpack(session: Session, row: DrawingImport, step: Callable[[int], None]) -> None:
    """Read a packed file; Refused with a sentence if it cannot be. `step` may raise to stop it."""
    hall = session.get_one(Hall, row.hall_id)
    _fill(session, hall, row, decompress(b85decode(row.found[PACKED])), step)
    session.add(row)
    session.flush()


def _fill(session: Session, hall: Hall, row: DrawingImport, data: bytes, step: Callable[[int], None]) -> None:
    row.found, settings = _read(data, row.kind, step)
    if row.kind != "stands":
        settings["zone"] = _likely_zone(session, hall)
    row.settings = settings


class _TakesLong(Exception):
    """Reading goes on in a job."""


def _briefly(done: int) -> None:
    if done >= MOST_AT_ONCE:
        raise _TakesLong


def _likely_zone(session: Session, hall: Hall) -> str:
    """None where areas of zones are drawn; else the one most stands of the hall are in, or with most room."""
    floor = floor_of(session, hall)
    if floor.areas or not floor.zones:
        return ""
    lines = ledger(floor.spots.values(), floor.zones)
    return max(lines, key=lambda line: (line.stands, line.net_m2 * CM2 - line.used_cm2)).zone


def kept_import(session: Session, hall: Hall, user_id: int) -> DrawingImport | None:
    """What this person put aside for this hall."""
    return session.exec(
        select(DrawingImport).where(DrawingImport.hall_id == hall.id, DrawingImport.user_id == user_id)
    ).first()


def await_job(session: Session, row: DrawingImport, job_id: int | None) -> None:
    """Remember which job reads a packed file."""
    row.settings = {"job": job_id}
    session.add(row)


def drop_import(session: Session, row: DrawingImport) -> None:
    """Forget a file."""
    session.delete(row)
    session.flush()


def sketch_of(row: DrawingImport) -> Sketch:
    """The drawing that was put aside."""
    return restored(row.found)


def take_over(session: Session, hall: Hall, row: DrawingImport, *, dry: bool) -> Tried:
    """Carry an import out by its settings, or try what it would do. Refused or Violated when it cannot be."""
    found = listed = None
    if row.kind == "stands":
        listed = read_stands([(number, cells) for number, cells in row.found["rows"]], hall.code)
        if listed.problems and not dry:
            raise Refused(say("Put the rows right first: nothing was taken over."))
        operations = [] if listed.problems else _of_list(session, hall, listed, row.settings)
    else:
        settings = row.settings
        at = (settings["x"], settings["y"])
        bare = settings.get("bare", "auto")
        found = taken(sketch_of(row), settings["roles"], settings["unit_cm"], at=at, bare=bare)
        operations = _of_drawing(session, hall, found, settings)
    if not operations:
        return Tried(None, None, found, listed)
    try:
        return Tried(edit(session, hall, None, read_operations(operations), dry=dry), None, found, listed)
    except Refused as refused:
        if not dry:
            raise
        return Tried(None, refused, found, listed)


def _held(session: Session, hall: Hall) -> dict[str, Stand]:
    return {row.code: row for row in session.exec(select(Stand).where(Stand.hall_id == hall.id))}


def _of_list(
    session: Session, hall: Hall, listed: StandList, settings: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Stands of known codes are changed, others are added; if asked for, those not in the list go."""
    held, named = _held(session, hall), {stand["code"] for stand in listed.stands}
    zones = {zone.id: zone.code for zone in zones_of(session, hall.edition_id)}
    gone = [code for code in held if code not in named] if settings.get("replace") else []
    put = [{"was": stand["code"] if stand["code"] in held else "", **stand} for stand in listed.stands]
    return [{"op": "put", "delete": gone, "stands": [_completed(zones, held, one) for one in put]}]


def _completed(
    zones: Mapping[int | None, str], held: Mapping[str, Stand], stand: dict[str, Any]
) -> dict[str, Any]:
    """What a list does not say of a stand that is there already stays as it is."""
    row = held.get(stand["was"])
    if row is None:
        return stand
    from_row = {name: getattr(row, name) for name in ("kind", "power_kw", "water", "height_cm", "load_kg_m2")}
    return from_row | {"zone": zones[row.zone_id]} | stand


def _of_drawing(
    session: Session, hall: Hall, found: Found, settings: Mapping[str, Any]
) -> list[dict[str, Any]]:
    built = dict(found.hall)
    if found.width > hall.width:
        built["width"] = found.width
    if found.depth > hall.depth:
        built["depth"] = found.depth
    held = _held(session, hall)
    operations: list[dict[str, Any]] = [{"op": "hall", "values": built}] if built else []
    if settings["replace"] and held:
        operations.insert(0, {"op": "delete", "stands": list(held)})
    like = {"zone": settings["zone"], "kind": settings["kind"]}
    stands = _numbered(session, hall, found, settings, set() if settings["replace"] else set(held))
    return operations + ([{"op": "add", "stands": [like | stand for stand in stands]}] if stands else [])


def _numbered(
    session: Session, hall: Hall, found: Found, settings: Mapping[str, Any], held: set[str]
) -> list[dict[str, Any]]:
    """Every stand with a code: its own if it is free, else the next one of the pattern."""
    used = held | codes_elsewhere(session, hall) | {stand["code"] for stand in found.stands}
    bare = [stand for stand in found.stands if not stand["code"] or stand["code"] in held]
    pattern = checked_pattern(settings["pattern"])
    names = codes(pattern, [[settings["zone"]] * len(bare)], used, hall=hall.code)
    for stand, code in zip(bare, names, strict=True):
        stand["code"] = code
    return found.stands
