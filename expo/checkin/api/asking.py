"""The desk: people by name in any script, by organisation or code."""

from collections.abc import Sequence
from typing import Any

from flask import jsonify, request
from sqlalchemy import text

from expo.accounts.services import count_try
from expo.checkin import services
from expo.checkin.api.answers import position
from expo.checkin.api.askers import device_asks
from expo.checkin.api.blueprint import API, bp
from expo.checkin.api.known import Known
from expo.checkin.models import Device
from expo.web import db, public

MOST = 50
SHORTEST = 2
NEWEST = 500
LATEST = """
SELECT DISTINCT ON (p.person_id, p.gate_id) p.id, p.person_id, p.gate_id, p.type, p.at
  FROM passage AS p
 WHERE p.person_id = ANY (:people) AND p.verdict = 'ok'
   AND NOT EXISTS (SELECT 1 FROM passage_annulment AS a WHERE a.passage_id = p.id)
 ORDER BY p.person_id, p.gate_id, p.at DESC
"""


@bp.get(f"{API}/search")
@public
def search(house: str):
    """Up to 50 people that `q` finds, the closest first; nothing for less than two letters."""
    here, device = device_asks(house)
    found = people_found(here, device, request.args.get("q", ""))
    answer = jsonify(count=len(found), next=None, previous=None, results=found)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def people_found(here: Known, device: Device | None, words: str) -> list[dict[str, Any]]:
    """People with where they are and when they last passed each gate. What a device asks is counted.

    NoDesk for a device that may only scan.
    """
    words = " ".join(words.split())[:100]
    if len(words) < SHORTEST and not any(ord(letter) > 0x2E80 for letter in words):
        return []
    if device is not None:
        if not device.may_search:
            raise services.NoDesk
        count_try(db(), "gate.search", f"device {device.id}")
    services.catch_up(db(), here.edition_id, NEWEST)  # the worker does the rest every few seconds
    db().commit()
    people = [row._asdict() for row in services.found(db(), here.edition_id, words, MOST)]
    passed = passages_of([one["id"] for one in people])
    places = _places([one["id"] for one in people])
    return [
        (position(one, passed.get(one["id"], [])) or {}) | {"inside": places.get(one["id"])} for one in people
    ]


def passages_of(people: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """The latest accepted passage of each person at each gate."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in db().execute(text(LATEST), {"people": list(people)}):
        found.setdefault(row.person_id, []).append(
            {
                "id": row.id, "list": row.gate_id, "type": row.type, "datetime": row.at.isoformat(),
                "gate": row.gate_id, "device": None, "auto_checked_in": False,
            }
        )  # fmt: skip
    return found


def _places(people: Sequence[int]) -> dict[int, int]:
    rows = db().execute(
        text(
            "SELECT person_id, area_id FROM gate_place"
            " WHERE person_id = ANY (:people) AND area_id IS NOT NULL"
        ),
        {"people": list(people)},
    )
    return {row.person_id: row.area_id for row in rows}
