"""The floor plan of an edition, with those who stand there, as the pages and papers draw it."""

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


def plan_for(
    session: Session, edition: Edition, language: str, hall: str | None = None, run=None
) -> tuple[HallPlan, ...]:
    """The plan (of one hall if asked for) with the published occupants, or with those of a run."""
    halls = [row for row in venue.halls(session, edition) if hall in (None, row.code)]
    return plan_from(
        halls,
        venue.zones(session, edition),
        venue.stands(session, edition, hall),
        queries.occupants(session, edition, hall)
        if run is None
        else queries.run_occupants(session, edition, run),
        language,
    )


def as_markup(drawing: str) -> Markup:
    """A drawing to be put into a page as it is."""
    return Markup(drawing)  # noqa: S704 - every text in it was escaped when it was drawn


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
