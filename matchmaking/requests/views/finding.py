"""Whom to ask: the best of one's list first, anybody by a search; and the request itself."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.web import _, db, leaf, needs, refuse, telling
from matchmaking.requests import services
from matchmaking.requests.forms import AskForm
from matchmaking.requests.models import MeetingRequest
from matchmaking.requests.queries import finding as queries
from matchmaking.requests.queries import inbox
from matchmaking.requests.queries.parties import Party, planned_with, takes_part
from matchmaking.requests.services import settings_of
from matchmaking.requests.views.blueprint import OWN, across, bp, cells, choices, me, once, shared, slots
from matchmaking.requests.wishes import read_wish

PAGE = 25


@bp.get(f"{OWN}/find")
@needs("requests.own")
def find():
    """Those whom this party could ask."""
    party = me()
    looked_for = request.args.get("q", "").strip()[:100]
    total = queries.candidate_count(db(), g.edition, party, looked_for)
    shown = leaf(total, PAGE)
    return render_template(
        "matchmaking/requests/find.html",
        rows=queries.candidates(db(), g.edition, party, looked_for, PAGE, shown.offset),
        total=total,
        page=shown.page,
        pages=shown.pages,
        looked_for=looked_for,
        timed=planned_with(db(), party),
        **shared(party),
    )


@bp.route(f"{OWN}/to/<code>", methods=["GET", "POST"])
@needs("requests.own")
def ask(code: str):
    """Ask somebody for a meeting."""
    party = me()
    them = across(party, code)
    if them.organisation_id == party.organisation_id or not takes_part(db(), g.edition, them.side, them.id):
        abort(404)
    days = cells(party, them.id)
    form = AskForm(once=once()) if request.method == "GET" else AskForm()
    form.wish.choices = choices(days)
    if form.accepted():
        try:
            found = _ask(party, them, form)
            db().commit()
            flash(_told(found), "good")
            return redirect(url_for("requests.detail", number=found.id))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template(
        "matchmaking/requests/ask.html",
        form=form,
        them=them,
        days=days,
        said_no=inbox.said_no(db(), party, them.id),
        rules=settings_of(db(), g.edition),
        **shared(party),
    )


def _told(found: MeetingRequest) -> str:
    if found.state == "agreed":
        return _("It is agreed: they had asked you as well.")
    return _("They are asked.")


def _ask(party: Party, them: Party, form: AskForm):
    return services.ask(
        db(),
        g.edition,
        party,
        them.id,
        must=bool(form.must.data),
        wish=read_wish(form.wish.data or "", slots()),
        message=form.message.data or "",
        once=form.once.data or "",
        user_id=current_user.id,
    )


@bp.post(f"{OWN}/to/<code>/<any(meet,must):kind>")
@needs("requests.own")
def ask_quickly(code: str, kind: str):
    """Ask with one tap, any time, without a message."""
    party = me()
    them = across(party, code)
    with telling():
        found = services.ask(db(), g.edition, party, them.id, must=kind == "must", user_id=current_user.id)
        db().commit()
        flash(_told(found), "good")
    if request.form.get("back") == "inbox":
        return redirect(url_for("requests.inbox"))
    return redirect(url_for("requests.find", q=request.form.get("q", "")))
