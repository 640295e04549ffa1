"""The public floor plan as a page, and its search and ways as data for the page's script."""

from collections.abc import Callable, Collection
from functools import lru_cache
from urllib.parse import urlencode

from flask import Response, abort, g, jsonify, render_template, request, url_for

from expo.allocation.prints import as_markup
from expo.exhibitors.sectors import sector_name
from expo.languages import pick
from expo.plan import queries
from expo.plan.asked import Asked, asked_of
from expo.plan.finding import Entry, Wanted, choices
from expo.plan.kept import kept
from expo.plan.prints.drawing import drawn, finder_now, marks, persons_now, plan_now, site_now
from expo.plan.prints.rows import booth_rows
from expo.plan.prints.ways import Way, way_for
from expo.plan.shown import PublicPlan
from expo.plan.squeeze import Piece
from expo.plan.views.answering import answer_of, is_stranger, page_tag, unless_known
from expo.plan.views.blueprint import bp
from expo.venue import queries as venue
from expo.venue.drawing.booths import stands_label
from expo.venue.models import Hall
from expo.web import _, db, ngettext, public, words
from expo.web.frame import address, has_page
from expo.web.language import country_name, language

MOST_FOUND = 50
WHOLE_SITE = "*"
"""In place of a hall's code: all halls, also where a way or a stand lies in one of them."""
FRAME_BYTES = 64 * 1024
"""What a page takes in memory besides its drawing and table, about."""
DRAWING, TABLE = "<!-- the drawing -->", "<!-- the booths -->"


def exhibitor_link() -> Callable[[str], str] | None:
    """Where an exhibitor's booth leads; nowhere while no room has a page for it."""
    return address("catalogue.exhibitor_detail", "code") if has_page("catalogue.exhibitor_detail") else None


@bp.get("/<edition>/plan")
@public
def floor_plan():
    """All halls, or one with everybody's name; what is looked for is marked, a way is drawn."""
    return plan_page("plan.floor_plan", "expo/plan/floor_plan.html")


def plan_page(endpoint: str, template: str, *, embedded: bool = False) -> Response:
    """The page in the house's frame, or in none."""
    now = queries.stamp(db(), g.edition)
    make = lambda: _page(now, endpoint, template, embedded=embedded)  # noqa: E731
    if not is_stranger():
        return answer_of(make(), may_squeeze=False)
    tag = page_tag(now.whole)
    if set(request.args) - {"hall"}:  # of what people look for there is no end
        return unless_known(tag, lambda: answer_of(make()))
    return unless_known(tag, lambda: answer_of(kept(("page", tag), make, lambda _pieces: FRAME_BYTES)))


def _page(now: queries.Stamp, endpoint: str, template: str, *, embedded: bool) -> list[Piece]:
    asked, halls = asked_of(request.args), venue.halls(db(), g.edition)
    names = {hall.code: pick(hall.name, language()) or hall.code for hall in halls}
    matches, stand, way = _looked_for(now, asked, names)
    hall = _hall(asked, list(names), matches, stand, way)
    plan = plan_now(db(), g.edition, language(), now, hall, halls)
    found = _found(matches, stand, way)
    html = render_template(
        template,
        halls=halls,
        hall=next((row for row in halls if row.code == hall), None),
        names=names,
        plan=plan,
        asked=asked,
        matches=matches[:MOST_FOUND],
        total=len({match.code for match in matches}),
        stand=stand,
        way=way,
        legend=_legend(plan),
        chosen=_choices(persons_now(db(), g.edition, now).values(), asked),
        link=exhibitor_link(),
        label=stands_label,
        here=_here(endpoint, asked),
        endpoint=endpoint,
        doors=[
            (row.code, names[row.code], [door.get("name", "") for door in row.entrances]) for row in halls
        ],
        drawing=as_markup(DRAWING),
        table=as_markup(TABLE),
    )
    pieces = _pieces(html, plan, now, hall, found, way, endpoint, embedded=embedded)
    return [piece if isinstance(piece, Piece) else Piece(piece.encode()) for piece in pieces]


def _looked_for(now: queries.Stamp, asked: Asked, names: dict[str, str]):
    """Exhibitors that fit, the one stand asked for, and the way."""
    if not (asked.wanted.is_anything or asked.stand or asked.is_way):
        return [], None, None
    finder = finder_now(db(), g.edition, now)
    matches = finder.find(asked.wanted) if asked.wanted.is_anything else []
    stand = finder.stand(asked.stand or ("" if matches else asked.wanted.words))
    way = way_for(site_now(db(), g.edition, now), finder, asked, names) if asked.is_way else None
    return matches, stand, way


def _pieces(html: str, plan: PublicPlan, now, hall, found, way, endpoint: str, *, embedded: bool):
    """The frame with the kept drawing and table put into their places."""
    if DRAWING not in html:
        return [html]
    head, rest = html.split(DRAWING)
    link = exhibitor_link() if hall else address(endpoint, "hall")
    link = lru_cache(maxsize=None)(link) if link else None  # the drawing and the table ask for the same
    key = (now.whole, hall, endpoint)
    svg = drawn(plan, g.edition, language(), key, link, outward=embedded)
    over = marks(plan, found, way.route if way else None)
    if TABLE not in rest:
        return [head, svg, over, rest]
    middle, tail = rest.split(TABLE)
    rows = kept(
        ("rows", *key, language()),
        lambda: booth_rows(plan, link, outward=embedded),
        lambda piece: piece.weight,
    )
    return [head, svg, over + middle, rows, tail]


def _hall(asked: Asked, codes: list[str], matches: list[Entry], stand, way: Way | None) -> str | None:
    """The hall asked for; failing that, the one where everything that was looked for is."""
    if len(codes) == 1 and asked.hall in ("", WHOLE_SITE):
        return codes[0]
    if asked.hall == WHOLE_SITE:
        return None
    if asked.hall:
        return asked.hall if asked.hall in codes else abort(404)
    if way and way.hall:
        return way.hall
    if stand:
        return stand[1]
    where = {match.hall for match in matches}
    return where.pop() if len(where) == 1 else None


def _found(matches: list[Entry], stand, way: Way | None) -> set[str]:
    found = {code for match in matches for code in match.stands}
    if stand:
        found.add(stand[0])
    if way and way.goal:
        found.add(way.goal)
    return found


def _legend(plan: PublicPlan) -> list:
    signs = {sign.code: sign for hall in plan.halls for sign in hall.zones}
    return [signs[code] for code in sorted(signs)]


def _choices(people: Collection[queries.Person], asked: Asked) -> dict[str, list[tuple[str, str, int, bool]]]:
    """For each quality its values as (value, words, exhibitors, chosen)."""
    said = {"country": country_name, "sector": lambda code: words(sector_name(code))}
    return {
        quality: [
            (value, say(value), count, value == getattr(asked.wanted, quality))
            for value, count in choices(people, quality)
        ]
        for quality, say in said.items()
    }


def _here(endpoint: str, asked: Asked) -> Callable[..., str]:
    """This page with some of its query changed."""
    base = url_for(endpoint)

    def here(**changed: str) -> str:
        query = urlencode(asked.pairs(**{name.rstrip("_"): value for name, value in changed.items()}))
        return f"{base}?{query}" if query else base

    return here


@bp.get("/<edition>/plan/search.json")
@public
def plan_search():
    """What fits the words typed so far: exhibitors with their stands, the best first."""
    now = queries.stamp(db(), g.edition)
    asked = asked_of(request.args)
    finder = finder_now(db(), g.edition, now)
    matches = finder.find(asked.wanted) if asked.wanted.is_anything else []
    owners = {match.code for match in matches}
    free = finder.stands_like(asked.wanted.words, 5) if not matches and asked.wanted.words else []
    link = exhibitor_link()
    rows = [
        {
            "code": match.code,
            "name": pick(match.name, language()),
            "hall": match.hall,
            "stands": match.stands,
            "label": stands_label(match.stands),
            "link": link(match.code) if link else None,
        }
        for match in matches[:MOST_FOUND]
    ] + [
        {"code": None, "name": "", "hall": hall, "stands": [code], "label": code, "link": None}
        for code, hall, _zone in free
    ]
    return jsonify(total=len(owners), said=_said(asked.wanted, len(owners), bool(free)), found=rows)


def _said(wanted: Wanted, total: int, has_stands: bool) -> str:
    if not wanted.is_anything:
        return ""
    if total:
        return ngettext("%(num)s exhibitor found", "%(num)s exhibitors found", total)
    if has_stands:
        return _("Stands that nobody is named for")
    return _("Nobody on the plan is called “%(text)s”, and no given stand either.", text=wanted.words)


@bp.get("/<edition>/plan/way.json")
@public
def plan_way():
    """A way as data: how far, how long, the steps in words, and its corners in each hall's centimetres."""
    now = queries.stamp(db(), g.edition)
    names = {hall.code: pick(hall.name, language()) or hall.code for hall in _halls()}
    finder = finder_now(db(), g.edition, now)
    way = way_for(site_now(db(), g.edition, now), finder, asked_of(request.args), names)
    if way is None or way.route is None:
        sentence = way.problem if way else _("Say where to go: to=A-01.")
        return jsonify(error=sentence, status=404), 404
    legs = [
        {"hall": leg.hall or None, "points": [[round(x), round(y)] for x, y in leg.path.points]}
        for leg in way.route.legs
    ]
    return jsonify(to=way.goal, metres=way.metres, minutes=way.minutes, steps=way.steps, legs=legs)


def _halls() -> list[Hall]:
    return venue.halls(db(), g.edition)
