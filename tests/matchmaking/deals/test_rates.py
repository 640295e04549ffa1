"""Tables of rates from a file: a dry run lists every bad row, nothing is half taken over."""

from datetime import date, timedelta
from decimal import Decimal

from sqlmodel import select

from expo.editions.models import Rate
from matchmaking.deals import services
from tests.make import an_edition
from tests.matchmaking.deals.making import DAY, a_new_deal, a_rate
from tests.matchmaking.deals.test_services import refusal

FILE = """date,currency,rate,source
2023-06-15,USD,7.1430,a bank
2023-06-15,eur,7.72,a bank
2023-06-16,USD,7.15,a bank
"""
WRONG = """date,currency,rate,source
15.6.2023,USD,7,a bank
2023-06-15,XYZ,7,a bank
2023-06-15,CNY,1,a bank
2023-06-15,USD,-7,a bank
2023-06-15,USD,seven,a bank
2023-06-15,USD,7,
2023-06-14,USD,8,a bank
"""


def test_rates_are_taken_over_and_sealed(session):
    edition = an_edition(session)
    a_rate(session, edition)
    reading = services.read_rates(session, edition, FILE.encode(), 100)
    assert (len(reading.fresh), reading.known, reading.problems) == (2, 1, ())
    assert session.exec(select(Rate.currency)).all() == ["USD"]
    assert services.take_rates(session, edition, reading, 1) == 2
    assert [one.currency for one in services.rates(session, edition)] == ["USD", "EUR", "USD"]
    assert services.verify(session, edition).intact


def test_every_bad_row_is_listed_and_nothing_is_taken(session):
    edition = an_edition(session)
    a_rate(session, edition, on_date=date(2023, 6, 14), rate=Decimal(7))
    reading = services.read_rates(session, edition, WRONG.encode(), 100)
    assert [row for row, _sentence in reading.problems] == [2, 3, 4, 5, 6, 7, 8]
    assert str(reading.problems[-1][1]) == "There is another rate for this currency and day already."
    assert refusal(services.take_rates, session, edition, reading) == (
        "Nothing was taken over: put the rows that are listed right first."
    )


def test_what_is_no_table_is_told(session):
    edition = an_edition(session)
    for data in (b"a,b\n1,2\n", b"\xff\xfe", b"", b"PK\x03\x04"):
        assert len(services.read_rates(session, edition, data, 100).problems) == 1


def test_a_rate_of_long_ago_is_no_rate_of_the_day(session):
    edition = an_edition(session)
    a_rate(session, edition, on_date=DAY - timedelta(days=32))
    new = a_new_deal(session, edition, currency="USD")
    assert refusal(services.record, session, edition, new) == (
        "The latest exchange rate for USD before 2023-06-15 is of 2023-05-14; that is more than a month old."
        " Add a newer one first."
    )
