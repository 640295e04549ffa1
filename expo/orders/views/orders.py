"""Orders and their papers for those who keep the books."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Invoice, Order, Organisation
from expo.jobs import services as jobs
from expo.languages import LANGUAGES, pick
from expo.orders import prints, services, stages
from expo.orders.forms import CreditForm, FinanceForm
from expo.orders.services.ordering import PAGE
from expo.orders.services.papers import lines_left
from expo.orders.views.blueprint import ADDRESS, bp
from expo.web import _, db, leaf, needs, refuse, telling, words
from expo.web.files import PDF, file_answer
from expo.web.language import as_money, language


@bp.get(ADDRESS)
@needs("orders.view")
def order_list():
    """All orders with what they come to by state."""
    state, line = request.args.get("state", ""), request.args.get("line", "")[:30]
    state, said = state if state in stages.ORDER_NAMES else "", request.args.get("q", "").strip()[:100]
    sums = services.order_sums(db(), g.edition.id, line=line, words=said)
    total = sums.get(state, (0, 0))[0] if state else sum(number for number, _sum in sums.values())
    shown = leaf(total, PAGE)
    return render_template(
        "expo/orders/order_list.html",
        rows=services.orders(db(), g.edition.id, state, shown.page, line=line, words=said),
        sums=sums,
        total=total,
        page=shown.page,
        pages=shown.pages,
        names=stages.ORDER_NAMES,
        tones=stages.ORDER_TONES,
        kinds=stages.ORDER_KINDS,
        is_filtered=bool(line or said),
    )


def order_of(number: int) -> Order:
    """The edition's order of that number, or 404."""
    return services.order_by_number(db(), g.edition.id, number) or abort(404)


@bp.get(f"{ADDRESS}/<int:number>")
@needs("orders.view")
def order_detail(number: int):
    """One order: lines, papers, payments, and what its stand costs now."""
    return order_page(order_of(number))


def order_page(order: Order, credit: CreditForm | None = None, finance: FinanceForm | None = None):
    """The page of an order; forms come back as they were typed."""
    exhibitor = db().get_one(Exhibitor, order.exhibitor_id)
    invoice = services.invoice_of(db(), order)
    notes = services.credit_notes(db(), invoice) if invoice else []
    live = order.kind == "stand" and order.state != "cancelled"
    asked = services.quote_of(db(), g.edition, exhibitor, order.ordered_on) if live else None
    differs = asked and (asked.net_minor, asked.tax_minor) != (order.net_minor, order.tax_minor)
    billing = services.billing_of(db(), exhibitor)
    return render_template(
        "expo/orders/order_detail.html",
        order=order,
        exhibitor=exhibitor,
        organisation=db().get_one(Organisation, exhibitor.organisation_id),
        lines=services.lines(db(), order),
        invoice=invoice,
        notes=notes,
        open_minor=services.open_minor(db(), invoice) if invoice else 0,
        asked=asked if differs else None,
        account=services.account_of(db(), exhibitor),
        payments=[
            one for one in services.payments_of(db(), exhibitor) if invoice and one.invoice_id == invoice.id
        ],
        billing=billing,
        names=stages.ORDER_NAMES,
        tones=stages.ORDER_TONES,
        kinds=stages.ORDER_KINDS,
        papers=LANGUAGES,
        today=services.today(g.edition),
        credit_form=credit or CreditForm(formdata=None, left=_left(invoice, notes)),
        finance_form=finance or FinanceForm(formdata=None, obj=billing),
    )


def _left(invoice: Invoice | None, notes) -> list[tuple[int, str]]:
    if invoice is None:
        return []
    return [
        (at, f"{pick(line['text'], language())}: {as_money(line['net_minor'], invoice.currency)}")
        for at, line in lines_left(invoice, notes).items()
    ]


@bp.get(f"{ADDRESS}/<int:number>/invoice.pdf")
@needs("orders.view")
def order_invoice(number: int):
    """The invoice of an order."""
    return _paper(services.invoice_of(db(), order_of(number)) or abort(404))


@bp.get(f"{ADDRESS}/credit-notes/<int:number>.pdf")
@needs("orders.view")
def credit_note(number: int):
    """A credit note."""
    return _paper(services.invoice_by_number(db(), g.edition.id, number, "credit_note") or abort(404))


def _paper(invoice: Invoice):
    spoken = request.args.get("in", language())
    if spoken not in LANGUAGES:
        abort(404)
    name = invoice.kind.replace("_", "-")
    paper = prints.invoice_pdf(db(), invoice, spoken)
    return file_answer(paper, PDF, f"{name}-{invoice.number}-{spoken}.pdf", shown=True)


@bp.post(f"{ADDRESS}/<int:number>/<any(invoice,paid,cancel,recompute,correct):act>")
@needs("invoices.issue")
def order_act(number: int, act: str):
    """Issue the invoice, note the payment, cancel, or follow what became of the stand."""
    order = order_of(number)
    verbs = {
        "invoice": services.issue_invoice,
        "paid": services.mark_paid,
        "cancel": lambda session, one: services.cancel(session, one, request.form.get("reason", "")[:300]),
        "recompute": services.recompute,
        "correct": lambda session, one: services.correct(
            session, one, request.form.get("reason", "").strip()[:300] or _("The stand has changed.")
        ),
    }
    with telling():
        made = verbs[act](db(), order)
        db().commit()
        db().refresh(order)
        name = words(stages.ORDER_NAMES[order.state])
        flash(_("Order %(number)s: %(state)s.", number=number, state=name), "good")
        if isinstance(made, Invoice) and act == "correct":
            flash(_("A credit note and invoice %(number)s are issued.", number=made.number), "good")
            number = db().get_one(Order, made.order_id).number
    if request.form.get("back") == "order":
        return redirect(url_for("orders.order_detail", number=number))
    return redirect(url_for("orders.order_list", state=request.args.get("state")))


@bp.post(f"{ADDRESS}/<int:number>/credit")
@needs("invoices.issue")
def order_credit(number: int):
    """A credit note for some lines of the invoice, or for all that is left."""
    order = order_of(number)
    invoice = services.invoice_of(db(), order) or abort(404)
    form = CreditForm(left=_left(invoice, services.credit_notes(db(), invoice)))
    if form.accepted():
        try:
            note = services.credit(db(), invoice, form.reason.data, form.positions.data or None)
            db().commit()
            flash(_("Credit note %(number)s is issued.", number=note.number), "good")
            return redirect(url_for("orders.order_detail", number=number))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return order_page(order_of(number), credit=form)


@bp.post(f"{ADDRESS}/<int:number>/finance")
@needs("invoices.issue")
def order_finance(number: int):
    """Whether tax is charged and reminders go out."""
    order, form = order_of(number), FinanceForm()
    if form.accepted() and form.tax_exempt.data and not (form.exempt_reason.data or "").strip():
        form.form_errors.append(_("Say why no tax is charged."))
    elif form.accepted():
        exhibitor = db().get_one(Exhibitor, order.exhibitor_id)
        reason = (form.pause_reason.data or "").strip()
        given = {
            "tax_exempt": form.tax_exempt.data,
            "exempt_reason": (form.exempt_reason.data or "").strip(),
            "paused": bool(reason),
            "pause_reason": reason,
        }
        services.save_billing(db(), exhibitor, given)
        db().commit()
        flash(_("Saved."), "good")
        return redirect(url_for("orders.order_detail", number=number))
    return order_page(order, finance=form)


@bp.post(f"{ADDRESS}/invoice-all")
@needs("invoices.issue")
def invoice_all():
    """Invoices for all orders that wait for one, as a job."""
    job, fresh = jobs.enqueue_once(db(), "orders.invoice", edition_id=g.edition.id, user_id=current_user.id)
    db().commit()
    if not fresh:
        flash(_("Invoices are being issued already; here is that job."), "info")
    if current_user.may("jobs.view", g.edition.id):
        return redirect(url_for("jobs.job_detail", job_id=job.id))
    return redirect(url_for("orders.order_list"))
