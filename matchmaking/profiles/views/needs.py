"""What a buyer looks for: listed, added, changed, taken off; codes looked up by words."""

from flask import abort, g, redirect, render_template, url_for

from expo.web import _, db, needs, telling
from matchmaking.catalogue import queries as catalogue
from matchmaking.catalogue.models import Need
from matchmaking.phases import services as phases
from matchmaking.profiles import completeness, queries, services
from matchmaking.profiles.views.blueprint import HERE, acting, bp, own_buyer, parties, saved
from matchmaking.profiles.views.editing import Desk, edit_need

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
        closed=phases.closed(db(), g.edition, "profiles"),
        complete=completeness.of_buyer(facts),
    )


@bp.route(f"{ADDRESS}/new", methods=["GET", "POST"])
@needs("agenda.use")
def need_new():
    """Another need."""
    return edit_need(own_buyer(), None, _desk())


@bp.route(f"{ADDRESS}/<int:position>", methods=["GET", "POST"])
@needs("agenda.use")
def need_edit(position: int):
    """Change a need."""
    buyer = own_buyer()
    need = services.need_of(db(), buyer, position) or abort(404)
    return edit_need(buyer, need, _desk(need))


def _desk(need: Need | None = None) -> Desk:
    back = url_for("profiles.need_list")
    return Desk(
        trail=((_("What you look for"), back),),
        back=back,
        new=url_for("profiles.need_new"),
        drop=url_for("profiles.need_delete", position=need.position) if need else "",
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
