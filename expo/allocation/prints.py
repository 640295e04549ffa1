"""The floor plan as a file and on paper."""

from flask import g, render_template
from markupsafe import Markup
from sqlmodel import Session

from expo.allocation import queries
from expo.allocation.drawing import plan_from, signs_of
from expo.allocation.plan import HallPlan
from expo.allocation.plan_booths import stands_label
from expo.allocation.plan_paint import Look, Words
from expo.allocation.plan_paper import as_html, sheet
from expo.allocation.plan_svg import hall_svg, site_svg
from expo.editions.models import Edition
from expo.languages import pick
from expo.venue import queries as venue
from expo.web import _
from expo.web.language import speaking
from expo.web.paper import kept_pdf

PAPER_MM = (385, 232)
"""What A3 across leaves for a drawing."""


def floor_plan_svg(session: Session, edition: Edition, language: str) -> str:
    """All halls with everybody's name, as one SVG file. Needs an application, not a request."""
    with speaking(language):
        plan = plan_for(session, edition, language)
        return site_svg(plan, site_words(plan, edition, language), Look(legend=True))


def floor_plan_pdf(session: Session, edition: Edition, language: str) -> bytes:
    """The site, each hall on an A3 page, then everybody by name with their stands. Needs an application."""
    g.edition = edition
    with speaking(language):
        plan = plan_for(session, edition, language)
        site = site_svg(plan, site_words(plan, edition, language), Look(names=False))
        drawings = [("", site), *((hall.name, hall_svg(hall, hall_words(hall))) for hall in plan)]
        html = render_template(
            "expo/allocation/floor_plan_print.html",
            edition=edition,
            sheets=[(name, as_markup(as_html(sheet(drawing, *PAPER_MM)))) for name, drawing in drawings],
            signs=signs_of(venue.zones(session, edition), language),
            people=index(plan),
            print_version=_version(session, edition),
            published_at=queries.published_at(session, edition),
        )
    return kept_pdf(html, ("print.css", "floor-plan-print.css"))


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


def index(plan: tuple[HallPlan, ...]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everybody by name, each with (hall name, stand codes) of its booths."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for hall in plan:
        for booth in hall.booths:
            if booth.occupant:
                key = (booth.occupant.name, booth.occupant.code)
                found.setdefault(key, []).append((hall.name, stands_label(booth.stands)))
    return [
        (name, places) for (name, _code), places in sorted(found.items(), key=lambda it: it[0][0].casefold())
    ]


def _version(session: Session, edition: Edition) -> str:
    run = queries.published_number(session, edition)
    return str(run) if run else ""
