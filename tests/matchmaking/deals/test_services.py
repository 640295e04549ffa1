"""Recording deals, moving them on, and what is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlmodel import select

from expo.errors import Refused
from matchmaking.deals import queries, services
from matchmaking.deals.models import DealEvent, DealLine
from tests.make import a_buyer, an_edition, an_exhibitor
from tests.matchmaking.deals.making import DAY, a_deal, a_line, a_new_deal, a_rate


def refusal(call, *given, **named) -> str:
    with pytest.raises(Refused) as refused:
        call(*given, **named)
    return str(refused.value.sentence)


def test_a_deal_adds_up_and_is_numbered_from_one(session):
    edition = an_edition(session)
    lines = (a_line(), a_line(hs="080610", quantity=Decimal("2.5"), unit_price_minor=333))
    first, second = (a_deal(session, edition, lines=lines) for _ in range(2))
    amounts = [line.amount_minor for line in queries.lines_of(session, first)]
    assert (first.number, second.number) == (1, 2)
    assert (amounts, first.total_minor) == ([12340, 832], 13172)


def test_numbers_begin_anew_in_every_edition(session):
    assert [a_deal(session, an_edition(session)).number for _ in range(2)] == [1, 1]


def test_half_a_fen_is_rounded_to_the_even_one():
    halves = [(Decimal("0.5"), 1), (Decimal("0.5"), 3), (Decimal("1.5"), 1)]
    amounts = [a_line(quantity=quantity, unit_price_minor=price).amount_minor for quantity, price in halves]
    assert amounts == [0, 2, 2]


def test_the_latest_rate_on_or_before_the_day_is_kept_with_the_deal(session):
    edition = an_edition(session)
    a_rate(session, edition, on_date=DAY - timedelta(days=3), rate=Decimal(7))
    a_rate(session, edition, on_date=DAY - timedelta(days=1), rate=Decimal("7.1"), source="the bank")
    a_rate(session, edition, on_date=DAY + timedelta(days=1), rate=Decimal(8))
    deal = a_deal(session, edition, currency="USD")
    session.refresh(deal)
    assert (deal.rate, deal.rate_source, deal.rate_date) == (Decimal("7.1"), "the bank", date(2023, 6, 14))


def test_without_a_rate_nothing_is_recorded(session):
    edition = an_edition(session)
    new = a_new_deal(session, edition, currency="USD")
    assert refusal(services.record, session, edition, new) == (
        "There is no exchange rate for USD on 2023-06-15. Add one first."
    )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"lines": ()}, "A deal has at least one line."),
        ({"type": "gift"}, "Choose a type and a stage from the lists."),
        ({"stage": "dream"}, "Choose a type and a stage from the lists."),
        ({"lines": (a_line(hs="0409"),)}, "0409 is not an HS code of six digits."),
        ({"lines": (a_line(hs="770000"),)}, "770000 is not an HS code of six digits."),
        ({"lines": (a_line(quantity=Decimal(0)),)}, "Quantities are above zero and prices are not negative."),
        ({"lines": (a_line(unit_price_minor=-1),)}, "Quantities are above zero and prices are not negative."),
        ({"currency": "XYZ"}, "XYZ is not a currency code of ISO 4217."),
        (
            {"lines": (a_line(quantity=Decimal(10**9), unit_price_minor=10**9),)},
            "That is more money than a deal can hold. Check quantities and prices.",
        ),
    ],
)
def test_what_is_no_deal_is_refused_in_words(session, wrong, sentence):
    edition = an_edition(session)
    assert refusal(services.record, session, edition, a_new_deal(session, edition, **wrong)) == sentence


def test_parties_of_another_edition_are_refused(session):
    edition, other = an_edition(session), an_edition(session)
    for stranger in ({"seller": an_exhibitor(session, other)}, {"buyer": a_buyer(session, other)}):
        new = a_new_deal(session, edition, **stranger)
        assert refusal(services.record, session, edition, new) == (
            "Both parties of a deal belong to this edition."
        )


def test_a_step_that_the_table_does_not_know_is_refused(session):
    edition = an_edition(session)
    deal = a_deal(session, edition)
    said = [refusal(services.move, session, edition, deal, stage) for stage in ("paid", "lead", "nowhere")]
    assert said == [
        "A deal cannot go from Intent to Paid.",
        "A deal cannot go from Intent to Lead.",
        "A deal cannot go from Intent to Unknown.",
    ]
    assert deal.stage == "intent"


def test_every_step_is_sealed_into_one_chain(session):
    edition = an_edition(session)
    one, other = a_deal(session, edition), a_deal(session, edition)
    services.move(session, edition, one, "contract")
    services.move(session, edition, other, "lapsed")
    kinds = [(event.sequence, event.kind) for event in queries.events_of(session, one)]
    assert kinds == [(1, "recorded"), (3, "moved")]
    assert services.chain_break(session, edition) is None
    assert queries.last_event(session, edition)[0] == 4


def test_a_change_behind_the_ledgers_back_is_found(session):
    edition = an_edition(session)
    for _ in range(3):
        a_deal(session, edition)
    session.execute(text("ALTER TABLE deal_event DISABLE TRIGGER deal_event_append_only"))
    event = session.exec(select(DealEvent).where(DealEvent.edition_id == edition.id, DealEvent.sequence == 2))
    event.one().payload = {"total_minor": 1}
    session.flush()
    session.expire_all()
    session.execute(text("ALTER TABLE deal_event ENABLE TRIGGER deal_event_append_only"))
    assert services.chain_break(session, edition) == 2


def test_several_are_recorded_as_one_by_one(session):
    edition = an_edition(session)
    deals = services.record_all(session, edition, [a_new_deal(session, edition) for _ in range(3)])
    lines = session.exec(select(DealLine).where(DealLine.deal_id.in_([deal.id for deal in deals]))).all()
    assert [deal.number for deal in deals] == [1, 2, 3]
    assert (len(lines), services.chain_break(session, edition)) == (3, None)


def test_nothing_to_record_records_nothing(session):
    edition = an_edition(session)
    assert (services.record_all(session, edition, []), queries.last_event(session, edition)) == ([], (0, ""))
