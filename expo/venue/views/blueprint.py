"""The venue's blueprint, its address, and how an address finds a hall."""

from flask import Blueprint, abort, g
from sqlmodel import select

from expo.venue.models import Hall, Stand, Zone
from expo.web import db

bp = Blueprint("venue", __name__)
ADDRESS = "/<edition>/console/floor"
HALL = ADDRESS + "/<int:hall_id>"


def hall_or_404(hall_id: int) -> Hall:
    """The hall of this edition."""
    found = db().exec(select(Hall).where(Hall.id == hall_id, Hall.edition_id == g.edition.id)).first()
    return found or abort(404)


def zone_or_404(zone_id: int) -> Zone:
    """The zone of this edition."""
    found = db().exec(select(Zone).where(Zone.id == zone_id, Zone.edition_id == g.edition.id)).first()
    return found or abort(404)


def stand_or_404(hall: Hall, stand_id: int) -> Stand:
    """The stand in this hall."""
    found = db().exec(select(Stand).where(Stand.id == stand_id, Stand.hall_id == hall.id)).first()
    return found or abort(404)
