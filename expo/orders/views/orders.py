"""Orders and invoices for those who keep the books."""

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.exhibitors.models import Order
from expo.orders import prints, services, stages
from expo.orders.services.ordering import PAGE
from expo.orders.views.blueprint import ADDRESS, bp
from expo.web import _, db, leaf, needs, telling, words
from expo.web.files import PDF, file_answer
from expo.web.language import language


@bp.get(ADDRESS)
@needs("orders.view")
def order_list():
    """All orders with what they come to by state."""
    state = request.args.get("state", "")
    state = state if state in stages.ORDER_NAMES else ""
    sums = services.order_sums(db(), g.edition.id)
    total = sums.get(state, (0, 0))[0] if state else sum(number for number, _sum in sums.values())
    shown = leaf(total, PAGE)
    return render_template(
        "expo/orders/order_list.html",
        rows=services.orders(db(), g.edition.id, state, shown.page),
        sums=sums,
        total=total,
        page=shown.page,
        pages=shown.pages,
        names=stages.ORDER_NAMES,
        tones=stages.ORDER_TONES,
    )


def _order(number: int) -> Order:
    return services.order_by_number(db(), g.edition.id, number) or abort(404)


@bp.get(f"{ADDRESS}/<int:number>/invoice.pdf")
@needs("orders.view")
def order_invoice(number: int):
    """The invoice of an order."""
    invoice = services.invoice_of(db(), _order(number)) or abort(404)
    paper = prints.invoice_pdf(db(), invoice, language())
    return file_answer(paper, PDF, f"invoice-{invoice.number}-{language()}.pdf", shown=True)


@bp.post(f"{ADDRESS}/<int:number>/<any(invoice,paid,cancel):act>")
@needs("invoices.issue")
def order_act(number: int, act: str):
    """Issue the invoice, note the payment, or cancel."""
    order = _order(number)
    verbs = {"invoice": services.issue_invoice, "paid": services.mark_paid, "cancel": services.cancel}
    with telling():
        verbs[act](db(), order)
        db().commit()
        name = words(stages.ORDER_NAMES[order.state])
        flash(_("Order %(number)s: %(state)s.", number=number, state=name), "good")
    return redirect(url_for("orders.order_list", state=request.args.get("state")))
