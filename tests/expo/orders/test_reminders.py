"""Reminders of what is late, figures, currencies and who is exempt."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from expo.editions.models import Edition, Rate
from expo.orders import services
from expo.orders.models import Reminder
from expo.orders.services.figures import Sums, total
from expo.outbox.models import Mail
from tests.expo.orders.making import PRICES, TOTAL, firm_of, on_a_stand, pay, with_trigger_off
from tests.expo.orders.test_services import QUOTE
from tests.make import an_edition, an_exhibitor, an_organisation


@pytest.fixture
def late(session):
    """An invoice that was due thirty days ago, of an exhibitor who can be written to."""
    edition = an_edition(session)
    services.save_list(session, edition, 1, {}, {"due_days": 0, "reminder_days": [7, 21, 42]})
    firm = an_exhibitor(session, edition, contact_email="a@example.org")
    order = services.place_order(session, firm, QUOTE)
    invoice = services.issue_invoice(session, order)
    with_trigger_off(session, "UPDATE invoice SET due_on = due_on - 30")
    session.refresh(invoice)
    return invoice


def letter(row, language):
    return f"level {row.level}", language


def test_a_reminder_is_written_once_a_level_and_rests_while_paused(session, late):
    edition, firm = session.get_one(Edition, late.edition_id), firm_of(session, late)
    assert [(row.days, row.level, row.age) for row in services.overdue(session, edition)] == [(30, 1, "0–30")]
    services.pause(session, firm, "They dispute it")
    assert services.remind(session, edition, letter) == (0, 0)
    services.pause(session, firm, "")
    assert services.remind(session, edition, letter) == (1, 0)
    assert services.remind(session, edition, letter) == (0, 0)
    mail = session.exec(select(Mail)).one()
    assert (mail.recipient, mail.subject, mail.state) == ("a@example.org", "level 1", "waiting")
    assert session.exec(select(Reminder.level)).all() == [1]


def test_the_database_keeps_a_second_reminder_of_a_level_away(session, late):
    for _ in range(2):
        session.add(
            Reminder(edition_id=late.edition_id, invoice_id=late.id, level=1, open_minor=1, language="en")
        )
    with pytest.raises(IntegrityError, match="uq_reminder"):
        session.flush()


def test_what_is_paid_is_not_overdue(session, late):
    pay(session, late, TOTAL)
    assert services.overdue(session, session.get_one(Edition, late.edition_id)) == []


# ---- figures, currencies, exemption ----


def test_figures_by_kind_add_up_to_orders_invoices_and_money(session, late):
    edition = session.get_one(Edition, late.edition_id)
    pay(session, late, 1_000_001)
    services.credit(session, late, "No power", [3])
    services.place_order(session, an_exhibitor(session, edition), QUOTE)
    found = services.figures(session, edition)
    left = TOTAL - services.credit_notes(session, late)[0].total_minor
    assert total(found.values()) == Sums(left + TOTAL, left, 1_000_001, left - 1_000_001, left - 1_000_001)
    assert found["power"].invoiced == 0


def test_the_equivalent_is_by_the_last_rate_or_it_is_said_that_there_is_none(session):
    edition = an_edition(session)
    firms = [
        an_exhibitor(session, edition, an_organisation(session, country=code)) for code in ("KZ", "KG", "CN")
    ]
    for day, rate in ((1, "0.01"), (2, "0.0125")):
        session.add(
            Rate(
                edition_id=edition.id,
                currency="KZT",
                on_date=date(2023, 6, day),
                rate=Decimal(rate),
                source="NBK",
            )
        )
    papers = [
        services.issue_invoice(session, services.place_order(session, firm, QUOTE)).snapshot["equivalent"]
        for firm in firms
    ]
    assert papers[0] == {
        "currency": "KZT", "minor": TOTAL * 80, "rate": "0.0125", "on_date": "2023-06-02", "source": "NBK"
    }  # fmt: skip
    assert papers[1:] == [{"currency": "KGS", "missing": True}, {}]


def test_who_is_exempt_pays_no_tax_and_reads_why(session):
    edition = an_edition(session, prices=PRICES)
    exhibitor = on_a_stand(session, edition)
    services.save_billing(session, exhibitor, {"tax_exempt": True, "exempt_reason": "Reverse charge"})
    quote = services.quote_of(session, edition, exhibitor)
    assert (quote.tax_minor, quote.net_minor) == (0, 99_000)
    paper = services.order_now(session, edition, exhibitor, 99_000).snapshot
    assert paper["buyer"]["exempt_reason"] == "Reverse charge"
