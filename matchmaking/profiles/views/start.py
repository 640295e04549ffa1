"""Where matchmaking begins: for whom one acts here, and how one comes to act for a buyer."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask_login import current_user

from expo.web import _, can, db, needs, telling
from matchmaking.profiles import completeness, queries, services
from matchmaking.profiles.views.blueprint import BUYING, HERE, bp, own_exhibitor, parties, saved


@bp.get(HERE)
@needs("account.own")
def start():
    """Both sides of the reader, and what they could take up."""
    buyers, exhibitors = (parties(side) for side in ("buyer", "exhibitor"))
    held = current_user.organisations(BUYING, g.edition.id)
    return render_template(
        "matchmaking/profiles/start.html",
        buyers=[(one, _complete("buyer", one.id)) for one in buyers[:10]],
        exhibitors=[(one, _complete("exhibitor", one.id)) for one in exhibitors[:10]],
        awaits=services.awaits(db(), g.edition, current_user.id),
        claims=services.claims(db(), g.edition, current_user.id, held),
        may_buy=not buyers and len(exhibitors) == 1,
    )


def _complete(side: str, party_id: int) -> completeness.Completeness:
    facts = queries.profile_facts(db(), g.edition, side, party_id)
    return completeness.of_buyer(facts) if side == "buyer" else completeness.of_exhibitor(facts)


@bp.post(f"{HERE}/take-up/<any(buyer,person):kind>/<int:row_id>")
@needs("account.own")
def take_up(kind: str, row_id: int):
    """Act for the buyer one was invited for, or become one by one's registration."""
    with telling(_("Welcome. Say what you look for, and we find out who has it.")):
        take = services.take_over if kind == "buyer" else services.join_as_registered
        take(db(), g.edition, current_user.id, row_id)
        saved()
        return redirect(url_for("profiles.need_list"))
    return redirect(url_for("profiles.start"))


@bp.post(f"{HERE}/also-buy")
@needs("account.own")
def also_buy():
    """An exhibitor that wants to buy as well."""
    if not can("portal.use"):
        abort(403)
    with telling():
        services.also_buy(db(), g.edition, current_user.id, own_exhibitor())
        saved()
        flash(_("You take part as a buyer as well now. Say what you look for."), "good")
        return redirect(url_for("profiles.need_list"))
    return redirect(url_for("profiles.start"))
