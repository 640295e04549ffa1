"""The floor plan of an edition, with those who stand there, as the pages and papers draw it."""

import re
from collections.abc import Mapping, Sequence

from markupsafe import Markup
from sqlmodel import Session

from expo.allocation import queries
from expo.editions.models import Edition
from expo.languages import pick
from expo.venue import queries as venue
from expo.venue.drawing.paint import Words
from expo.venue.drawing.plan import HallPlan
from expo.venue.drawing.rows import plan_from
from expo.web import _

Places = Mapping[str, Sequence[str]]


def plan_for(
    session: Session, edition: Edition, language: str, hall: str | None = None, run=None
) -> tuple[HallPlan, ...]:
    """The plan (of one hall if asked for) with the published occupants, or with those of a run."""
    if run is not None:
        return plan_of_places(session, edition, language, hall, run.placements)
    return plan_from(
        [row for row in venue.halls(session, edition) if hall in (None, row.code)],
        venue.zones(session, edition),
        venue.stands(session, edition, hall),
        queries.occupants(session, edition, hall),
        language,
    )


def plan_of_places(
    session: Session, edition: Edition, language: str, hall: str | None, places: Places
) -> tuple[HallPlan, ...]:
    """The plan (of one hall if asked for) with whoever stands there in a version or a draft."""
    return plan_from(
        [row for row in venue.halls(session, edition) if hall in (None, row.code)],
        venue.zones(session, edition),
        venue.stands(session, edition, hall),
        queries.placed_names(session, edition, places),
        language,
    )


def as_markup(drawing: str) -> Markup:
    """A drawing to be put into a page as it is."""
    return Markup(drawing)  # noqa: S704 - every text in it was escaped when it was drawn


def renamed(drawing: str, prefix: str) -> str:
    """The drawing with other ids, so that several of one hall can stand on a page."""
    drawing = re.sub(r'(<[^>]*?\bid=")', rf"\g<1>{prefix}", drawing)
    return re.sub(
        r'aria-labelledby="([^"]*)"',
        lambda found: f'aria-labelledby="{" ".join(prefix + name for name in found[1].split())}"',
        drawing,
    )


def site_words(plan: tuple[HallPlan, ...], edition: Edition, language: str) -> Words:
    """What the drawing of all halls says."""
    title = _("Floor plan of %(edition)s", edition=pick(edition.name, language))
    return _words(title, [booth for hall in plan for booth in hall.booths])


def hall_words(hall: HallPlan) -> Words:
    """What the drawing of one hall says."""
    return _words(_("Floor plan of %(hall)s", hall=hall.name), list(hall.booths))


def _words(title: str, booths: list) -> Words:
    given = sum(booth.occupant is not None for booth in booths)
    described = _(
        "%(given)s booths are taken, %(free)s stands are free. The list of exhibitors says it in words.",
        given=given,
        free=len(booths) - given,
    )
    return Words(title, described, free=_("free"), north=_("N"), ten_metres=_("10 m"))
