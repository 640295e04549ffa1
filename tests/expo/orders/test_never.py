"""What must never happen to money, whoever tries: with raw SQL and with real connections at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session, select

from expo.db import make_engine
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Invoice, Order
from expo.orders import services
from expo.orders.models import Service
from expo.orders.references import reference
from expo.orders.statement import read
from expo.outbox.models import Mail
from expo.schema import alembic_config
from tests.expo.orders.test_services import QUOTE
from tests.make import an_edition, an_exhibitor

AT_ONCE = 32


@pytest.fixture
def engine(fresh_database):
    engine = make_engine(fresh_database)
    engine.dispose()
    yield engine
    engine.dispose()


def an_invoice(session) -> Invoice:
    exhibitor = an_exhibitor(session, an_edition(session))
    return services.issue_invoice(session, services.place_order(session, exhibitor, QUOTE))


def a_service(session, edition, **given) -> Service:
    values = {"code": "SPOT", "category": "power", "name": {"en": "Spotlight"}, "price_minor": 5_000}
    return services.save_service(session, edition, values | {"tax_bp": 600} | given)


def at_once(work, number: int = AT_ONCE) -> list:
    """What `work(n)` answers in as many threads, all let go at the same moment; Refused as its sentence."""
    together = Barrier(number, timeout=60)

    def one(n: int):
        together.wait()
        try:
            return work(n)
        except Refused as refused:
            return str(refused.sentence)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def test_numbers_have_no_holes_though_half_of_32_transactions_are_rolled_back(engine):
    with Session(engine) as setup:
        edition = an_edition(setup)
        orders = [services.place_order(setup, an_exhibitor(setup, edition), QUOTE).id for _ in range(AT_ONCE)]
        edition_id = edition.id
        setup.commit()

    def issue(n: int) -> None:
        with Session(engine) as session:
            services.issue_invoice(session, session.get_one(Order, orders[n]))
            session.rollback() if n % 2 else session.commit()

    at_once(issue)
    with Session(engine) as session:
        numbers = session.exec(select(Invoice.number).where(Invoice.edition_id == edition_id)).all()
    assert sorted(numbers) == list(range(1, AT_ONCE // 2 + 1))


def test_32_exhibitors_never_get_more_than_the_stock(engine):
    with Session(engine) as setup:
        edition = an_edition(setup)
        a_service(setup, edition, stock=Decimal(10))
        firms = [an_exhibitor(setup, edition) for _ in range(AT_ONCE)]
        for firm in firms:
            services.fill_cart(setup, firm, {"SPOT": Decimal(3)})
        ids, edition_id = [firm.id for firm in firms], edition.id
        setup.commit()

    def order(n: int) -> str:
        with Session(engine) as session:
            firm = session.get_one(Exhibitor, ids[n])
            edition = session.get_one(Edition, edition_id)
            services.order_cart(session, edition, firm, 15_900)
            session.commit()
            return "ordered"

    answers = at_once(order)
    assert answers.count("ordered") == 3
    assert {answer for answer in answers if answer != "ordered"} == {"Spotlight: only 1 are left."}
    with Session(engine) as session:
        assert session.exec(select(Service.taken)).one() == 9


def test_two_who_pay_the_same_invoice_at_once_leave_it_paid_and_one_credit(engine):
    with Session(engine) as setup:
        invoice = an_invoice(setup)
        invoice_id, order_id, half = invoice.id, invoice.order_id, invoice.total_minor // 2 + 1
        setup.commit()

    def pay(_n: int) -> str:
        with Session(engine) as session:
            order = session.get_one(Order, order_id)
            firm = session.get_one(Exhibitor, order.exhibitor_id)
            services.record(session, firm, half, date(2023, 6, 1), session.get_one(Invoice, invoice_id))
            session.commit()
            return "paid"

    assert at_once(pay, 8) == ["paid"] * 8
    with Session(engine) as session:
        order = session.get_one(Order, order_id)
        account = services.account_of(session, session.get_one(Exhibitor, order.exhibitor_id))
    assert (order.state, account.paid, account.open) == ("paid", 8 * half, QUOTE.total_minor - 8 * half)


REFUSED = {
    "UPDATE invoice SET total_minor = 1": "is final",
    "UPDATE invoice SET snapshot = '{}'": "is final",
    "DELETE FROM invoice": "is final",
    "TRUNCATE invoice CASCADE": "append-only",
    "UPDATE exhibitor_order_line SET quantity = quantity": "lines are settled",
    "DELETE FROM exhibitor_order_line": "lines are settled",
    "UPDATE exhibitor_order SET total_minor = 0, net_minor = 0, tax_minor = 0": "sums are settled",
    "UPDATE exhibitor_order SET state = 'paid'": "0 paid",
    "UPDATE exhibitor_order SET state = 'open'": "is open with",
    "UPDATE exhibitor_order SET state = 'cancelled'": "is cancelled with",
    "INSERT INTO invoice (edition_id, order_id, kind, number, issued_at, currency, total_minor, snapshot)"
    " SELECT edition_id, order_id, 'invoice', 3, now(), currency, 1, '{}' FROM invoice": "leave a hole",
    "INSERT INTO invoice (edition_id, order_id, kind, credits_id, number, issued_at, currency, total_minor,"
    " snapshot) SELECT edition_id, order_id, 'credit_note', id, 1, now(), currency, total_minor + 1, '{}'"
    " FROM invoice": "more than invoice",
    "INSERT INTO payment (edition_id, exhibitor_id, invoice_id, kind, amount_minor, currency, paid_on,"
    " reference, payer, note, created_at, void_reason) SELECT i.edition_id, o.exhibitor_id, i.id, 'payment',"
    " i.total_minor, i.currency, '2023-06-01', '', '', '', now(), '' FROM invoice i"
    " JOIN exhibitor_order o ON o.id = i.order_id": "is invoiced with",
    "INSERT INTO payment (edition_id, exhibitor_id, invoice_id, kind, amount_minor, currency, paid_on,"
    " reference, payer, note, created_at, void_reason) SELECT i.edition_id, o.exhibitor_id, i.id, 'payment',"
    " 1, 'USD', '2023-06-01', '', '', '', now(), '' FROM invoice i"
    " JOIN exhibitor_order o ON o.id = i.order_id": "one exhibitor and currency",
}


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_alone_refuses(session, statement):
    an_invoice(session)
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    with pytest.raises(DBAPIError, match=REFUSED[statement]):
        session.execute(text(statement))


def test_a_payment_keeps_its_sum_and_is_not_deleted(session):
    invoice = an_invoice(session)
    services.mark_paid(session, session.get_one(Order, invoice.order_id))
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    for statement in ("UPDATE payment SET amount_minor = 1", "DELETE FROM payment"):
        with pytest.raises(DBAPIError, match="payment"), session.begin_nested():
            session.execute(text(statement))


def test_stock_is_given_back_by_whoever_cancels_and_never_below_what_is_taken(session):
    edition = an_edition(session)
    service = a_service(session, edition, stock=Decimal(5))
    firm = an_exhibitor(session, edition)
    services.fill_cart(session, firm, {"SPOT": Decimal(4)})
    order = services.order_cart(session, edition, firm, 21_200)
    with pytest.raises(IntegrityError, match="stock"), session.begin_nested():
        session.execute(text("UPDATE service SET stock = 3"))
    session.execute(text("UPDATE exhibitor_order SET state = 'cancelled' WHERE id = :id"), {"id": order.id})
    session.refresh(service)
    assert service.taken == 0


def test_a_whole_edition_can_still_be_deleted(session):
    invoice = an_invoice(session)
    services.mark_paid(session, session.get_one(Order, invoice.order_id))
    session.execute(text("DELETE FROM edition"))
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    assert session.exec(select(Invoice)).all() == []


def test_what_was_issued_before_survives_the_migration(fresh_database):
    """A database of the former version with one order open, one invoiced, one paid and one cancelled."""
    engine = make_engine(fresh_database)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
    command.upgrade(alembic_config(engine), "0004")
    with engine.begin() as connection:
        for statement in BEFORE.split(";"):
            connection.execute(text(statement.replace(":", r"\:")))
    command.upgrade(alembic_config(engine), "0005")
    with engine.begin() as connection:
        papers = connection.execute(
            text("SELECT number, reference, due_on::text, kind FROM invoice ORDER BY number")
        ).all()
        payments = connection.execute(text("SELECT amount_minor, paid_on::text FROM payment")).all()
        connection.execute(text("UPDATE exhibitor_order SET state = state"))  # every order still holds
        connection.execute(text("SET CONSTRAINTS order_is_settled IMMEDIATE"))
    engine.dispose()
    assert papers == [
        (1, reference(1, 1), "2023-03-15", "invoice"),
        (2, reference(1, 2), "2023-03-15", "invoice"),
    ]
    assert payments == [(106, "2023-04-01")]


BEFORE = """
INSERT INTO edition (id, code, name, theme, description, city, venue_name, country, timezone, currency,
  languages, starts_on, ends_on, gross_m2, seed, prices, meetings, points_rule, is_public)
  VALUES (1, 'x', '{}', '{}', '{}', '{}', '{}', 'CN', 'Asia/Shanghai', 'CNY', '[]', '2023-06-15',
  '2023-06-16', 1, 1, '{}', '{}', '{}', true);
INSERT INTO organisation (id, name, search_name, country, size, website, email, phone, city)
  SELECT n, '{}', 'firm ' || n, 'KZ', 'small', '', '', '', '' FROM generate_series(1, 3) n;
INSERT INTO exhibitor (id, edition_id, organisation_id, code, state, sector, profile, area_m2, shape, zones,
  power_kw, height_cm, points, points_origin, paid_on, newcomer, contact_name, contact_email, step,
  review_note, search_text, created_at)
  SELECT n, 1, n, 'EX' || n, 'accepted', '', '{}', 9, 'any', '[]', 0, 250, 0, '[]', '2023-04-01', false, '',
  '', '', '', '', now() FROM generate_series(1, 3) n;
INSERT INTO exhibitor_order (id, edition_id, exhibitor_id, number, currency, state, net_minor, tax_minor,
  total_minor, created_at) SELECT n, 1, n, n, 'CNY', (ARRAY['paid', 'invoiced', 'open'])[n], 100, 6, 106,
  '2023-03-01 00:00Z' FROM generate_series(1, 3) n;
INSERT INTO exhibitor_order_line (order_id, position, kind, text, quantity, unit, unit_price_minor, net_minor,
  tax_bp, tax_minor) SELECT n, 1, 'shell', '{}', 1, 'm', 100, 100, 600, 6 FROM generate_series(1, 3) n;
INSERT INTO invoice (edition_id, order_id, number, issued_at, currency, total_minor, snapshot)
  SELECT 1, n, n, '2023-03-01 00:00Z', 'CNY', 106, '{}' FROM generate_series(1, 2) n
"""


def test_a_statement_read_by_eight_at_once_is_one_payment(engine):
    with Session(engine) as setup:
        invoice = an_invoice(setup)
        invoice_id, quoted, edition_id = invoice.id, invoice.reference, invoice.edition_id
        setup.commit()
    rows = [(1, ["date", "amount", "reference"]), (2, ["2023-06-01", "10.00", quoted])]

    def take(_n: int) -> str:
        with Session(engine) as session:
            edition = session.get_one(Edition, edition_id)
            services.take_over(session, edition, read(rows, "CNY")[0])
            session.commit()
            return "taken"

    answers = at_once(take, 8)
    assert answers.count("taken") == 1
    assert {answer.split(":")[0] for answer in answers} == {"taken", "Nothing was taken over"}
    with Session(engine) as session:
        assert services.open_minor(session, session.get_one(Invoice, invoice_id)) == QUOTE.total_minor - 1_000


def test_reminders_written_by_eight_at_once_go_out_once(engine):
    with Session(engine) as setup:
        edition = an_edition(setup)
        services.save_list(setup, edition, 1, {}, {"due_days": 0, "reminder_days": [1, 2, 3]})
        firm = an_exhibitor(setup, edition, contact_email="a@example.org")
        services.issue_invoice(setup, services.place_order(setup, firm, QUOTE))
        edition_id = edition.id
        setup.commit()
        setup.execute(text("ALTER TABLE invoice DISABLE TRIGGER invoice_is_final"))
        setup.execute(text("UPDATE invoice SET due_on = due_on - 9"))
        setup.execute(text("ALTER TABLE invoice ENABLE TRIGGER invoice_is_final"))
        setup.commit()

    def write(_n: int) -> int:
        with Session(engine) as session:
            edition = session.get_one(Edition, edition_id)
            written, _unreachable = services.remind(
                session, edition, lambda row, _spoken: (str(row.level), "")
            )
            session.commit()
            return written

    assert sorted(at_once(write, 8)) == [0] * 7 + [1]
    with Session(engine) as session:
        assert session.exec(select(Mail.subject)).all() == ["1"]
