"""Invoices, credit notes and letters about permits on paper."""

from datetime import date
from typing import Any

from sqlmodel import Session

from expo import printing
from expo.clock import now
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Invoice, Order, Organisation
from expo.languages import way_of
from expo.orders import services
from expo.orders.models import Permit
from expo.orders.permits import FIGURES, KINDS
from expo.orders.references import grouped
from expo.orders.services.papers import taxes
from expo.web.language import speaking, words
from expo.web.paper import paper_html
from expo.words import Sentence, say

LABELS: dict[str, Sentence] = {
    "invoice": say("Invoice"),
    "credit_note": say("Credit note"),
    "to": say("To"),
    "attention": say("Attention"),
    "date": say("Date"),
    "due_on": say("Due on"),
    "order": say("Order"),
    "tax_number": say("Tax number"),
    "your_reference": say("Your reference"),
    "reference": say("Reference"),
    "what": say("What"),
    "quantity": say("Quantity"),
    "each": say("Each"),
    "net": say("Net"),
    "tax_rate": say("Tax rate"),
    "tax": say("Tax"),
    "due": say("To be paid"),
    "given_back": say("Given back"),
    "credits": say("Takes back"),
    "reason": say("Reason"),
    "bank": say("Bank"),
    "account": say("Account"),
    "register": say("Register no."),
}
"""Words of the papers that stand in both languages, the buyer's and the edition's."""


def invoice_pdf(session: Session, invoice: Invoice, language: str) -> bytes:
    """The invoice or credit note in a language of choice, as tagged PDF; within a request or without."""
    return printing.pdf(invoice_html(session, invoice, language))


def invoice_html(session: Session, invoice: Invoice, language: str) -> str:
    """The paper as HTML: what was frozen when it was issued, and whether it was cancelled or paid since.

    Its labels stand beside in a second language: the buyer's, or the edition's where that is the first.
    """
    edition = session.get_one(Edition, invoice.edition_id)
    paper = dict(invoice.snapshot)
    paper.setdefault("taxes", taxes(paper["lines"]))
    paper["due_on"] = date.fromisoformat(paper["due_on"]) if paper.get("due_on") else None
    return paper_html(
        "expo/orders/invoice.html",
        edition,
        language,
        now=now(),
        invoice=invoice,
        paper=paper,
        label=_labels(edition, paper, language),
        grouped=grouped,
        way_of=way_of,
        state=session.get_one(Order, invoice.order_id).state if invoice.kind == "invoice" else "",
        rate_day=_rate_day(paper),
    )


def _rate_day(paper: dict[str, Any]) -> date | None:
    day = (paper.get("equivalent") or {}).get("on_date")
    return date.fromisoformat(day) if day else None


def _labels(edition: Edition, paper: dict[str, Any], language: str) -> dict[str, tuple[str, str, str]]:
    """Label → (in the paper's language, in the other one or '', the other one's code)."""
    spoken = [paper["buyer"].get("language") or "", *(edition.languages or ["en"])]
    other = next((code for code in spoken if code and code != language), "")
    beside = {}
    if other:
        with speaking(other):
            beside = {key: words(sentence) for key, sentence in LABELS.items()}
    with speaking(language):
        first = {key: words(sentence) for key, sentence in LABELS.items()}
    return {
        key: (first[key], beside.get(key, "") if beside.get(key) != first[key] else "", other)
        for key in LABELS
    }


def permit_pdf(session: Session, permit: Permit, language: str) -> bytes:
    """The letter about a decision, to be shown on the spot."""
    return printing.pdf(permit_html(session, permit, language))


def permit_html(session: Session, permit: Permit, language: str) -> str:
    """The same as HTML."""
    exhibitor = session.get_one(Exhibitor, permit.exhibitor_id)
    return paper_html(
        "expo/orders/permit_letter.html",
        session.get_one(Edition, permit.edition_id),
        language,
        now=now(),
        permit=permit,
        kind=KINDS[permit.kind],
        figures=[
            (name, getattr(permit, key)) for key, name in FIGURES.items() if getattr(permit, key) is not None
        ],
        exhibitor=exhibitor,
        organisation=session.get_one(Organisation, exhibitor.organisation_id),
        limits=services.limits_of(session, exhibitor),
        drawings=services.drawings_of(session, permit),
    )
