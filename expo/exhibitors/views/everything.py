"""All that an organiser wants to know about one application, for its page and the panel beside the list."""

from typing import Any

from flask import g

from expo.exhibitors import services, stages
from expo.exhibitors.application import SHAPES, SIZES, SOURCES, WISHES, pieces
from expo.exhibitors.models import Exhibitor, Organisation
from expo.venue import queries as venue
from expo.web import db


def everything(exhibitor: Exhibitor) -> dict[str, Any]:
    """What the templates show, in a constant number of questions."""
    wishes = services.wishes(db(), exhibitor)
    return {
        "exhibitor": exhibitor,
        "organisation": db().get_one(Organisation, exhibitor.organisation_id),
        "lead": services.lead_of(db(), exhibitor),
        "block": services.pavilion(db(), exhibitor),
        "partners": services.requests(db(), exhibitor, by_organiser=True),
        "wishes": wishes,
        "rivals": services.all_rivals(db(), exhibitor),
        "zones": venue.signed_zones(db(), g.edition, exhibitor.zones),
        "pieces": [piece for piece in pieces(exhibitor.model_dump(), len(wishes)) if piece.needed],
        "shapes": SHAPES,
        "sizes": SIZES,
        "wish_names": WISHES,
        "sources": SOURCES,
        "names": stages.NAMES,
        "tones": stages.TONES,
        "may": stages.ORGANISER_MAY[exhibitor.state],
    }
