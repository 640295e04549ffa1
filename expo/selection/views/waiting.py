"""The exhibitor's waiting list, offers and swaps."""

from flask import flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.selection import prints
from expo.selection.forms import SwapForm, WaitForm
from expo.selection.models import Swap
from expo.selection.queries import floor, lists
from expo.selection.services import swapping
from expo.selection.services import waiting as verbs
from expo.selection.services.swapping import MOST_OPEN
from expo.selection.states import OFFER_NAMES, OFFER_TONES, SWAP_NAMES, SWAP_TONES, WISH_NAMES, WISH_TONES
from expo.selection.views import showing
from expo.selection.views.blueprint import PORTAL, bp, own
from expo.venue import queries as venue
from expo.web import _, db, needs, refuse, telling, words
from expo.web.language import as_markup


def _zones() -> list[tuple[str, str]]:
    return [
        ("", _("Any")),
        *((z.code, f"{z.code} · {as_markup(z.name)}") for z in venue.zones(db(), g.edition)),
    ]


@bp.get(f"{PORTAL}/waiting")
@needs("portal.use")
def waiting():
    """What one waits for, with the place in the line; offers to answer; a form for more."""
    return _waiting_page()


def _waiting_page(form: WaitForm | None = None):
    exhibitor = own()
    if form is None:
        form = WaitForm(formdata=None, least_m2=exhibitor.area_m2, most_m2=exhibitor.area_m2, zone="")
        form.stand.data = request.args.get("stand", "")[:40]
        form.zone.choices = _zones()
    return render_template(
        "expo/selection/waiting.html",
        tabs=showing.tabs(exhibitor, "waiting"),
        settings=verbs.settings_of(db(), g.edition.id),
        wishes=lists.wishes_of(db(), exhibitor.id),
        positions=lists.positions(db(), g.edition),
        offers=lists.offers_of(db(), exhibitor.id),
        has_place=bool(floor.place_spots(db(), exhibitor.id, g.edition.id)),
        form=form,
        names=WISH_NAMES,
        tones=WISH_TONES,
        offer_names=OFFER_NAMES,
        offer_tones=OFFER_TONES,
    )


@bp.post(f"{PORTAL}/waiting")
@needs("portal.use")
def wait():
    """Join the waiting list."""
    exhibitor, form = own(), WaitForm()
    form.zone.choices = _zones()
    if form.accepted():
        try:
            verbs.join(
                db(), exhibitor, form.kind.data, (form.stand.data or "").strip(), form.zone.data or "",
                (form.least_m2.data or 1, form.most_m2.data or 1), replaces=form.replaces.data,
            )  # fmt: skip
            db().commit()
            flash(_("You are on the waiting list. We write as soon as something falls free."), "good")
            return redirect(url_for("selection.waiting"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _waiting_page(form)


@bp.post(f"{PORTAL}/waiting/<int:wish_id>/leave")
@needs("portal.use")
def wait_no_longer(wish_id: int):
    """Leave the waiting list."""
    exhibitor = own()
    with telling(_("You no longer wait for that.")):
        verbs.leave(db(), exhibitor, wish_id)
        db().commit()
    return redirect(url_for("selection.waiting"))


@bp.post(f"{PORTAL}/offers/<int:offer_id>/<any(accept,decline):answer>")
@needs("portal.use")
def offer_answer(offer_id: int, answer: str):
    """Take what is offered, or leave it to the next."""
    exhibitor = own()
    said = _("The stand is yours.") if answer == "accept" else _("Declined: it goes to the next who waits.")
    with telling(said):
        verb = verbs.accept if answer == "accept" else verbs.decline
        verb(db(), exhibitor, offer_id)
        db().commit()
    return redirect(url_for("selection.waiting"))


@bp.get(f"{PORTAL}/swaps")
@needs("portal.use")
def swaps():
    """Swaps one has asked for or is asked for."""
    return _swaps_page()


def _swaps_page(form: SwapForm | None = None):
    exhibitor = own()
    if form is None:
        form = SwapForm(formdata=None)
        form.stand.data = request.args.get("stand", "")[:40]
    rows = lists.swaps(db(), g.edition.id, exhibitor.id)
    asked = [row.Swap for row in rows if row.Swap.state == "asked"]
    return render_template(
        "expo/selection/swaps.html",
        tabs=showing.tabs(exhibitor, "swaps"),
        settings=verbs.settings_of(db(), g.edition.id),
        exhibitor=exhibitor,
        rows=rows,
        follows={swap.id: _follows(swap, exhibitor.id) for swap in asked[:MOST_OPEN]},
        place=floor.place_spots(db(), exhibitor.id, g.edition.id),
        form=form,
        names=SWAP_NAMES,
        tones=SWAP_TONES,
    )


def _follows(swap: Swap, exhibitor_id: int) -> list[str]:
    """What the swap would mean for the reader's own side."""
    try:
        asker, other = swapping.outlooks(db(), swap)
    except Refused as refused:
        return [words(refused.sentence)]
    side = asker if swap.asker_id == exhibitor_id else other
    return [words(sentence) for sentence in (*side.against, *side.follows)]


@bp.post(f"{PORTAL}/swaps")
@needs("portal.use")
def swap_propose():
    """Ask another exhibitor to swap."""
    exhibitor, form = own(), SwapForm()
    if form.accepted():
        try:
            other = swapping.by_stand(db(), g.edition.id, (form.stand.data or "").strip())
            if other is None:
                raise Refused(_("Nobody stands there, as far as the plan says."))
            swap = swapping.propose(db(), exhibitor, other, form.message.data or "")
            prints.write_swap(db(), g.edition, swap, to="other")
            prints.send(db(), g.edition)
            db().commit()
            flash(_("Asked. We write as soon as they answer."), "good")
            return redirect(url_for("selection.swaps"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _swaps_page(form)


@bp.post(f"{PORTAL}/swaps/<int:swap_id>/<any(agree,decline,withdraw):answer>")
@needs("portal.use")
def swap_answer(swap_id: int, answer: str):
    """Agree or decline as the one who was asked; withdraw as the one who asked."""
    exhibitor = own()
    verb = {"agree": swapping.agree, "decline": swapping.decline, "withdraw": swapping.withdraw}[answer]
    with telling():
        swap = verb(db(), exhibitor, swap_id)
        if swap.state != "withdrawn":
            prints.write_swap(db(), g.edition, swap, to="asker" if swap.state == "declined" else "both")
            prints.send(db(), g.edition)
        db().commit()
        flash(words(SWAP_NAMES[swap.state]), "good")
    return redirect(url_for("selection.swaps"))
