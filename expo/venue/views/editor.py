"""The floor editor: its page, a hall as JSON, and edits of it."""

from typing import Any

from flask import Response, g, jsonify, render_template, request

from expo.errors import Refused
from expo.languages import pick
from expo.venue import queries, services
from expo.venue.editing.applying import Trouble
from expo.venue.editing.floor import Floor
from expo.venue.editing.history import in_words, told, way_back
from expo.venue.editing.ledger import ledger
from expo.venue.editing.reading import Fields, Malformed, read_json
from expo.venue.editing.requests import read_operations
from expo.venue.editing.shells import area_json, shell_json
from expo.venue.models import Hall, HallEdit
from expo.venue.signs import letter_of
from expo.venue.supplies import MARKS, SUPPLIES
from expo.venue.views.blueprint import HALL, bp, hall_or_404
from expo.web import db, needs, words
from expo.web.language import as_datetime, language
from expo.words import say

LARGEST_REQUEST = 2 * 1024 * 1024
MOST_TROUBLES = 50


@bp.get(f"{HALL}/editor")
@needs("venue.edit")
def hall_editor(hall_id: int):
    """The drawing board; without scripts it leads to the forms that do the same."""
    hall = hall_or_404(hall_id)
    return render_template(
        "expo/venue/editor.html",
        hall=hall,
        halls=queries.halls(db(), g.edition),
        zones=_zones(hall),
        supplies=[(kind, words(name)) for kind, name in SUPPLIES.items()],
    )


@bp.get(f"{HALL}.json")
@needs("venue.edit")
def hall_json(hall_id: int):
    """A hall with everything in it."""
    hall = hall_or_404(hall_id)
    floor = services.floor_of(db(), hall)
    answer = jsonify(
        version=hall.version,
        hall={"code": hall.code, "name": pick(hall.name, language()) or hall.code, **shell_json(floor.shell)},
        stands=[spot.told() for spot in floor.spots.values()],
        areas=[area_json(area) for area in floor.areas],
        zones=_zones(hall),
        supplies=[
            {"kind": kind, "name": words(name), "mark": MARKS[kind]} for kind, name in SUPPLIES.items()
        ],
        taken=_taken(floor),
        ledger=_ledger(floor),
    )
    answer.headers["ETag"] = f'"{hall.version}"'
    return answer


def _zones(hall: Hall) -> list[dict[str, Any]]:
    return [
        {
            "code": zone.code,
            "name": pick(zone.name, language()) or zone.code,
            "hue": zone.hue,
            "letter": letter_of(place),
        }
        for place, zone in enumerate(queries.zones_of(db(), hall.edition_id))
    ]


def _taken(floor: Floor) -> dict[str, str]:
    return {spot.code: floor.taken[spot.id] for spot in floor.spots.values() if spot.id in floor.taken}


def _ledger(floor: Floor) -> list[dict[str, Any]]:
    return [
        {
            "zone": line.zone,
            "stands": line.stands,
            "here_cm2": line.here_cm2,
            "used_cm2": line.used_cm2,
            "net_m2": line.net_m2,
            "gross_m2": line.gross_m2,
        }
        for line in ledger(floor.spots.values(), floor.zones)
    ]


@bp.post(f"{HALL}/operations")
@needs("venue.edit")
def hall_operations(hall_id: int):
    """Operations carried out, all or none: 409 when the hall changed since, 422 when a rule would break."""
    hall = hall_or_404(hall_id)
    try:
        version, operations, dry = _asked()
        edited = services.edit(db(), hall, version, operations, dry=dry)
        db().rollback() if dry else db().commit()
    except Malformed as refused:
        return _refused(400, refused)
    except services.Stale as stale:
        return _refused(409, stale, version=stale.version, edits=[_edit(edit) for edit in stale.edits])
    except services.Violated as violated:
        return _refused(422, violated, **_troubles(violated.troubles))
    except Refused as refused:
        return _refused(422, refused)
    return jsonify(
        version=edited.version,
        **told(edited.changes, edited.outcome.floor),
        undo=[way_back(edited.changes, edited.before)] if edited.changes else [],
        notes=[words(note) for note in edited.outcome.notes],
        names=edited.outcome.names,
        ledger=_ledger(edited.outcome.floor),
        taken=_taken(edited.outcome.floor),
        **_troubles(edited.outcome.troubles),
    )


def _asked() -> tuple[int | None, list, bool]:
    data = request.stream.read(LARGEST_REQUEST + 1)
    if len(data) > LARGEST_REQUEST:
        raise Malformed(say("That is more than %(mb)s MB; send less at once.", mb=LARGEST_REQUEST >> 20))
    fields = Fields(read_json(data), "request")
    version, dry = fields.whole("version", 1, 2**31 - 1), fields.flag("dry_run")
    operations = fields.values.pop("operations", None)
    fields.done()
    return version, read_operations(operations), dry


def _troubles(troubles: list[Trouble]) -> dict[str, Any]:
    """The first by itself, then all of them up to a number."""
    found = [
        {
            "operation": trouble.operation,
            "rule": trouble.fault.rule,
            "stand": trouble.fault.stand,
            "other": trouble.fault.other,
            "sentence": words(trouble.fault.sentence),
        }
        for trouble in troubles[:MOST_TROUBLES]
    ]
    first = {key: found[0][key] for key in ("operation", "rule", "stand")} if found else {}
    return first | {"troubles": found}


def _edit(edit: HallEdit) -> dict[str, Any]:
    return {
        "version": edit.version,
        "who": edit.actor,
        "at": edit.at.isoformat(),
        "when": as_datetime(edit.at),
        "what": [words(sentence) for sentence in in_words(edit.changes)],
    }


def _refused(code: int, refused: Refused, **more: Any) -> tuple[Response, int]:
    db().rollback()
    return jsonify(error=words(refused.sentence), status=code, **more), code
