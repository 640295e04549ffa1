"""All kinds of products at the expo."""

from flask import g, render_template, request

from expo.languages import pick
from expo.web import _, db, leaf, public
from expo.web.language import country_name, language
from matchmaking.catalogue import queries
from matchmaking.catalogue.hs_names import SECTIONS
from matchmaking.catalogue.queries import KindFilter
from matchmaking.catalogue.searching import words_of
from matchmaking.catalogue.views.blueprint import bp, counted


@bp.get("/<edition>/products")
@public
def product_list():
    """Kinds of products by HS code, with who offers them; searched, filtered, fifty a page."""
    typed = request.args.get("q", "").strip()
    wanted = _wanted(typed)
    tally = queries.kind_tally(db(), g.edition, wanted)
    shown = leaf(tally.total)
    order = request.args.get("sort", "hs")
    kinds = queries.kinds(db(), g.edition, wanted, order, shown.size, shown.offset)
    return render_template(
        "matchmaking/catalogue/product_list.html",
        typed=typed,
        wanted=wanted,
        filtered=bool(typed or wanted.section or wanted.origin),
        total=tally.total,
        origins=len(tally.origins),
        kinds=kinds,
        offers=queries.offers_of_kinds(db(), g.edition, [kind.key for kind in kinds]),
        leaf=shown,
        selects=_selects(tally, wanted),
    )


def _wanted(typed: str) -> KindFilter:
    section, origin = request.args.get("section", ""), request.args.get("origin", "")
    return KindFilter(words_of(typed), section, origin).known()


def _selects(tally: queries.Tally, wanted: KindFilter) -> list[tuple]:
    """The filters; sections stay in the order of the Harmonized System."""
    names = {one.numeral: f"{one.numeral} · {pick(one.name, language())}" for one in SECTIONS}
    sections = dict(counted(tally.sections, names.__getitem__, wanted.section))
    return [
        ("section", _("Kind of goods"), [(one, sections[one]) for one in names if one in sections]),
        ("origin", _("Country of origin"), counted(tally.origins, country_name, wanted.origin)),
    ]
