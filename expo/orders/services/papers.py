"""What invoices and credit notes say, as plain JSON: later changes of names do not reach it."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import Session, select

from expo.editions.models import Edition, Rate
from expo.exhibitors.models import Exhibitor, Invoice, Order, OrderLine, Organisation
from expo.exhibitors.services.reviewing import readers
from expo.money import convert
from expo.orders.services.billing import billing_of, currency_of
from expo.orders.services.listing import list_of, today
from expo.orders.services.ordering import lines
from expo.spreadsheets import plain_number

SELLER = (
    "seller_name", "seller_address", "seller_tax_number", "seller_register", "bank_name", "bank_account",
    "bank_code",
)  # fmt: skip


def invoice_snapshot(session: Session, order: Order, due: date, reference: str) -> dict[str, Any]:
    """All that the paper of an order's invoice shows."""
    edition = session.get_one(Edition, order.edition_id)
    exhibitor = session.get_one(Exhibitor, order.exhibitor_id)
    kept = list_of(session, edition)
    written = [_line(line) for line in lines(session, order)]
    return {
        "order": order.number,
        "seller": {"name": edition.name, "venue": edition.venue_name, "city": edition.city,
                   "country": edition.country, **{key: getattr(kept, key) for key in SELLER}},
        "buyer": _buyer(session, exhibitor),
        "held": [edition.starts_on.isoformat(), edition.ends_on.isoformat()],
        "lines": written,
        "taxes": taxes(written),
        "net_minor": order.net_minor,
        "tax_minor": order.tax_minor,
        "total_minor": order.total_minor,
        "due_on": due.isoformat(),
        "reference": reference,
        "note": kept.invoice_note,
        "equivalent": _equivalent(session, edition, exhibitor, order.total_minor),
    }  # fmt: skip


def _line(line: OrderLine) -> dict[str, Any]:
    return {
        "position": line.position, "text": line.text, "quantity": plain_number(line.quantity),
        "unit": line.unit, "unit_price_minor": line.unit_price_minor, "net_minor": line.net_minor,
        "tax_bp": line.tax_bp, "tax_minor": line.tax_minor,
    }  # fmt: skip


def _buyer(session: Session, exhibitor: Exhibitor) -> dict[str, Any]:
    organisation = session.get_one(Organisation, exhibitor.organisation_id)
    billing = billing_of(session, exhibitor)
    known = readers(session, exhibitor)
    return {
        "code": exhibitor.code, "name": {"en": billing.name} if billing.name else organisation.name,
        "city": organisation.city, "country": organisation.country, "contact": exhibitor.contact_name,
        "address": billing.address, "tax_number": billing.tax_number,
        "order_reference": billing.order_reference,
        "language": billing.language or (known[0][1] if known else "en"),
        "exempt_reason": billing.exempt_reason if billing.tax_exempt else "",
    }  # fmt: skip


def _equivalent(session: Session, edition: Edition, exhibitor: Exhibitor, minor: int) -> dict[str, Any]:
    """The total in the exhibitor's currency by the last rate known; without one, that there is none."""
    currency = currency_of(session, exhibitor)
    if currency in ("", edition.currency):
        return {}
    rate = session.exec(
        select(Rate)
        .where(Rate.edition_id == edition.id, Rate.currency == currency, Rate.on_date <= today(edition))
        .order_by(Rate.on_date.desc())
        .limit(1)
    ).first()
    if rate is None:
        return {"currency": currency, "missing": True}
    return {
        "currency": currency, "minor": convert(minor, edition.currency, currency, Decimal(1) / rate.rate),
        "rate": plain_number(rate.rate), "on_date": rate.on_date.isoformat(), "source": rate.source,
    }  # fmt: skip


def taxes(written: Sequence[Mapping[str, Any]]) -> list[dict[str, int]]:
    """Net and tax of each rate, the highest rate first."""
    rates = sorted({line["tax_bp"] for line in written}, reverse=True)
    return [
        {"tax_bp": rate, **{key: sum(line[key] for line in written if line["tax_bp"] == rate)
                            for key in ("net_minor", "tax_minor")}}
        for rate in rates
    ]  # fmt: skip


def lines_left(invoice: Invoice, notes: Sequence[Invoice]) -> dict[int, dict[str, Any]]:
    """Position → line of an invoice that no credit note has taken back."""
    back = {line["position"] for note in notes for line in note.snapshot["lines"]}
    numbered = enumerate(invoice.snapshot["lines"], 1)  # papers issued before lines were numbered
    left = {line.get("position", at): {"position": at, **line} for at, line in numbered}
    return {at: line for at, line in left.items() if at not in back}


def credit_snapshot(invoice: Invoice, chosen: Mapping[int, Mapping[str, Any]], reason: str) -> dict[str, Any]:
    """What a credit note says: the parties of its invoice, the lines taken back, the reason."""
    written = list(chosen.values())
    sums = {key: sum(line[key] for line in written) for key in ("net_minor", "tax_minor")}
    parties = {key: invoice.snapshot[key] for key in ("order", "seller", "buyer", "held")}
    return {
        **parties, "lines": written, "taxes": taxes(written), **sums,
        "total_minor": sums["net_minor"] + sums["tax_minor"],
        "credits": {"number": invoice.number, "issued_at": invoice.issued_at.isoformat()}, "reason": reason,
    }  # fmt: skip
