"""The floor plan as a file and on paper."""

from flask import g, render_template
from sqlmodel import Session

from expo.allocation.prints import as_markup, hall_words, plan_for, site_words
from expo.allocation.queries import published_at, published_number
from expo.editions.models import Edition
from expo.venue import queries as venue
from expo.venue.drawing.booths import stands_label
from expo.venue.drawing.paint import Look
from expo.venue.drawing.paper import as_html, sheet
from expo.venue.drawing.plan import HallPlan
from expo.venue.drawing.rows import signs_of
from expo.venue.drawing.svg import hall_svg, site_svg
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
            "expo/plan/floor_plan_print.html",
            edition=edition,
            sheets=[(name, as_markup(as_html(sheet(drawing, *PAPER_MM)))) for name, drawing in drawings],
            signs=signs_of(venue.zones(session, edition), language),
            people=index(plan),
            print_version=_version(session, edition),
            published_at=published_at(session, edition),
        )
    return kept_pdf(html, ("print.css", "floor-plan-print.css"))


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
    run = published_number(session, edition)
    return str(run) if run else ""
