"""The pages of those who deal: their own deals, entering, confirming, disputing, amending."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.web import _, db, leaf, needs, refuse, telling
from matchmaking.deals import queries, services
from matchmaking.deals.forms import MOST_LINES
from matchmaking.deals.views.blueprint import OWN, PAGE, bp, names, own_deal_or_404, own_organisations
from matchmaking.deals.views.ledger import amending, decide, detail_values, one_more, seen
from matchmaking.deals.views.typing_in import deal_form, of_meeting, typed_deal


@bp.get(OWN)
@needs("deals.own")
def own_list():
    """The deals that the reader's organisations sign; what waits for them comes first."""
    mine = own_organisations()
    acting = queries.acting_for(db(), g.edition, mine)
    waiting = queries.waiting_for(db(), g.edition, mine)
    count = queries.own_count(db(), g.edition, mine)
    shown = leaf(count, PAGE)
    return render_template(
        "matchmaking/deals/own_list.html",
        deals=queries.deals_of(db(), g.edition, mine, limit=PAGE, offset=shown.offset),
        waiting=waiting,
        acting=acting,
        sells=any(side == "seller" for _id, side, _code, _name in acting),
        count=count,
        page=shown.page,
        pages=shown.pages,
        **names(),
    )


@bp.get(f"{OWN}/<int:number>")
@needs("deals.own")
def own_detail(number: int):
    """One of the reader's own deals."""
    deal, parties, mine = own_deal_or_404(number)
    return render_template(
        "matchmaking/deals/deal_detail.html",
        own=True,
        acts=True,
        mine=mine,
        **detail_values(deal, parties),
    )


@bp.route(f"{OWN}/new", methods=["GET", "POST"])
@needs("deals.own")
def own_new():
    """Enter a deal; the other party confirms it."""
    mine = own_organisations()
    acting = queries.acting_for(db(), g.edition, mine)
    if not acting:
        abort(404)
    form = deal_form(None if request.method == "POST" else _first_values(acting) | of_meeting(mine))
    if not (request.method == "POST" and one_more(form)) and form.accepted():
        try:
            deal = services.record(db(), g.edition, typed_deal(form, mine), current_user.id)
            db().commit()
            flash(
                _("Deal %(number)s is recorded. The other party is to confirm it.", number=deal.number),
                "good",
            )
            return redirect(url_for("deals.own_detail", number=deal.number))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    met = queries.met(db(), g.edition, mine)
    return render_template(
        "matchmaking/deals/deal_new.html",
        form=form,
        own=True,
        action=url_for("deals.own_new"),
        back=url_for("deals.own_list"),
        sellers=[(code, name) for _id, side, code, name in acting if side == "seller"] + met,
        buyers=[(code, name) for _id, side, code, name in acting if side == "buyer"] + met,
        most=MOST_LINES,
    )


def _first_values(acting: list) -> dict:
    """The reader's own side is filled in; the other where a page that led here named it."""
    given = {"currency": g.edition.currency, "signed_on": g.edition.starts_on}
    _id, side, code, _name = acting[0]
    given |= {"seller": request.args.get("seller", ""), "buyer": request.args.get("buyer", "")}
    return given | ({} if given[side] else {side: code})


@bp.route(f"{OWN}/<int:number>/amend", methods=["GET", "POST"])
@needs("deals.own")
def own_amend(number: int):
    """Amend one's own deal; the other parties confirm it again."""
    deal, parties, mine = own_deal_or_404(number)
    mine -= {one.organisation_id for one in parties if one.role == "witness"}
    return amending(deal, mine, url_for("deals.own_detail", number=number))


def _mine(mine: set[int]) -> int:
    """The organisation for which the form speaks, one of the reader's own."""
    asked = request.form.get("organisation", "")
    if asked.isdecimal() and len(asked) < 10 and int(asked) in mine:
        return int(asked)
    return min(mine)


@bp.post(f"{OWN}/<int:number>/decide")
@needs("deals.own")
def own_decide(number: int):
    """Confirm or dispute what the other party entered."""
    deal, _parties, mine = own_deal_or_404(number)
    with telling(_("Your answer is noted and sealed into the chain.")):
        decide(deal, _mine(mine))
        db().commit()
    return redirect(url_for("deals.own_detail", number=number))


@bp.post(f"{OWN}/<int:number>/stage")
@needs("deals.own")
def own_move(number: int):
    """Move one's own deal on: signed, delivered, paid, lapsed, cancelled."""
    deal, _parties, mine = own_deal_or_404(number)
    with telling(_("The deal is moved; the step is sealed into the chain.")):
        stage, reason = request.form.get("stage", ""), request.form.get("reason", "").strip()
        services.move(
            db(), g.edition, deal, stage, current_user.id,
            version=seen(), reason=reason, organisation_id=_mine(mine),
        )  # fmt: skip
        db().commit()
    return redirect(url_for("deals.own_detail", number=number))


@bp.post(f"{OWN}/<int:number>/price")
@needs("deals.own")
def own_price(number: int):
    """Allow the public page of a document to name the price, or no longer."""
    deal, _parties, mine = own_deal_or_404(number)
    with telling(_("Noted. The price is shown only while all parties allow it.")):
        shown = request.form.get("shown") == "1"
        services.show_price(db(), g.edition, deal, _mine(mine), shown, current_user.id, version=seen())
        db().commit()
    return redirect(url_for("deals.own_detail", number=number))
