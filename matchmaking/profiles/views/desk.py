"""The organiser's page of one party: profile, needs or products, kept for it; no phase binds organisers.

Whom a party put aside or refused is not here: a list without those would give them away.
"""

from flask import abort, g, redirect, render_template, request, url_for

from expo.exhibitors.models import Exhibitor
from expo.languages import pick
from expo.web import _, db, leaf, needs, telling
from expo.web.language import language
from matchmaking.catalogue import queries as catalogue
from matchmaking.catalogue import services as products
from matchmaking.catalogue.models import Buyer, Need
from matchmaking.catalogue.searching import words_of
from matchmaking.phases import services as phases
from matchmaking.profiles import completeness, queries, services, sheets
from matchmaking.profiles.views.blueprint import bp, saved
from matchmaking.profiles.views.editing import (
    Desk,
    edit_buyer,
    edit_exhibitor,
    edit_need,
    import_needs,
    import_products,
)
from matchmaking.profiles.views.sheets import template
from matchmaking.requests.queries.parties import Party, party_by_code
from matchmaking.requests.sides import BUYER, SUPPLIER

ADDRESS = "/<edition>/console/profiles"
BUYERS = f"{ADDRESS}/buyers/<code>"
EXHIBITORS = f"{ADDRESS}/exhibitors/<code>"
PAGE = 50


def _party(side: str, code: str) -> Party:
    return party_by_code(db(), g.edition, side, code) or abort(404)


def _desk(party: Party, part: str, drop: str = "") -> Desk:
    endpoint = "profiles.kept_buyer" if party.side == BUYER else "profiles.kept_exhibitor"
    home = url_for(endpoint, code=party.code)
    name = pick(party.name, language())
    trail = ((_("Profiles"), url_for("profiles.console")), (name, home))
    new = url_for("profiles.kept_need_new", code=party.code) if party.side == BUYER else ""
    return Desk(trail, f"{home}#{part}" if part else home, new, drop, bound=False, party=name)


@bp.route(BUYERS, methods=["GET", "POST"])
@needs("meetings.run")
def kept_buyer(code: str):
    """A buyer's profile and needs."""
    party = _party(BUYER, code)
    desk = _desk(party, "")
    form, done = edit_buyer(db().get_one(Buyer, party.id), desk)
    if done:
        return redirect(desk.back)
    found = queries.needs_of(db(), party.id)
    names = catalogue.names_of(db(), g.edition, {need.hs for need in found})
    return _page(party, "buyer", form, found=found, names=names)


@bp.route(EXHIBITORS, methods=["GET", "POST"])
@needs("meetings.run")
def kept_exhibitor(code: str):
    """An exhibitor's profile and products."""
    party = _party(SUPPLIER, code)
    desk = _desk(party, "")
    form, done = edit_exhibitor(db().get_one(Exhibitor, party.id), desk)
    if done:
        return redirect(desk.back)
    words = words_of(request.args.get("q", "").strip())
    total = catalogue.product_count(db(), party.id, words)
    shown = leaf(total, PAGE)
    found = catalogue.products_of(db(), party.id, words, PAGE, shown.offset, latest_first=True)
    return _page(party, "exhibitor", form, found=found, total=total, page=shown.page, pages=shown.pages)


def _page(party: Party, side: str, form, **shown):
    count = completeness.of_buyer if side == "buyer" else completeness.of_exhibitor
    return render_template(
        "matchmaking/profiles/kept.html",
        party_kind=side,
        party=party,
        form=form,
        complete=count(queries.profile_facts(db(), g.edition, side, party.id)),
        outside=phases.outside(db(), g.edition, "profiles"),
        **shown,
    )


@bp.route(f"{BUYERS}/needs/new", methods=["GET", "POST"])
@needs("meetings.run")
def kept_need_new(code: str):
    """Another need of a buyer."""
    party = _party(BUYER, code)
    return edit_need(db().get_one(Buyer, party.id), None, _desk(party, "needs"))


@bp.route(f"{BUYERS}/needs/<int:position>", methods=["GET", "POST"])
@needs("meetings.run")
def kept_need(code: str, position: int):
    """Change a need of a buyer."""
    party, buyer, need = _need(code, position)
    drop = url_for("profiles.kept_need_drop", code=party.code, position=need.position)
    return edit_need(buyer, need, _desk(party, "needs", drop))


def _need(code: str, position: int) -> tuple[Party, Buyer, Need]:
    party = _party(BUYER, code)
    buyer = db().get_one(Buyer, party.id)
    need = services.need_of(db(), buyer, position) if position < 2**31 else None
    return party, buyer, need or abort(404)


@bp.post(f"{BUYERS}/needs/<int:position>/delete")
@needs("meetings.run")
def kept_need_drop(code: str, position: int):
    """Take a need off a buyer's list."""
    party, buyer, need = _need(code, position)
    with telling(_("The need is taken off.")):
        services.remove_need(db(), buyer, need, bound=False)
        saved()
    return redirect(_desk(party, "needs").back)


@bp.route(f"{BUYERS}/needs/import", methods=["GET", "POST"])
@needs("meetings.run")
def kept_needs_import(code: str):
    """A buyer's needs out of a file."""
    party = _party(BUYER, code)
    return import_needs(db().get_one(Buyer, party.id), _desk(party, "needs"), "profiles.kept_needs_sheet")


@bp.route(f"{EXHIBITORS}/products/import", methods=["GET", "POST"])
@needs("meetings.run")
def kept_products_import(code: str):
    """An exhibitor's products out of a file: new ones without a code, changes with theirs."""
    party = _party(SUPPLIER, code)
    exhibitor = db().get_one(Exhibitor, party.id)
    return import_products(exhibitor, _desk(party, "products"), "profiles.kept_products_sheet")


@bp.post(f"{EXHIBITORS}/products/<product>/delete")
@needs("meetings.run")
def kept_product_drop(code: str, product: str):
    """Take a product off an exhibitor's list."""
    party = _party(SUPPLIER, code)
    exhibitor = db().get_one(Exhibitor, party.id)
    found = products.product_of(db(), exhibitor, product) or abort(404)
    with telling(_("The product is deleted.")):
        products.remove_product(db(), found, bound=False)
        saved()
    return redirect(_desk(party, "products").back)


@bp.get(f"{ADDRESS}/needs.<any(csv,xlsx):form>")
@needs("meetings.run")
def kept_needs_sheet(form: str):
    """An empty sheet of needs."""
    return template(sheets.NEEDS, form)


@bp.get(f"{ADDRESS}/products.<any(csv,xlsx):form>")
@needs("meetings.run")
def kept_products_sheet(form: str):
    """An empty sheet of products."""
    return template(sheets.PRODUCTS, form)
