"""Credit notes, corrections, payments, statements, reminders and figures, with a database."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from expo.allocation.models import Allotment
from expo.editions.models import Edition, Rate
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Order
from expo.orders import services
from expo.orders.models import Payment, Reminder
from expo.orders.services.comparing import differences
from expo.orders.services.figures import Sums, total
from expo.orders.services.settling import Account
from expo.orders.statement import read
from expo.outbox.models import Mail
from expo.venue.models import Stand
from tests.expo.orders.test_services import QUOTE
from tests.make import a_hall, a_stand, a_zone, an_edition, an_exhibitor, an_organisation

PRICES = {"shell_m2": "100", "corner_percent": "10", "tax_percent": "6"}
DAY = date(2023, 6, 1)
TOTAL = QUOTE.total_minor


@pytest.fixture
def invoice(session):
    exhibitor = an_exhibitor(session, an_edition(session))
    return services.issue_invoice(session, services.place_order(session, exhibitor, QUOTE))


def order_of(session, invoice) -> Order:
    return session.get_one(Order, invoice.order_id)


def firm_of(session, invoice) -> Exhibitor:
    return session.get_one(Exhibitor, order_of(session, invoice).exhibitor_id)


def pay(session, invoice, minor: int, **more) -> Payment:
    return services.record(session, firm_of(session, invoice), minor, DAY, invoice, **more)


def holds(session) -> None:
    """The rules that the database checks at the end of a transaction."""
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    session.execute(text("SET CONSTRAINTS ALL DEFERRED"))


def on_a_stand(session, edition) -> Exhibitor:
    exhibitor = an_exhibitor(session, edition)
    stand = a_stand(session, a_hall(session, edition), a_zone(session, edition), code="A-1", open_sides=3)
    session.add(Allotment(edition_id=edition.id, stand_id=stand.id, exhibitor_id=exhibitor.id))
    session.flush()
    return exhibitor


# ---- credit notes and corrections ----


def test_lines_are_taken_back_once_and_the_rest_cancels_the_order(session, invoice):
    first = services.credit(session, invoice, "No power", [3])
    assert (first.number, [line["position"] for line in first.snapshot["lines"]]) == (1, [3])
    assert order_of(session, invoice).state == "invoiced"
    with pytest.raises(Refused, match="nothing left"):
        services.credit(session, invoice, "Again", [3])
    rest = services.credit(session, invoice, "All of it")
    assert (rest.number, first.total_minor + rest.total_minor) == (2, invoice.total_minor)
    assert order_of(session, invoice).state == "cancelled"
    holds(session)


def test_a_credit_note_says_why(session, invoice):
    with pytest.raises(Refused, match="names the reason"):
        services.credit(session, invoice, "  ")


def test_what_is_left_after_a_credit_note_can_be_paid(session, invoice):
    note = services.credit(session, invoice, "No power", [3])
    pay(session, invoice, TOTAL - note.total_minor)
    assert order_of(session, invoice).state == "paid"
    holds(session)


def test_a_changed_stand_is_corrected_by_a_credit_note_and_a_new_invoice_that_takes_the_money(session):
    edition = an_edition(session, prices=PRICES)
    exhibitor = on_a_stand(session, edition)
    seen = services.quote_of(session, edition, exhibitor).total_minor
    old = services.order_now(session, edition, exhibitor, seen)
    services.record(session, exhibitor, seen, DAY, old)
    with pytest.raises(Refused, match="Nothing to correct"):
        services.correct(session, order_of(session, old), "x")
    session.exec(select(Stand)).one().width = 600
    session.flush()
    new = services.correct(session, order_of(session, old), "The stand is larger")
    assert (old.number, new.number, new.total_minor) == (1, 2, 209_880)
    assert order_of(session, old).state == "cancelled"
    assert order_of(session, new).state == "invoiced"
    assert services.account_of(session, exhibitor) == Account(seen + 209_880, seen, seen, 0)
    assert session.exec(select(Payment.invoice_id)).all() == [new.id]
    holds(session)


def test_without_its_stand_the_invoice_is_only_taken_back_and_the_money_is_to_ones_credit(session):
    edition = an_edition(session, prices=PRICES)
    exhibitor = on_a_stand(session, edition)
    seen = services.quote_of(session, edition, exhibitor).total_minor
    old = services.order_now(session, edition, exhibitor, seen)
    services.record(session, exhibitor, seen, DAY, old)
    session.delete(session.exec(select(Allotment)).one())
    session.flush()
    assert services.correct(session, order_of(session, old), "No stand") is None
    assert services.account_of(session, exhibitor).open == -seen
    services.record(session, exhibitor, seen, DAY, old, refund=True)
    assert services.account_of(session, exhibitor).open == 0
    holds(session)


def test_an_open_order_follows_its_stand_at_the_prices_of_its_day(session):
    edition = an_edition(session, prices=PRICES)
    exhibitor = on_a_stand(session, edition)
    order = services.place_order(session, exhibitor, services.quote_of(session, edition, exhibitor))
    tomorrow = services.today(edition) + timedelta(days=1)
    services.save_list(session, edition, 1, {}, {"late_percent": Decimal(50), "late_from": tomorrow})
    session.exec(select(Stand)).one().open_sides = 0
    session.flush()
    assert [one.order for one in differences(session, edition)] == [order.number]
    services.recompute(session, order)
    assert [line.kind for line in services.lines(session, order)] == ["shell"]
    assert differences(session, edition) == []
    holds(session)


# ---- payments ----


def test_part_full_and_too_much(session, invoice):
    order = order_of(session, invoice)
    pay(session, invoice, TOTAL - 1)
    assert (order.state, services.open_minor(session, invoice)) == ("invoiced", 1)
    pay(session, invoice, 101)
    assert (order.state, services.open_minor(session, invoice)) == ("paid", -100)
    assert firm_of(session, invoice).paid_on == DAY
    with pytest.raises(Refused, match="More would go back"):
        pay(session, invoice, TOTAL + 101, refund=True)
    pay(session, invoice, 100, refund=True)
    assert (order.state, services.open_minor(session, invoice)) == ("paid", 0)
    holds(session)


def test_a_voided_payment_opens_the_invoice_again(session, invoice):
    payment = pay(session, invoice, TOTAL)
    with pytest.raises(Refused, match="what was wrong"):
        services.void(session, payment, "")
    services.void(session, payment, "Typed twice")
    assert order_of(session, invoice).state == "invoiced"
    with pytest.raises(Refused, match="voided"):
        services.void(session, payment, "Again")
    holds(session)


def test_loose_money_is_matched_later_and_only_with_ones_own_invoice(session, invoice):
    stranger = an_exhibitor(session, session.get_one(Edition, invoice.edition_id))
    payment = services.record(session, stranger, TOTAL, DAY)
    with pytest.raises(Refused, match="another exhibitor"):
        services.assign(session, payment, invoice)
    own = services.record(session, firm_of(session, invoice), TOTAL, DAY)
    assert services.account_of(session, firm_of(session, invoice)).loose == TOTAL
    services.assign(session, own, invoice)
    assert order_of(session, invoice).state == "paid"
    holds(session)


@pytest.mark.parametrize(
    ("minor", "day", "reason"), [(0, DAY, "above zero"), (1, date(2999, 1, 1), "still to come")]
)
def test_impossible_payments_are_refused(session, invoice, minor, day, reason):
    with pytest.raises(Refused, match=reason):
        services.record(session, firm_of(session, invoice), minor, day, invoice)


# ---- statements ----


def lines_of(invoice, *more: str):
    head = "date;amount;reference;currency;id"
    texts = [head, f"2023-06-01;100.00;pay {invoice.reference};CNY;T1", *more]
    return read([(at, line.split(";")) for at, line in enumerate(texts, 1)], "CNY")[0]


def test_a_statement_pays_by_reference_and_is_read_twice_without_paying_twice(session, invoice):
    edition = session.get_one(Edition, invoice.edition_id)
    lines = lines_of(
        invoice, "2023-06-01;7.00;thanks;CNY;T2", "2023-06-01;-5;fees;CNY;T3", "2023-06-01;9;x;USD;T4"
    )
    outcomes = [one.outcome for one in services.matched(session, edition, lines)]
    assert outcomes == ["part", "unmatched", "outgoing", "foreign"]
    counts = services.take_over(session, edition, lines)
    assert (counts["part"], counts["unmatched"]) == (1, 1)
    with pytest.raises(Refused, match="Nothing was taken over"):
        services.take_over(session, edition, lines)
    assert services.open_minor(session, invoice) == TOTAL - 10_000
    assert services.payment_count(session, edition.id, loose=True) == 1
    holds(session)


def test_a_line_that_names_two_invoices_is_left_to_a_person(session, invoice):
    edition = session.get_one(Edition, invoice.edition_id)
    other = services.issue_invoice(
        session, services.place_order(session, an_exhibitor(session, edition), QUOTE)
    )
    lines = lines_of(invoice, f"2023-06-01;9;{invoice.reference} {other.reference};CNY;T9")
    assert [one.outcome for one in services.matched(session, edition, lines)] == ["part", "unmatched"]


def test_money_beyond_what_is_open_is_told_before_it_is_taken_over(session, invoice):
    edition = session.get_one(Edition, invoice.edition_id)
    rest = f"{(TOTAL - 10_000) / 100:.2f}"
    paid = [f"2023-06-0{n};{sum_};{invoice.reference};CNY;N{n}" for n, sum_ in ((2, rest), (3, "5.00"))]
    lines = lines_of(invoice, *paid)
    found = [(one.outcome, one.open_minor) for one in services.matched(session, edition, lines)]
    assert found == [("part", TOTAL), ("matched", TOTAL - 10_000), ("idle", 0)]
    (more,) = services.matched(session, edition, [replace(lines[0], amount_minor=TOTAL + 1)])
    counts = services.take_over(session, edition, lines)
    assert (more.outcome, counts["idle"], services.open_minor(session, invoice)) == ("over", 1, -500)
    holds(session)


# ---- reminders ----


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


def with_trigger_off(session, statement: str) -> None:
    """For tests that need a past: nobody else may change what was issued."""
    holds(session)
    session.execute(text("ALTER TABLE invoice DISABLE TRIGGER invoice_is_final"))
    session.execute(text(statement))
    session.execute(text("ALTER TABLE invoice ENABLE TRIGGER invoice_is_final"))


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


@pytest.mark.parametrize("named", [True, False])
def test_money_is_not_taken_from_under_its_refund(session, invoice, named):
    firm, target = firm_of(session, invoice), invoice if named else None
    came = services.record(session, firm, 100, DAY, target)
    services.record(session, firm, 100, DAY, target, refund=True)
    with pytest.raises(Refused, match="Void the refund first"), session.begin_nested():
        services.void(session, came, "a slip")
    if not named:
        with pytest.raises(Refused, match="Void the refund first"), session.begin_nested():
            services.assign(session, came, invoice)
