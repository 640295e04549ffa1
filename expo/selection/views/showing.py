"""What the page of picking shows: tabs, the pick with its price, the plan, the list of free stands."""

from typing import Any

from flask import abort, g, request, url_for
from sqlmodel import select

from expo.allocation import prints as drawn
from expo.exhibitors.models import Exhibitor
from expo.orders import services as orders
from expo.orders.pricing import Plot, Prices, Terms, quote, sidedness
from expo.selection import overlay
from expo.selection.models import Round, Turn
from expo.selection.queries import floor, going
from expo.selection.queries.floor import Spot, database_now
from expo.selection.rules import Place, span_cm2
from expo.selection.services import picking, turns
from expo.selection.states import STAND_NAMES, STAND_TONES
from expo.venue import queries as venue
from expo.venue.drawing.svg import hall_svg
from expo.venue.walk import entrance_m
from expo.web import _, db, leaf, words
from expo.web.language import as_area, language

NEAR_M, ROWS = 25, 20


def tabs(exhibitor: Exhibitor, here: str) -> list[tuple]:
    """The pages that belong together; the pavilion's for its lead only."""
    found = [
        ("choose", _("Choose a stand"), "selection.choose"),
        ("waiting", _("Waiting list"), "selection.waiting"),
        ("swaps", _("Swaps"), "selection.swaps"),
    ]
    if exhibitor.lead_id or len(floor.party_of(db(), exhibitor)) > 1:
        found.append(("pavilion", _("Pavilion"), "selection.pavilion"))
    return [(label, url_for(endpoint), name == here) for name, label, endpoint in found]


def coming(exhibitor: Exhibitor) -> list[tuple[Round, Turn | None]]:
    """Rounds that are being prepared or over, the newest first, each with the exhibitor's turn in it."""
    rows = db().execute(
        select(Round, Turn)
        .outerjoin(Turn, (Turn.round_id == Round.id) & (Turn.exhibitor_id == exhibitor.id))
        .where(Round.edition_id == g.edition.id, Round.state == "closed")
        .order_by(Round.id.desc())
        .limit(5)
    )
    return [(round_, turn) for round_, turn in rows]


def basket(exhibitor: Exhibitor, round_: Round, codes: list[str], *, is_given: bool) -> dict[str, Any]:
    """The pick: what is held or asked for, its price, what speaks against it, whether one may pick now."""
    at = database_now(db())
    held = {code: hold for hold, code in picking.holds_of(db(), round_, exhibitor.id)}
    wanted = codes if is_given else sorted(held)
    spots = floor.spots(db(), g.edition.id, wanted)
    standard = floor.standard_cm2(db(), g.edition.id)
    asked = floor.asked_of(db(), exhibitor, standard)
    places = [spot.place for spot in spots]
    return {
        "round": round_,
        "exhibitor": exhibitor,
        "turn": turns.turn_of(db(), round_, exhibitor.id),
        "why_not": turns.why_not(db(), round_, exhibitor, at),
        "now_ms": int(at.timestamp() * 1000),
        "held": held,
        "until": min((hold.expires_at for hold in held.values()), default=None),
        "remaining_s": min((hold.remaining_s or 0 for hold in held.values()), default=0),
        "picked": places,
        "gone": going.gone(db(), [spot.id for spot in spots], exhibitor.id),
        "same_as_held": set(wanted) == set(held),
        "verdict": picking.judge(db(), round_, exhibitor, spots),
        "quote": floor.quote_for(db(), g.edition, exhibitor, places),
        "area_cm2": sum(place.area_cm2 for place in places),
        "asked": asked,
        "span": span_cm2(asked, floor.limits_of(round_, standard)),
        "place": floor.place_spots(db(), exhibitor.id, g.edition.id),
        "toggle": _toggle([place.code for place in places]),
        "kind_of": kind_of,
    }


def _toggle(picked: list[str]):
    """The address of this page with one stand more, or less."""
    filters = {
        key: request.args[key] for key in ("zone", "size", "kind", "near", "suits") if request.args.get(key)
    }

    def address(code: str, hall: str) -> str:
        codes = [one for one in picked if one != code] if code in picked else [*picked, code]
        return url_for("selection.choose", hall=hall, picked=1, stand=codes, **filters)

    return address


def hall(exhibitor: Exhibitor, round_: Round, codes: list[str], *, is_given: bool) -> dict[str, Any]:
    """One hall: its drawing with what is free, and its free stands as a list that can be narrowed."""
    halls = venue.halls(db(), g.edition)
    spots = floor.offered(db(), round_)
    there = {spot.place.hall for spot in spots}
    halls = [row for row in halls if row.code in there] or abort(409)
    held = [code for _hold, code in picking.holds_of(db(), round_, exhibitor.id)]
    picked = codes if is_given else held
    chosen = request.args.get("hall") or _first_hall(exhibitor, spots, picked) or halls[0].code
    here = next((row for row in halls if row.code == chosen), None) or abort(404)
    found = going.states(db(), here.id, round_.id, exhibitor.id)
    state_of = {code: state for state, stands in found.items() for code in stands}
    own = [spot for spot in spots if spot.place.hall == here.code]
    toggle, fits = _toggle(picked), _suiting(exhibitor, round_)
    return {
        "halls": halls,
        "hall": here,
        "drawing": _drawing(here, own, state_of, picked, fits, toggle),
        "state_words": STAND_NAMES,
        "state_tones": STAND_TONES,
        "counts": {
            name: sum(state_of.get(s.place.code, "free") == name for s in own) for name in STAND_NAMES
        },
    } | _list(exhibitor, here, own, state_of, fits)


def _first_hall(exhibitor: Exhibitor, spots: list[Spot], picked: list[str]) -> str:
    """Where to look first: where one's place or pick is, else a hall with a zone one asked for."""
    mine = {spot.place.code for spot in floor.place_spots(db(), exhibitor.id, g.edition.id)} | set(picked)
    asked = [spot for spot in spots if spot.place.zone in exhibitor.zones]
    found = [spot for spot in spots if spot.place.code in mine] or asked
    return found[0].place.hall if found else ""


def _suiting(exhibitor: Exhibitor, round_: Round):
    """Whether a stand's zone and kind are what was asked for, as far as the round holds to that."""
    is_raw, zones = exhibitor.shape == "raw", set(exhibitor.zones)

    def fits(place: Place) -> bool:
        in_zone = not (round_.keep_zones and zones) or place.zone in zones
        return in_zone and (not round_.keep_needs or place.raw == is_raw)

    return fits


def _drawing(here, own: list[Spot], state_of: dict[str, str], picked: list[str], fits, toggle):
    plan = drawn.plan_for(db(), g.edition, language(), here.code)
    spoken = overlay.Spoken({name: words(said) for name, said in STAND_NAMES.items()}, as_area)
    return drawn.as_markup(
        overlay.over(
            hall_svg(plan[0], drawn.hall_words(plan[0])),
            [spot.place for spot in own],
            lambda code: state_of.get(code, "free"),
            set(picked),
            fits,
            lambda code: toggle(code, here.code),
            spoken,
        )
    )


def _list(exhibitor: Exhibitor, here, own: list[Spot], state_of: dict[str, str], fits) -> dict[str, Any]:
    """The hall's free stands by the filters, a page of them, with size, sides, walk and price of each."""
    doors = [(door["x"], door["y"]) for door in here.entrances]
    walk = {
        spot.place.code: entrance_m((spot.place.x, spot.place.y, spot.place.width, spot.place.depth), doors)
        for spot in own
    }
    free = [spot.place for spot in own if state_of.get(spot.place.code, "free") in ("free", "mine")]
    sizes = sorted({place.area_cm2 for place in free})
    zones = sorted({place.zone for place in free})
    size, zone = request.args.get("size", type=int), request.args.get("zone", "")
    kind, is_near = request.args.get("kind", ""), bool(request.args.get("near"))
    found = [
        place
        for place in free
        if (request.args.get("suits") == "all" or fits(place))
        and (not size or place.area_cm2 == size)
        and (not zone or place.zone == zone)
        and (not kind or kind_of(place) == kind)
        and (not is_near or walk[place.code] <= NEAR_M)
    ]
    found.sort(key=lambda place: (walk[place.code], place.code) if is_near else (0, place.code))
    shown = leaf(len(found), ROWS)
    rows = found[shown.offset : shown.offset + shown.size]
    prices = orders.prices_of(db(), g.edition)
    on = database_now(db()).astimezone(g.edition.zone_info).date()
    return {
        "rows": rows,
        "found": len(found),
        "page": shown.page,
        "pages": shown.pages,
        "sizes": sizes,
        "zones": zones,
        "near_m": NEAR_M,
        "walk": walk,
        "prices": {
            place.code: _price(place, prices, Terms(on=on, newcomer=exhibitor.newcomer)) for place in rows
        },
    }


def _price(place: Place, prices: Prices, terms: Terms) -> int:
    """The floor of one stand alone, before tax."""
    plot = Plot(place.code, "raw" if place.raw else "shell", place.area_cm2, place.open_sides, place.zone)
    return quote([plot], terms, prices).net_minor


def kind_of(place: Place) -> str:
    """'corner', 'peninsula' or 'island' by its open sides, 'raw' for raw space, else ''."""
    return "raw" if place.raw else sidedness([place.open_sides])
