"""Where the gates' console hangs, and what its pages share."""

from typing import TypeVar

from flask import Blueprint, abort, g
from sqlmodel import SQLModel

from expo.checkin import queries
from expo.languages import pick
from expo.web import db
from expo.web.language import language

CONSOLE = "/<edition>/console/gates"
bp = Blueprint("checkin", __name__)
Row = TypeVar("Row", bound=SQLModel)


def own(model: type[Row], number: int) -> Row:
    """A row of this edition; 404 for any other."""
    row = db().get(model, number)
    if row is None or row.edition_id != g.edition.id:
        abort(404)
    return row


def area_choices() -> list[tuple[int, str]]:
    """Areas with their names, moved in by how deep they lie."""
    return [
        (area.id or 0, "  " * (len(area.path) - 1) + (pick(area.name, language()) or area.code))
        for area in queries.areas(db(), g.edition.id)
    ]


def gate_choices() -> list[tuple[int, str]]:
    """Open gates with their names."""
    return [
        (gate.id or 0, pick(gate.name, language()) or gate.code) for gate in queries.gates(db(), g.edition.id)
    ]
