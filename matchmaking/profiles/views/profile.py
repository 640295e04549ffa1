"""What a buyer and an exhibitor say of themselves for meetings."""

from flask import g, redirect, render_template, url_for

from expo.web import db, needs
from matchmaking.phases import services as phases
from matchmaking.profiles import completeness, queries
from matchmaking.profiles.views.blueprint import HERE, PORTAL, acting, bp, own_buyer, own_exhibitor, parties
from matchmaking.profiles.views.editing import Desk, edit_buyer, edit_exhibitor

OWN = Desk((), "")


@bp.route(f"{HERE}/profile", methods=["GET", "POST"])
@needs("agenda.use")
def buyer():
    """A buyer's profile."""
    form, done = edit_buyer(own_buyer(), OWN)
    return redirect(url_for("profiles.buyer")) if done else _page("buyer", form)


@bp.route(f"{PORTAL}/profile", methods=["GET", "POST"])
@needs("portal.use")
def exhibitor():
    """An exhibitor's profile."""
    form, done = edit_exhibitor(own_exhibitor(), OWN)
    return redirect(url_for("profiles.exhibitor")) if done else _page("exhibitor", form)


def _page(side: str, form):
    party = acting(side)
    facts = queries.profile_facts(db(), g.edition, side, party.id)
    count = completeness.of_buyer if side == "buyer" else completeness.of_exhibitor
    return render_template(
        "matchmaking/profiles/profile.html",
        party_kind=side,
        form=form,
        party=party,
        others=parties(side),
        closed=phases.closed(db(), g.edition, "profiles"),
        complete=count(facts),
        facts=facts,
    )
