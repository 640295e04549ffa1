"""Where one stands and why, what it costs, and the papers about it."""

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.allocation import services as allocation
from expo.allocation.prints import letters_pdf
from expo.errors import Refused
from expo.exhibitors.models import Invoice
from expo.languages import LANGUAGES
from expo.orders import prints, stages
from expo.orders import services as orders
from expo.orders.forms.portal import BillingForm
from expo.orders.references import grouped
from expo.venue import queries as venue
from expo.venue.editing.shells import shell_of
from expo.venue.pillars import pillars
from expo.web import _, db, needs, refuse, telling
from expo.web.files import PDF, file_answer
from expo.web.language import language
from expo.web.security import site_address
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
        pillars=_pillars(standing),
        paper=allocation.letter_of_exhibitor(db(), exhibitor) is not None,
    )


def _pillars(standing) -> list[tuple[str, int, int, int, int]]:
    """Columns in the stands: stand, width and depth, and how far from its west and north side, cm."""
    if not standing or not standing.stands:
        return []
    [shell] = [shell_of(hall) for hall in venue.halls(db(), g.edition) if hall.code == standing.hall]
    if not shell.columns:
        return []
    boxes = {
        row.code: (row.x, row.y, row.width, row.depth)
        for row in venue.stands(db(), g.edition, standing.hall)
        if row.code in standing.stands
    }
    return [
        (code, width, depth, x - boxes[code][0], y - boxes[code][1])
        for code, columns in pillars(shell.columns, boxes).items()
        for x, y, width, depth in columns
    ]


@bp.get(f"{ADDRESS}/stand/letter.pdf")
@needs("portal.use")
def stand_letter():
    """The last letter of allocation, as it was written."""
    exhibitor = own().exhibitor
    found = allocation.letter_of_exhibitor(db(), exhibitor) or abort(404)
    version, told, spoken = found
    portal = site_address() + url_for("portal.stand")
    document = letters_pdf(db(), g.edition, version, [told], spoken, portal)
    return file_answer(document, PDF, f"stand-{exhibitor.code}-v{version.number}.pdf", shown=True)


@bp.get(f"{ADDRESS}/order")
@needs("portal.use")
def order():
    """The order as it would be placed, or as it was; services, papers and the account."""
    exhibitor = own().exhibitor
    live = orders.live_order(db(), exhibitor)
    asked = orders.quote_of(db(), g.edition, exhibitor, live.ordered_on if live else None)
    return render_template(
        "matchmaking/portal/order.html",
        exhibitor=exhibitor,
        order=live,
        lines=orders.lines(db(), live) if live else asked.lines,
        sums=live or asked,
        asked=asked,
        has_changed=live is not None and live.total_minor != asked.total_minor,
        extras=[(one, orders.lines(db(), one)) for one in orders.extras_of(db(), exhibitor)],
        invoices=orders.invoices_of(db(), exhibitor),
        account=orders.account_of(db(), exhibitor),
        payments=[one for one in orders.payments_of(db(), exhibitor) if one.voided_at is None],
        grouped=grouped,
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
    return _paper(orders.invoice_by_number(db(), g.edition.id, number))


@bp.get(f"{ADDRESS}/credit-notes/<int:number>.pdf")
@needs("portal.use")
def credit_note_print(number: int):
    """One's own credit note as PDF."""
    return _paper(orders.invoice_by_number(db(), g.edition.id, number, "credit_note"))


def _paper(paper: Invoice | None):
    spoken = request.args.get("in", language())
    own_papers = {row[0].id for row in orders.invoices_of(db(), own().exhibitor)}
    if paper is None or paper.id not in own_papers or spoken not in LANGUAGES:
        abort(404)
    made = prints.invoice_pdf(db(), paper, spoken)
    name = paper.kind.replace("_", "-")
    return file_answer(made, PDF, f"{name}-{paper.number}-{spoken}.pdf", shown=True)


@bp.route(f"{ADDRESS}/order/billing", methods=["GET", "POST"])
@needs("portal.use")
def billing():
    """To whom invoices are made out."""
    exhibitor = own().exhibitor
    form = BillingForm(obj=orders.billing_of(db(), exhibitor))
    if form.accepted():
        try:
            orders.save_billing(db(), exhibitor, form.given())
            db().commit()
            flash(_("Saved. Invoices issued before keep what they say."), "good")
            return redirect(url_for("portal.order"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template(
        "matchmaking/portal/billing.html", form=form, organisation=own().organisation,
        usual=orders.currency_of(db(), own().exhibitor),
    )  # fmt: skip
