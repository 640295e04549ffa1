"""Where one stands and why, what it costs, and the invoice."""

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.allocation import services as allocation
from expo.languages import LANGUAGES
from expo.orders import prints, stages
from expo.orders import services as orders
from expo.venue import queries as venue
from expo.web import _, db, needs, telling
from expo.web.files import PDF, file_answer
from expo.web.language import language
from matchmaking.portal.views.application import ADDRESS
from matchmaking.portal.views.blueprint import bp, own


@bp.get(f"{ADDRESS}/stand")
@needs("portal.use")
def stand():
    """The published stand, with every wish and what became of it."""
    exhibitor = own().exhibitor
    standing = allocation.stand_of(db(), exhibitor)
    signs = venue.signed_zones(db(), g.edition, [standing.zone]) if standing else []
    return render_template(
        "matchmaking/portal/stand.html",
        exhibitor=exhibitor,
        standing=standing,
        letter=signs[0][0] if signs else "",
    )


@bp.get(f"{ADDRESS}/order")
@needs("portal.use")
def order():
    """The order as it would be placed, or as it was; the invoices."""
    exhibitor = own().exhibitor
    live = orders.live_order(db(), exhibitor)
    asked = orders.quote_of(db(), g.edition, exhibitor)
    return render_template(
        "matchmaking/portal/order.html",
        exhibitor=exhibitor,
        order=live,
        lines=orders.lines(db(), live) if live else asked.lines,
        sums=live or asked,
        has_changed=live is not None and live.total_minor != asked.total_minor,
        invoices=orders.invoices_of(db(), exhibitor),
        names=stages.ORDER_NAMES,
        tones=stages.ORDER_TONES,
        papers=LANGUAGES,
    )


@bp.post(f"{ADDRESS}/order")
@needs("portal.use")
def order_place():
    """Order, and issue the invoice."""
    with telling():
        seen = request.form.get("seen", -1, type=int)
        invoice = orders.order_now(db(), g.edition, own().exhibitor, seen)
        db().commit()
        flash(_("Ordered. Your invoice has the number %(number)s.", number=invoice.number), "good")
    return redirect(url_for("portal.order"))


@bp.get(f"{ADDRESS}/invoices/<int:number>.pdf")
@needs("portal.use")
def invoice_print(number: int):
    """One's own invoice as PDF, in the language of `in` or of the page."""
    paper = request.args.get("in", language())
    invoice = orders.invoice_by_number(db(), g.edition.id, number)
    own_orders = {row[0].id for row in orders.invoices_of(db(), own().exhibitor)}
    if invoice is None or invoice.id not in own_orders or paper not in LANGUAGES:
        abort(404)
    made = prints.invoice_pdf(db(), invoice, paper)
    return file_answer(made, PDF, f"invoice-{number}-{paper}.pdf", shown=True)
