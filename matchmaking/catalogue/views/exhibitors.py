"""The exhibitor directory and an exhibitor's page."""

from typing import NamedTuple

from flask import abort, g, render_template, request

from expo.exhibitors.sectors import sector_name
from expo.languages import LanguageMap, pick
from expo.web import _, db, leaf, public, words
from expo.web.language import country_name, language
from matchmaking.catalogue import queries
from matchmaking.catalogue.directory import FILTERS, Entry, counts, in_order, narrowed
from matchmaking.catalogue.links import website, without_scheme
from matchmaking.catalogue.queries import Match, Place, ZoneSign
from matchmaking.catalogue.searching import words_of
from matchmaking.catalogue.views.blueprint import bp, counted, table_file


class Card(NamedTuple):
    """One exhibitor of the directory; `match` is what was found among its products."""

    entry: Entry
    profile: LanguageMap
    places: list[Place]
    zone: ZoneSign | None
    kinds: int
    match: Match | None


class Asked(NamedTuple):
    """What the address asks of the directory, and what fits it, by name."""

    typed: str
    chosen: dict[str, str]
    everybody: list[Entry]
    found: list[Entry]


def asked() -> Asked:
    """The directory as the address wants it."""
    typed = request.args.get("q", "").strip()
    chosen = {name: request.args.get(name, "") for name in FILTERS}
    everybody = in_order(queries.directory(db(), g.edition, words_of(typed)), language())
    return Asked(typed, chosen, everybody, narrowed(everybody, chosen))


@bp.get("/<edition>/exhibitors")
@public
def exhibitor_list():
    """Everybody who exhibits, by name; searched, filtered, fifty a page."""
    typed, chosen, everybody, found = asked()
    tally = counts(everybody, chosen)
    shown = leaf(len(found))
    signs = queries.zone_signs(db(), g.edition)
    return render_template(
        "matchmaking/catalogue/exhibitor_list.html",
        typed=typed,
        filtered=bool(typed or any(chosen.values())),
        total=len(found),
        countries=len({entry.country for entry in found}),
        cards=_cards(found[shown.offset :][: shown.size], signs, words_of(typed)),
        leaf=shown,
        letters=tally["letter"],
        selects=_selects(tally, chosen, signs),
        sector_name=sector_name,
        asked={name: value for name, value in (chosen | {"q": typed}).items() if value},
    )


@bp.get("/<edition>/exhibitors.<any(csv,xlsx):fmt>")
@public
def exhibitor_table(fmt: str):
    """The same exhibitors to take away, in one table."""
    found = asked().found
    ids = [entry.id for entry in found]
    places, kinds = queries.places(db(), ids), queries.kinds_of(db(), ids)
    rows = [(_("Code"), _("Name"), _("Country"), _("Sector"), _("Zones"), _("Stands"), _("Products"))]
    rows += [
        (
            entry.code,
            pick(entry.name, language()),
            country_name(entry.country),
            words(sector_name(entry.sector)),
            ", ".join(entry.zones),
            ", ".join(place.stand for place in places.get(entry.id, [])),
            kinds.get(entry.id, 0),
        )
        for entry in found
    ]
    return table_file(rows, fmt, f"{g.edition.code}-exhibitors")


def _cards(entries: list[Entry], signs: dict[str, ZoneSign], typed: tuple[str, ...]) -> list[Card]:
    ids = [entry.id for entry in entries]
    profiles = queries.profiles(db(), ids)
    places = queries.places(db(), ids)
    kinds = queries.kinds_of(db(), ids)
    matches = queries.matches(db(), ids, typed) if typed else {}
    return [
        Card(
            entry,
            profiles[entry.id],
            places.get(entry.id, []),
            signs[entry.zones[0]] if entry.zones else None,
            kinds.get(entry.id, 0),
            matches.get(entry.id),
        )
        for entry in entries
    ]


def _selects(
    tally: dict[str, dict[str, int]], chosen: dict[str, str], signs: dict[str, ZoneSign]
) -> list[tuple]:
    """The filters with their choices and how many exhibitors each would show."""

    def zone_name(code: str) -> str:
        return f"{signs[code].letter} · {pick(signs[code].name, language())}" if code in signs else code

    namings = {
        "zone": (_("Zone"), zone_name),
        "country": (_("Country"), country_name),
        "sector": (_("Sector"), lambda code: words(sector_name(code))),
    }
    return [
        (name, label, counted(tally[name], naming, chosen[name])) for name, (label, naming) in namings.items()
    ]


@bp.get("/<edition>/exhibitors/<code>")
@public
def exhibitor_detail(code: str):
    """An exhibitor: who it is, where it stands, what it shows."""
    page = queries.exhibitor(db(), g.edition, code)
    if page is None:
        abort(404)
    typed = request.args.get("q", "").strip()
    total = queries.product_count(db(), page.id, words_of(typed))
    shown = leaf(total)
    lead, partners = queries.pavilion(db(), g.edition, page)
    signs = queries.zone_signs(db(), g.edition)
    places = queries.places(db(), [page.id]).get(page.id, [])
    return render_template(
        "matchmaking/catalogue/exhibitor_detail.html",
        page=page,
        sector=words(sector_name(page.sector)) if page.sector else "",
        country=country_name(page.country),
        website=website(page.website),
        without_scheme=without_scheme,
        places=places,
        zones=[signs[zone] for zone in dict.fromkeys(place.zone for place in places)],
        area=sum(place.area_cm2 for place in places),
        lead=lead,
        partners=partners,
        typed=typed,
        total=total,
        products=queries.products_of(db(), page.id, words_of(typed), shown.size, shown.offset),
        leaf=shown,
    )
