"""The public plan as SVG in the reader's language: each drawing made once for a version of the plan."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlmodel import Session

from expo.editions.models import Edition
from expo.languages import pick
from expo.plan import queries
from expo.plan.finding import Finder
from expo.plan.kept import kept
from expo.plan.shown import FREE, HELD, TAKEN, PublicPlan, Shows
from expo.plan.squeeze import Piece
from expo.plan.walking.site import Route, Site
from expo.venue import queries as venue
from expo.venue.drawing.booths import found_over
from expo.venue.drawing.heat import heat_svg
from expo.venue.drawing.paint import Look, Words
from expo.venue.drawing.plan import HallPlan
from expo.venue.drawing.svg import hall_svg, site_svg
from expo.venue.drawing.way import way_over
from expo.venue.models import Hall
from expo.web import _

END = "</svg>"
BOOTH_BYTES = 900
"""What a booth takes in memory, about."""

Link = Callable[[str], str] | None


def plan_now(
    session: Session,
    edition: Edition,
    language: str,
    now: queries.Stamp,
    hall: str | None = None,
    halls: Sequence[Hall] | None = None,
) -> PublicPlan:
    """The plan of all halls, or of one, as strangers may see it; `halls` are the edition's if read."""

    def make() -> PublicPlan:
        rows = venue.halls(session, edition) if halls is None else halls
        named = persons_now(session, edition, now)
        return queries.public_plan(session, edition, language, now, named, rows, hall)

    return kept(
        ("plan", now.whole, language, hall),
        make,
        lambda plan: BOOTH_BYTES * sum(len(one.booths) for one in plan.halls) + 1,
    )


def persons_now(session: Session, edition: Edition, now: queries.Stamp) -> dict[int, queries.Person]:
    """Who may be named."""
    return kept(
        ("persons", now.whole),
        lambda: queries.persons(session, edition, now),
        lambda found: 600 * len(found) + 1,
    )


def finder_now(session: Session, edition: Edition, now: queries.Stamp) -> Finder:
    """What can be looked for on it."""
    return kept(
        ("finder", now.whole),
        lambda: queries.finder(
            session, edition, queries.entries(session, edition, persons_now(session, edition, now))
        ),
        lambda finder: finder.size,
    )


def site_now(session: Session, edition: Edition, now: queries.Stamp) -> Site:
    """Its floors, to be walked."""
    return kept(
        ("site", now.floor),
        lambda: queries.site(session, edition),
        lambda site: 2_000_000 * len(site.floors) + 1,
    )


def drawn(
    plan: PublicPlan, edition: Edition, language: str, key: object, link: Link, *, outward: bool = False
) -> Piece:
    """One hall with names, or the site with links to its halls, without its last tag; `key` names it."""

    def draw() -> Piece:
        look = look_of(plan, outward=outward)
        if len(plan.halls) == 1:
            svg = hall_svg(plan.halls[0], hall_words(plan, plan.halls[0]), replace(look, link=link))
        else:
            look = replace(look, names=False, hall_link=link)
            svg = site_svg(plan.halls, site_words(plan, edition, language), look)
        return Piece(svg.removesuffix(END).encode())

    return kept(("drawn", key, language, outward), draw, lambda piece: piece.weight)


def look_of(plan: PublicPlan, **more) -> Look:
    """How its stands are to be drawn."""
    return Look(held=plan.held, is_told=plan.shows.free and plan.shows.names, **more)


def marks(plan: PublicPlan, found: set[str], route: Route | None) -> str:
    """What was looked for and the way to it, over the drawing, and the drawing's last tag."""
    named = len(plan.halls) == 1
    look = look_of(plan, found=found, names=named)
    over = "".join(found_over(hall, look) for hall in plan.halls) if found else ""
    return over + _way(plan.halls, route, named) + END


def _way(halls: Sequence[HallPlan], route: Route | None, named: bool) -> str:
    if route is None:
        return ""
    if named:
        own = [leg for leg in route.legs if leg.hall == halls[0].code]
        ends = (route.legs[0] in own, route.legs[-1] in own)
        return "".join(way_over(leg.path.points, ends=ends) for leg in own)
    at = {hall.code: hall.at for hall in halls} | {"": (0, 0)}
    points = [
        (x + at[leg.hall][0], y + at[leg.hall][1])
        for leg in route.legs
        if leg.hall in at
        for x, y in leg.path.points
    ]
    return way_over(points, large=True)


def site_words(plan: PublicPlan, edition: Edition, language: str) -> Words:
    """What the drawing of all halls says."""
    return _words(_("Floor plan of %(edition)s", edition=pick(edition.name, language)), plan, None)


def hall_words(plan: PublicPlan, hall: HallPlan) -> Words:
    """What the drawing of one hall says."""
    return _words(_("Floor plan of %(hall)s", hall=hall.name), plan, hall.code)


def _words(title: str, plan: PublicPlan, hall: str | None) -> Words:
    taken, free, held = (plan.count(state, hall) for state in (TAKEN, FREE, HELD))
    if not plan.shows.names:
        said = _("Zones and stands; who stands where is not published.")
    elif not plan.shows.free:
        said = _("%(given)s booths are taken. The list of exhibitors says it in words.", given=taken)
    elif held:
        said = _(
            "%(given)s booths are taken, %(held)s stands on hold, %(free)s free. The list says it in words.",
            given=taken, held=held, free=free,
        )  # fmt: skip
    else:
        said = _(
            "%(given)s booths are taken, %(free)s stands are free. The list of exhibitors says it in words.",
            given=taken, free=free,
        )  # fmt: skip
    return Words(title, said, free=_("free"), north=_("N"), ten_metres=_("10 m"))


def heat_drawing(
    session: Session, edition: Edition, language: str, hall: str, heat: dict[str, tuple[int, str]]
) -> str:
    """One hall in the colours of a figure, for the organiser: nobody is named."""
    silent = queries.Stamp(Shows(names=False, free=False), None, None, "", "")
    plan = queries.public_plan(session, edition, language, silent, {}, venue.halls(session, edition), hall)
    boxes = {row.code: (row.x, row.y, row.width, row.depth) for row in venue.stands(session, edition, hall)}
    title = _("Demand in %(hall)s", hall=plan.halls[0].name)
    said = _("Stands from light to dark by how much they are wanted; the table says it in figures.")
    words = Words(title, said, free=_("free"), north=_("N"), ten_metres=_("10 m"))
    return heat_svg(plan.halls[0], boxes, heat, words)
