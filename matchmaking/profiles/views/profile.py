"""What a buyer and an exhibitor say of themselves for meetings."""

from flask import flash, g, redirect, render_template, url_for

from expo.errors import Refused
from expo.languages import LANGUAGES, tidy
from expo.web import _, db, needs, refuse
from matchmaking.profiles import completeness, queries, services
from matchmaking.profiles.forms import BuyerForm, SellerForm
from matchmaking.profiles.views.blueprint import (
    HERE,
    PORTAL,
    acting,
    bp,
    own_buyer,
    own_exhibitor,
    parties,
    saved,
    slot_choices,
)

SHARED = (
    "open_to_meetings", "languages", "certificates", "park", "committee", "half_day", "min_meetings",
    "max_meetings", "unavailable", "share_forums",
)  # fmt: skip
FRESH = {"open_to_meetings": False, "languages": [], "certificates": [], "markets": [], "park": "",
         "committee": "", "half_day": "", "min_meetings": 0, "max_meetings": 60, "unavailable": [],
         "share_forums": False}  # fmt: skip


@bp.route(f"{HERE}/profile", methods=["GET", "POST"])
@needs("agenda.use")
def buyer():
    """A buyer's profile."""
    row = own_buyer()
    plain = {name: getattr(row, name) for name in (*SHARED, "contact_name", "contact_email")}
    about = {code: row.about.get(code, "") for code in LANGUAGES}
    form = BuyerForm(data=plain | {"about": about}, slots=slot_choices())
    if form.accepted():
        given = form.given() | {
            "contact_name": (form.contact_name.data or "").strip(),
            "contact_email": (form.contact_email.data or "").strip(),
            "about": tidy(form.about.data),
        }
        try:
            services.save_buyer(db(), row, given)
            saved()
            flash(_("Saved. Your recommendations follow it."), "good")
            return redirect(url_for("profiles.buyer"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _page("buyer", form)


@bp.route(f"{PORTAL}/profile", methods=["GET", "POST"])
@needs("portal.use")
def exhibitor():
    """An exhibitor's profile."""
    row = own_exhibitor()
    kept = services.profile_of(db(), row)
    data = {name: getattr(kept, name) for name in (*SHARED, "markets")} if kept else FRESH
    form = SellerForm(data=data, slots=slot_choices())
    if form.accepted():
        try:
            services.save_exhibitor(db(), row, form.given() | {"markets": form.markets.codes})
            saved()
            flash(_("Saved. Your recommendations follow it."), "good")
            return redirect(url_for("profiles.exhibitor"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _page("exhibitor", form)


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
        complete=count(facts),
        facts=facts,
    )
