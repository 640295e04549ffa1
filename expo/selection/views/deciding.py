"""The organiser's pages of the waiting list and of swaps that wait for approval."""

from flask import flash, g, redirect, render_template, url_for

from expo.errors import Refused
from expo.selection import prints
from expo.selection.forms import ReasonForm
from expo.selection.models import Swap
from expo.selection.queries import lists
from expo.selection.services import swapping
from expo.selection.states import OFFER_NAMES, OFFER_TONES, SWAP_NAMES, SWAP_TONES
from expo.selection.views.blueprint import CONSOLE, bp
from expo.web import db, needs, telling, words


@bp.get(f"{CONSOLE}/waiting")
@needs("allocation.run")
def waiting_list():
    """Who waits for what, and what was offered to whom."""
    return render_template(
        "expo/selection/waiting_list.html",
        rows=lists.waiting_list(db(), g.edition),
        positions=lists.positions(db(), g.edition),
        offers=lists.offers(db(), g.edition),
        offer_names=OFFER_NAMES,
        offer_tones=OFFER_TONES,
    )


@bp.get(f"{CONSOLE}/swaps")
@needs("allocation.run")
def swap_list():
    """Swaps that both agreed to and wait for approval, and all others."""
    rows = lists.swaps(db(), g.edition.id)
    return render_template(
        "expo/selection/swap_list.html",
        rows=rows,
        follows={row.Swap.id: _follows(row.Swap) for row in rows if row.Swap.state == "agreed"},
        names=SWAP_NAMES,
        tones=SWAP_TONES,
    )


def _follows(swap: Swap) -> list[str]:
    try:
        sides = swapping.outlooks(db(), swap)
    except Refused as refused:
        return [words(refused.sentence)]
    return [words(sentence) for side in sides for sentence in (*side.against, *side.follows)]


@bp.post(f"{CONSOLE}/swaps/<int:swap_id>/<any(approve,refuse):act>")
@needs("allocation.publish")
def swap_decide(swap_id: int, act: str):
    """Approve or refuse a swap."""
    form = ReasonForm()
    with telling():
        if act == "approve":
            swap = swapping.approve(db(), g.edition.id, swap_id)
        else:
            reason = (form.reason.data or "") if form.accepted() else ""
            swap = swapping.refuse_swap(db(), g.edition.id, swap_id, reason)
        prints.write_swap(db(), g.edition, swap)
        prints.send(db(), g.edition)
        db().commit()
        flash(words(SWAP_NAMES[swap.state]), "good")
    return redirect(url_for("selection.swap_list"))
