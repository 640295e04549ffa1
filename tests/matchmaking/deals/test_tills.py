"""The till at a stand: a sale is sold once, and a closed day stays as it was closed."""

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from expo.db import make_engine
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from matchmaking.deals import queries, services
from matchmaking.deals.models import TillClose, TillSale
from tests.make import an_edition, an_exhibitor
from tests.matchmaking.deals.making import DAY
from tests.matchmaking.deals.test_services import refusal

JAM = services.Sale("k1", DAY, "200799", "Jam", Decimal(2), "pcs", 1550, "CNY")


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def stand(session, edition):
    return an_exhibitor(session, edition)


def test_a_sale_sent_twice_is_sold_once(session, edition, stand):
    first, is_new = services.sell(session, edition, stand, JAM)
    again, again_new = services.sell(session, edition, stand, JAM)
    assert (first.id, first.amount_minor, is_new, again_new) == (again.id, 3100, True, False)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"quantity": Decimal(0)}, "A quantity is above zero and has at most three decimals."),
        ({"unit_price_minor": 0}, "A price is above zero."),
        ({"hs": "200"}, "200 is not an HS code of six digits."),
        ({"unit": "m2"}, "Goods of HS 200799 are not counted in m2."),
        ({"day": date(2023, 7, 1)}, "Sales are made on the days of the expo."),
        ({"paid_by": "shells"}, "Choose how it was paid."),
    ],
)
def test_what_is_no_sale_is_refused(session, edition, stand, wrong, sentence):
    assert refusal(services.sell, session, edition, stand, replace(JAM, **wrong)) == sentence


def test_a_closed_day_is_one_retail_deal_apart_from_purchases(session, edition, stand):
    by_weight = replace(JAM, quantity=Decimal("0.333"), unit="kg")
    several = (replace(JAM, key="a"), replace(JAM, key="b"), replace(by_weight, key="c"))
    sold = [services.sell(session, edition, stand, sale)[0] for sale in several]
    gone, _new = services.sell(session, edition, stand, replace(JAM, key="d"))
    services.void(session, stand, gone.id)
    deal = services.close(session, edition, stand, DAY, "CNY", 1)
    lines = [(line.quantity, line.amount_minor) for line in queries.lines_of(session, deal)]
    assert lines == [(Decimal("0.333"), 516), (Decimal(4), 6200)]
    assert (deal.type, deal.stage, deal.total_minor) == ("retail", "paid", 6716)
    assert set(queries.outcomes(session, edition)) == {"retail"}
    close = session.exec(select(TillClose)).one()
    assert (close.sales, close.total_minor, close.deal_id) == (3, 6716, deal.id)
    for wanted in (
        lambda: services.sell(session, edition, stand, replace(JAM, key="e")),
        lambda: services.void(session, stand, sold[0].id),
    ):
        assert refusal(wanted) == "The till of this day is closed; no sale can follow."
    assert refusal(services.close, session, edition, stand, DAY, "CNY") == "This day is closed already."
    assert services.verify(session, edition).intact


def test_a_day_without_sales_is_not_closed(session, edition, stand):
    assert refusal(services.close, session, edition, stand, DAY, "CNY") == "Nothing was sold on this day."


def test_the_database_refuses_a_closing_that_does_not_add_up(session, edition, stand):
    services.sell(session, edition, stand, JAM)
    deal = services.close(session, edition, stand, DAY, "CNY")
    with pytest.raises(DBAPIError, match="does not add up"), session.begin_nested():
        session.execute(
            text(
                "INSERT INTO till_close"
                " (edition_id, exhibitor_id, day, currency, sales, total_minor, deal_id, at)"
                " VALUES (:edition, :stand, '2023-06-16', 'CNY', 1, 5, :deal, now())"
            ),
            {"edition": edition.id, "stand": stand.id, "deal": deal.id},
        )


def test_sales_and_the_closing_at_once_leave_no_sale_outside(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        edition = an_edition(session)
        stand = an_exhibitor(session, edition)
        services.sell(session, edition, stand, JAM)
        session.commit()
        ids = edition.id, stand.id
    together = threading.Barrier(9)

    def act(number: int) -> None:
        with Session(engine) as session:
            edition, stand = session.get_one(Edition, ids[0]), session.get_one(Exhibitor, ids[1])
            together.wait()
            try:
                if number:
                    services.sell(session, edition, stand, replace(JAM, key=f"n{number}"))
                else:
                    services.close(session, edition, stand, DAY, "CNY")
                session.commit()
            except Refused:
                session.rollback()

    people = [threading.Thread(target=act, args=(number,)) for number in range(9)]
    for one in people:
        one.start()
    for one in people:
        one.join(30)
    with Session(engine) as session:
        sold = sum(session.exec(select(TillSale.amount_minor)).all())
        assert session.exec(select(TillClose.total_minor)).one() == sold
    engine.dispose()
