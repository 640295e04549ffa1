"""What a buyer looks for: listed, added, changed, taken off; codes looked up by words."""

from decimal import Decimal

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.languages import LANGUAGES, tidy
from expo.web import _, db, needs, refuse, telling
from matchmaking.catalogue import hs
from matchmaking.catalogue import queries as catalogue
from matchmaking.catalogue.models import Buyer, Need
from matchmaking.profiles import completeness, queries, services
from matchmaking.profiles.forms import NeedForm
from matchmaking.profiles.terms import Wish
from matchmaking.profiles.views.blueprint import HERE, acting, bp, own_buyer, parties, saved

ADDRESS = f"{HERE}/needs"


@bp.get(ADDRESS)
@needs("agenda.use")
def need_list():
    """The needs in the order of importance, and how complete the profile is."""
    buyer = own_buyer()
    found = queries.needs_of(db(), buyer.id)
    facts = queries.profile_facts(db(), g.edition, "buyer", buyer.id)
    return render_template(
        "matchmaking/profiles/need_list.html",
        found=found,
        names=catalogue.names_of(db(), g.edition, {need.hs for need in found}),
        party=acting("buyer"),
        others=parties("buyer"),
        complete=completeness.of_buyer(facts),
    )


@bp.route(f"{ADDRESS}/new", methods=["GET", "POST"])
@needs("agenda.use")
def need_new():
    """Another need."""
    return _edit(NeedForm(data={"currency": g.edition.currency, "unit": "pcs"}), own_buyer())


@bp.route(f"{ADDRESS}/<int:position>", methods=["GET", "POST"])
@needs("agenda.use")
def need_edit(position: int):
    """Change a need."""
    buyer = own_buyer()
    need = services.need_of(db(), buyer, position) or abort(404)
    wish = services.wish_of(need)
    words = {code: wish.text.get(code, "") for code in LANGUAGES}
    return _edit(NeedForm(data=vars(wish) | {"text": words}), buyer, need)


def _edit(form: NeedForm, buyer: Buyer, need: Need | None = None):
    found, looked_up = [], False
    if picked := request.form.get("pick"):
        form.hs.data = picked[:6]
    elif request.form.get("find"):
        found, looked_up = catalogue.find_codes(db(), g.edition, form.hs.data or ""), True
    elif form.accepted():
        try:
            if need:
                services.change_need(db(), buyer, need, _wish(form))
            else:
                services.add_need(db(), buyer, _wish(form))
            saved()
            flash(_("The need is saved. Your recommendations follow it."), "good")
            again = request.form.get("another")
            return redirect(url_for("profiles.need_new" if again else "profiles.need_list"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template(
        "matchmaking/profiles/need_edit.html",
        form=form,
        need=need,
        found=found,
        looked_up=looked_up,
        name=catalogue.names_of(db(), g.edition, {hs.tidy(form.hs.data or "")}),
    )


def _wish(form: NeedForm) -> Wish:
    return Wish(
        hs=hs.tidy(form.hs.data or ""),
        text=tidy(form["text"].data),
        quantity=form.quantity.data or Decimal(0),
        unit=(form.unit.data or "").strip() or "pcs",
        min_price=form.min_price.data or Decimal(0),
        max_price=form.max_price.data or Decimal(0),
        currency=form.currency.data,
        incoterm=form.incoterm.data or "",
        certificates=tuple(form.certificates.words),
        countries=tuple(form.countries.codes),
    )


@bp.post(f"{ADDRESS}/<int:position>/delete")
@needs("agenda.use")
def need_delete(position: int):
    """Take a need off the list."""
    buyer = own_buyer()
    need = services.need_of(db(), buyer, position) or abort(404)
    with telling(_("The need is taken off.")):
        services.remove_need(db(), buyer, need)
        saved()
    return redirect(url_for("profiles.need_list"))
