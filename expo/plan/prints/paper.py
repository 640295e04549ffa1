"""The floor plan as a file and on paper: true to scale, with squares, an index, and where it lives."""

from dataclasses import dataclass, replace

from flask import current_app, g, has_request_context, render_template, url_for
from sqlmodel import Session

from expo.allocation.prints import as_markup
from expo.editions.models import Edition
from expo.errors import Refused
from expo.plan import queries
from expo.plan.grid import Grid, grid_of
from expo.plan.prints.drawing import hall_words, look_of, plan_now, site_words
from expo.plan.sheets import PAPERS, Paper, scale_for
from expo.plan.shown import PublicPlan
from expo.qr import picture
from expo.venue.drawing.booths import stands_label
from expo.venue.drawing.grid import grid_over
from expo.venue.drawing.paper import as_html, sheet_at
from expo.venue.drawing.plan import HallPlan
from expo.venue.drawing.svg import box_of, hall_svg, site_svg
from expo.web.language import speaking
from expo.web.paper import is_kept, kept_pdf
from expo.web.security import site_address
from expo.words import say

STYLES = ("print.css", "floor-plan-print.css")


@dataclass(frozen=True)
class Page:
    """One sheet: its name, the drawing as markup, its scale (200 for 1:200) and its legend."""

    name: str
    drawing: str
    scale: int
    signs: tuple


def floor_plan_svg(session: Session, edition: Edition, language: str) -> str:
    """All halls with everybody's name, as one SVG file. Needs an application, not a request."""
    with speaking(language):
        plan = plan_now(session, edition, language, queries.stamp(session, edition))
        return site_svg(plan.halls, site_words(plan, edition, language), look_of(plan, legend=True))


def floor_plan_pdf(
    session: Session,
    edition: Edition,
    language: str,
    size: str = "A3",
    hall: str | None = None,
    address: str | None = None,
) -> bytes:
    """The site, each hall on a page, then everybody by name with hall and square; or one hall alone.

    Needs an application; `address` is where the plan lives on the web, by the settings or the request unless
    given. Refused for a paper or a hall that is not there.
    """
    return kept_pdf(floor_plan_html(session, edition, language, size, hall, address), STYLES)


def is_drawn(html: str) -> bool:
    """Whether this very plan is on paper already: then it costs nothing."""
    return is_kept(html, STYLES)


def floor_plan_html(
    session: Session, edition: Edition, language: str, size: str, hall: str | None, address: str | None = None
) -> str:
    """The same before it is laid out, which is what takes long."""
    paper = PAPERS.get(size)
    if paper is None:
        raise Refused(say("The plan is printed on A4, A3 or A1."))
    g.edition = edition
    now = queries.stamp(session, edition)
    with speaking(language):
        plan = plan_now(session, edition, language, now, hall)
        if hall is not None and not plan.halls:
            raise Refused(say("There is no hall %(code)s.", code=hall))
        grids = {one.code: grid_of(one.width, one.depth) for one in plan.halls}
        pages = [_hall_page(plan, one, grids[one.code], paper) for one in plan.halls]
        if hall is None and plan.halls:
            pages.insert(0, _site_page(plan, edition, language, paper))
        address = plan_address(edition, hall) if address is None else address
        return render_template(
            "expo/plan/floor_plan_print.html",
            edition=edition,
            paper=paper,
            pages=pages,
            people=index(plan, grids),
            several=len(plan.halls) > 1,
            plan=plan,
            qr=picture(address) if address else "",
            address=address,
        )


def _hall_page(plan: PublicPlan, hall: HallPlan, grid: Grid, paper: Paper) -> Page:
    svg = hall_svg(hall, hall_words(plan, hall), look_of(plan))
    svg = svg.removesuffix("</svg>") + grid_over(hall.width, hall.depth, grid.side) + "</svg>"
    return _page(hall.name, svg, paper, hall.zones)


def _site_page(plan: PublicPlan, edition: Edition, language: str, paper: Paper) -> Page:
    svg = site_svg(plan.halls, site_words(plan, edition, language), replace(look_of(plan), names=False))
    signs = {sign.code: sign for hall in plan.halls for sign in hall.zones}
    return _page("", svg, paper, tuple(signs[code] for code in sorted(signs)))


def _page(name: str, svg: str, paper: Paper, signs: tuple) -> Page:
    _left, _top, width, height = box_of(svg)
    scale = scale_for(paper, width, height)
    return Page(name, as_markup(as_html(sheet_at(svg, scale))), scale, signs)


def index(plan: PublicPlan, grids: dict[str, Grid]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Everybody by name, each with (hall's name, stands, square) of its booths."""
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for hall in plan.halls:
        for booth in hall.booths:
            if booth.occupant:
                x, y, width, depth = booth.label
                square = grids[hall.code].square(x + width / 2, y + depth / 2)
                key = (booth.occupant.name, booth.occupant.code)
                found.setdefault(key, []).append((hall.name, stands_label(booth.stands), square))
    return [
        (name, places) for (name, _code), places in sorted(found.items(), key=lambda it: it[0][0].casefold())
    ]


def plan_address(edition: Edition, hall: str | None) -> str:
    """Where the plan lives on the web; '' for a command on a machine that was not told its address."""
    site = current_app.extensions["expo_settings"].site_url
    if not site and not has_request_context():
        return ""
    if has_request_context():
        path = url_for("plan.floor_plan", edition=edition.code, hall=hall)
        return f"{site_address()}{path}"
    return f"{site.rstrip('/')}/{edition.code}/plan{f'?hall={hall}' if hall else ''}"
