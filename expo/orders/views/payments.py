"""Payments: recorded by hand, read from a bank's statement, matched and voided."""

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.exhibitors import services as exhibitors
from expo.money import to_minor
from expo.orders import services
from expo.orders.forms import AssignForm, FileForm, PaymentForm, ReasonForm, TakeForm
from expo.orders.models import Payment
from expo.orders.services.banking import NAMED, OUTCOMES, TONES, USEFUL
from expo.orders.services.paying import PAGE
from expo.orders.statement import Fault, Line, read
from expo.orders.views.blueprint import bp
from expo.spreadsheets import Unreadable, csv_bytes, read_csv, read_table
from expo.web import _, db, leaf, needs, ngettext, refuse, telling, words

ADDRESS = "/<edition>/console/orders/payments"
LARGEST_FILE = 1_000_000
MOST_LINES = 5_000


@bp.get(ADDRESS)
@needs("orders.view")
def payment_list():
    """What came and went, the latest first; with forms to record more."""
    return _page()


def _page(form: PaymentForm | None = None):
    loose = request.args.get("show") == "loose"
    count = {each: services.payment_count(db(), g.edition.id, loose=each) for each in (False, True)}
    shown = leaf(count[loose], PAGE)
    given = {"exhibitor": request.args.get("exhibitor", "")[:30], "paid_on": services.today(g.edition)}
    return render_template(
        "expo/orders/payment_list.html",
        rows=services.payments(db(), g.edition.id, loose=loose, page=shown.page),
        count=count,
        total=count[loose],
        page=shown.page,
        pages=shown.pages,
        form=form or PaymentForm(formdata=None, data=given),
        file_form=FileForm(formdata=None),
        assign_form=AssignForm(formdata=None),
    )


@bp.post(ADDRESS)
@needs("invoices.issue")
def payment_record():
    """Money that came or went back."""
    form = PaymentForm()
    if not form.accepted():
        return _page(form)
    try:
        code = form.exhibitor.data.strip().upper()
        exhibitor = exhibitors.exhibitor_by_code(db(), g.edition.id, code)
        if exhibitor is None:
            raise Refused(_("There is no exhibitor with that code."))
        payment = services.record(
            db(), exhibitor, _minor(form), form.paid_on.data, _invoice(form.invoice.data),
            refund=form.refund.data, reference=(form.reference.data or "").strip(),
        )  # fmt: skip
        db().commit()
        flash(_("Recorded as number %(number)s.", number=payment.id), "good")
        return redirect(url_for("orders.payment_list"))
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return _page(form)


def _minor(form: PaymentForm) -> int:
    try:
        return to_minor(form.amount.data, g.edition.currency)
    except ValueError:
        raise Refused(_("The amount is finer than the currency.")) from None


def _invoice(number: int | None):
    if number is None:
        return None
    invoice = services.invoice_by_number(db(), g.edition.id, number)
    if invoice is None:
        raise Refused(_("There is no invoice with that number."))
    return invoice


def _payment(payment_id: int) -> Payment:
    return services.payment_of(db(), g.edition.id, payment_id) or abort(404)


@bp.post(f"{ADDRESS}/<int:payment_id>/assign")
@needs("invoices.issue")
def payment_assign(payment_id: int):
    """Name the invoice a payment is for."""
    payment, form = _payment(payment_id), AssignForm()
    with telling():
        if not form.accepted():
            raise Refused(_("Type the number of the invoice."))
        services.assign(db(), payment, _invoice(form.invoice.data))
        db().commit()
        flash(_("Matched with invoice %(number)s.", number=form.invoice.data), "good")
    return redirect(url_for("orders.payment_list", show=request.args.get("show")))


@bp.post(f"{ADDRESS}/<int:payment_id>/void")
@needs("invoices.issue")
def payment_void(payment_id: int):
    """Take back what was recorded in error."""
    payment, form = _payment(payment_id), ReasonForm()
    with telling():
        services.void(db(), payment, form.reason.data or "")
        db().commit()
        flash(_("Voided. It stays on the list and counts for nothing."), "good")
    return redirect(url_for("orders.payment_list"))


@bp.post(f"{ADDRESS}/statement")
@needs("invoices.issue")
def statement_look():
    """What the lines of a bank's statement would do; nothing is kept yet."""
    form = FileForm()
    if not form.accepted():
        flash(_("Choose a file."), "bad")
        return redirect(url_for("orders.payment_list"))
    data = form.file.data.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        abort(413)
    try:
        most = min(current_app.extensions["expo_settings"].max_rows, MOST_LINES)
        rows = list(read_table(data, most))
    except Unreadable as unreadable:
        flash(words(unreadable.sentence), "bad")
        return redirect(url_for("orders.payment_list"))
    lines, faults = read(rows, g.edition.currency)
    matches = services.matched(db(), g.edition, lines)
    return render_template(
        "expo/orders/statement.html",
        matches=matches,
        faults=faults,
        useful=sum(one.outcome in USEFUL for one in matches),
        outcomes=OUTCOMES,
        tones=TONES,
        text=csv_bytes([cells for _row, cells in rows]).decode(),
        form=TakeForm(formdata=None),
    )


def _lines(text: str) -> tuple[list[Line], list[Fault]]:
    try:
        return read(list(read_csv(text.encode(), MOST_LINES)), g.edition.currency)
    except Unreadable as unreadable:
        raise Refused(unreadable.sentence) from None


@bp.post(f"{ADDRESS}/statement/take")
@needs("invoices.issue")
def statement_take():
    """Take the lines over that were looked at; a line is one payment however often it is read."""
    form = TakeForm()
    with telling():
        if not form.accepted():
            abort(400)
        lines, _faults = _lines(form.text.data or "")
        counts = services.take_over(db(), g.edition, lines)
        db().commit()
        named = sum(counts[outcome] for outcome in NAMED)
        matched = ngettext("%(num)s payment matched,", "%(num)s payments matched,", named)
        flash(f"{matched} " + _("%(left)s to be matched by hand.", left=counts["unmatched"]), "good")
        if too_much := counts["over"] + counts["idle"]:
            flash(
                ngettext(
                    "%(num)s payment was more than was open; pay it back, or name another invoice.",
                    "%(num)s payments were more than was open; pay them back, or name other invoices.",
                    too_much,
                ),
                "wait",
            )
    return redirect(url_for("orders.payment_list"))
