"""The public floor plan: as a page, as a file, on paper."""

from collections.abc import Callable

from flask import Blueprint, Flask, Response, abort, g, render_template, request, url_for

from expo.allocation import prints as drawn
from expo.allocation.queries import published_at
from expo.plan import prints, queries
from expo.venue import queries as venue
from expo.venue.drawing.booths import stands_label
from expo.venue.drawing.paint import Look
from expo.venue.drawing.svg import hall_svg, site_svg
from expo.web import _, db, public
from expo.web.files import PDF, file_answer
from expo.web.frame import add_navigation, address, has_page
from expo.web.language import language

MOST_FOUND = 20

bp = Blueprint("plan", __name__)


def init(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    return [(30, "public", _("Floor plan"), url_for("plan.floor_plan"), "f")] if g.get("edition") else []


def exhibitor_link() -> Callable[[str], str] | None:
    """Where an exhibitor's booth leads; nowhere while no room has a page for it."""
    return address("catalogue.exhibitor_detail", "code") if has_page("catalogue.exhibitor_detail") else None


@bp.get("/<edition>/plan")
@public
def floor_plan():
    """All halls, or one with everybody's name; `q` and `stand` mark what was looked for."""
    halls = venue.halls(db(), g.edition)
    wanted, asked = request.args.get("q", "").strip(), request.args.get("stand", "").strip()
    matches = queries.search(db(), g.edition, wanted, MOST_FOUND) if wanted else []
    stand = queries.place_of(db(), g.edition, asked) if asked else None
    codes = [hall.code for hall in halls]
    hall = _hall(codes, matches, stand)
    found = {code for match in matches for code in match.stands} | ({stand.code} if stand else set())
    plan = drawn.plan_for(db(), g.edition, language(), hall)
    if hall is None:
        look = Look(hall_link=address("plan.floor_plan", "hall"), names=False, found=found)
        drawing = site_svg(plan, drawn.site_words(plan, g.edition, language()), look)
    else:
        drawing = hall_svg(plan[0], drawn.hall_words(plan[0]), Look(link=exhibitor_link(), found=found))
    return render_template(
        "expo/plan/floor_plan.html",
        halls=halls,
        hall=next((row for row in halls if row.code == hall), None),
        plan=plan,
        drawing=drawn.as_markup(drawing),
        legend=sorted(
            {sign.code: sign for shown in plan for sign in shown.zones}.values(), key=lambda sign: sign.code
        ),
        booths=_booths(plan),
        wanted=wanted,
        asked=asked,
        stand=stand,
        matches=matches,
        found=found,
        published=published_at(db(), g.edition),
        link=exhibitor_link(),
        label=stands_label,
    )


def _hall(codes: list[str], matches, stand) -> str | None:
    """The hall asked for; failing that, the one where everything that was looked for is."""
    asked = request.args.get("hall", "")
    if asked:
        return asked if asked in codes else abort(404)
    if stand:
        return stand.hall
    where = {match.hall for match in matches}
    if len(where) == 1:
        return where.pop()
    return codes[0] if len(codes) == 1 else None


def _booths(plan) -> list:
    """Every taken booth of one hall, by name; the list of all halls is the directory."""
    if len(plan) != 1:
        return []
    taken = [booth for booth in plan[0].booths if booth.occupant]
    return sorted(taken, key=lambda booth: (booth.occupant.name.casefold(), booth.stands))


@bp.get("/<edition>/plan.svg")
@public
def floor_plan_svg():
    """All halls as one file."""
    return Response(prints.floor_plan_svg(db(), g.edition, language()), mimetype="image/svg+xml")


@bp.get("/<edition>/plan.pdf")
@public
def floor_plan_pdf():
    """The plan to print on A3."""
    return file_answer(prints.floor_plan_pdf(db(), g.edition, language()), PDF, "plan.pdf", shown=True)
