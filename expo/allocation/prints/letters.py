"""Letters of allocation: where one stands from now on, on a piece of the hall's plan, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from expo import printing
from expo.allocation import cutting, wording
from expo.allocation.models import AllocationRun, Publication
from expo.allocation.prints.drawing import as_markup, hall_words, plan_of_places
from expo.allocation.queries.floor import sides
from expo.allocation.records import OF
from expo.allocation.services.telling import Told
from expo.editions.models import Edition
from expo.venue import queries as venue
from expo.venue.drawing.paint import FOUND, Look
from expo.venue.drawing.paper import as_html, sheet
from expo.venue.drawing.plan import HallPlan
from expo.venue.drawing.svg import hall_svg
from expo.venue.signs import letter_of
from expo.web.language import speaking
from expo.web.paper import paper_html

CUT_MM, OVERVIEW_MM = (118.0, 78.0), (52.0, 78.0)


@dataclass(frozen=True)
class Place:
    """What a letter says about a place in one hall: its stands, zones, area, open sides, and two drawings."""

    hall: str
    stands: tuple[str, ...]
    zones: tuple[str, ...]
    area_cm2: int
    sides: str
    power_kw: int
    cut: str
    overview: str


def letters_pdf(
    session: Session,
    edition: Edition,
    version: Publication,
    told: Sequence[Told],
    language: str,
    portal: str = "",
) -> bytes:
    """One letter each, in a language, as tagged PDF; needs an application, not a request."""
    with speaking(language):
        plan = {
            hall.code: hall for hall in plan_of_places(session, edition, language, None, version.placements)
        }
        rows = {row.code: row for row in venue.stands(session, edition)}
        zones = {
            zone.code: f"{letter_of(i)} · {zone.name.get(language) or zone.name.get('en') or zone.code}"
            for i, zone in enumerate(venue.zones(session, edition))
        }
        letters = [
            {"told": each, "places": _places(each.stands, rows, zones, plan), "why": why}
            for each, why in zip(told, _explained(session, version, told), strict=True)
        ]
    html = paper_html(
        "expo/allocation/letter.html", edition, language, letters=letters, version=version, portal=portal,
        print_version=version.number,
    )  # fmt: skip
    return printing.pdf(html)


def _explained(session: Session, version: Publication, told: Sequence[Told]) -> list[wording.InWords | None]:
    """Why each stands where it does, from the run that was published."""
    kept: Mapping = {}
    if version.kind == "published":
        found = session.execute(
            select(AllocationRun.explanations[OF]).where(AllocationRun.id == version.run_id)
        ).scalar()
        kept = found or {}
    return [wording.in_words(kept[each.code]) if each.code in kept else None for each in told]


def _places(
    stands: Sequence[str], rows: Mapping, zones: Mapping[str, str], plan: Mapping[str, HallPlan]
) -> list[Place]:
    by_hall: dict[str, list] = {}
    for code in stands:
        if code in rows:
            by_hall.setdefault(rows[code].hall, []).append(rows[code])
    return [_place(own, zones, plan[hall]) for hall, own in sorted(by_hall.items()) if hall in plan]


def _place(own: list, zones: Mapping[str, str], hall: HallPlan) -> Place:
    codes = frozenset(row.code for row in own)
    open_sides = 0
    for row in own:
        open_sides |= row.open_sides
    cut, overview = _drawings(hall, codes)
    return Place(
        hall=hall.name,
        stands=tuple(sorted(codes)),
        zones=tuple(sorted({zones.get(row.zone, row.zone) for row in own})),
        area_cm2=sum(row.width * row.depth for row in own),
        sides=sides(open_sides),
        power_kw=sum(row.power_kw for row in own),
        cut=cut,
        overview=overview,
    )


def _drawings(hall: HallPlan, stands: frozenset[str]) -> tuple[str, str]:
    """The surroundings with names, and the whole hall with these surroundings framed."""
    part = cutting.window(hall, stands, CUT_MM[0] / CUT_MM[1])
    if part is None:
        return "", ""
    words = hall_words(hall)
    close = cutting.framed(hall_svg(cutting.near(hall, part), words, Look(found=stands)), part)
    whole = cutting.marked(hall_svg(cutting.alone(hall, stands), words, Look(found=stands)), part, FOUND)
    return (
        as_markup(as_html(cutting.trimmed(sheet(close, *CUT_MM)))),
        as_markup(as_html(cutting.unlettered(sheet(whole, *OVERVIEW_MM)))),
    )
