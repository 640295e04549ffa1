"""A bank's statement against the books: which line pays which invoice, and taking the lines over once."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Invoice, Order
from expo.exhibitors.services.numbering import take_turn
from expo.orders.models import Payment
from expo.orders.references import found_in, numbers_in
from expo.orders.services.invoicing import open_minor
from expo.orders.services.listing import today
from expo.orders.services.paying import record
from expo.orders.statement import Line
from expo.words import Sentence, say

OUTCOMES: dict[str, Sentence] = {
    "matched": say("Pays an invoice"),
    "part": say("Pays part of an invoice"),
    "over": say("Pays an invoice and more: the rest stands to their credit"),
    "idle": say("Nothing is open of this invoice: all of it stands to their credit"),
    "unmatched": say("No invoice found: kept to be matched by hand"),
    "known": say("Taken over before"),
    "foreign": say("Not in the edition's currency: left out"),
    "outgoing": say("Money that went out: left out"),
    "future": say("A day still to come: left out"),
}
TONES = {
    "matched": "good", "part": "good", "over": "wait", "idle": "bad", "unmatched": "wait",
    "known": "off", "foreign": "bad", "outgoing": "off",
    "future": "bad",
}  # fmt: skip
NAMED = ("matched", "part", "over", "idle")
"""Outcomes of lines that name an invoice."""
USEFUL = (*NAMED, "unmatched")
"""Outcomes of lines that become payments."""


class Match(NamedTuple):
    """A line of a statement and what becomes of it; `open_minor` is what its invoice lacks before it."""

    line: Line
    outcome: str
    invoice: Invoice | None = None
    open_minor: int = 0


def matched(session: Session, edition: Edition, lines: Sequence[Line]) -> list[Match]:
    """What each line would do, by reference first, then by the invoice number as it is printed."""
    keys = [line.key for line in lines]
    known = set(
        session.exec(
            select(Payment.bank_key).where(Payment.edition_id == edition.id, Payment.bank_key.in_(keys))
        )
    )
    quoted = {one for line in lines for one in found_in(line.text)}
    numbers = {one for line in lines for one in numbers_in(line.text, edition.code)}
    found = session.exec(
        select(Invoice).where(
            Invoice.edition_id == edition.id, Invoice.kind == "invoice",
            Invoice.reference.in_(quoted) | Invoice.number.in_(numbers),
        )
    ).all()  # fmt: skip
    by_reference = {one.reference: one for one in found}
    by_number = {one.number: one for one in found}
    made = []
    due: dict[int | None, int] = {}
    for line in lines:
        named = [by_reference[one] for one in found_in(line.text) if one in by_reference]
        named = named or [by_number[one] for one in numbers_in(line.text, edition.code) if one in by_number]
        several = len({one.id for one in named}) > 1
        invoice = named[0] if named and not several else None
        outcome = _outcome(edition, line, known, invoice)
        if invoice is None or outcome != "matched":
            made.append(Match(line, outcome))
        else:
            left = due.get(invoice.id, open_minor(session, invoice))
            made.append(Match(line, _fitting(line.amount_minor, left), invoice, left))
            due[invoice.id] = left - line.amount_minor
        known.add(line.key)
    return made


def _outcome(edition: Edition, line: Line, known: set, invoice: Invoice | None) -> str:
    if line.key in known:
        return "known"
    if line.amount_minor <= 0:
        return "outgoing"
    if line.currency != edition.currency:
        return "foreign"
    if line.on > today(edition):
        return "future"
    return "matched" if invoice else "unmatched"


def _fitting(amount: int, left: int) -> str:
    """What an amount is to an invoice of which so much is open before it, both in minor units."""
    if left <= 0:
        return "idle"
    return "matched" if amount == left else "part" if amount < left else "over"


def take_over(session: Session, edition: Edition, lines: Sequence[Line]) -> dict[str, int]:
    """Record the lines as payments, each once however often it is read; outcome → how many."""
    take_turn(session, edition.id)
    counts = dict.fromkeys(OUTCOMES, 0)
    for match in matched(session, edition, lines):
        counts[match.outcome] += 1
        if match.outcome not in USEFUL:
            continue
        said = {"reference": match.line.text, "payer": match.line.payer, "bank_key": match.line.key}
        if match.invoice:
            order = session.get_one(Order, match.invoice.order_id)
            exhibitor = session.get_one(Exhibitor, order.exhibitor_id)
            record(session, exhibitor, match.line.amount_minor, match.line.on, match.invoice, **said)
        else:
            session.add(
                Payment(
                    edition_id=edition.id, amount_minor=match.line.amount_minor, currency=edition.currency,
                    paid_on=match.line.on, **said,
                )
            )  # fmt: skip
            session.flush()
    if not sum(counts[outcome] for outcome in USEFUL):
        raise Refused(say("Nothing was taken over: every line was known or is left out."))
    return counts
