"""The invoice on paper."""

from sqlmodel import Session

from expo import printing
from expo.clock import now
from expo.editions.models import Edition
from expo.exhibitors.models import Invoice, Order
from expo.web.paper import paper_html


def invoice_pdf(session: Session, invoice: Invoice, language: str) -> bytes:
    """The invoice in a language of choice, as tagged PDF; within a request or without."""
    return printing.pdf(invoice_html(session, invoice, language))


def invoice_html(session: Session, invoice: Invoice, language: str) -> str:
    """The invoice as HTML: what was frozen when it was issued, and whether it was cancelled or paid since."""
    return paper_html(
        "expo/orders/invoice.html",
        session.get_one(Edition, invoice.edition_id),
        language,
        now=now(),
        invoice=invoice,
        paper=invoice.snapshot,
        state=session.get_one(Order, invoice.order_id).state,
    )
