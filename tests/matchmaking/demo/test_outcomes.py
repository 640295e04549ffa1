"""Deals come from meetings: sums result from orders, nobody buys more than wanted or offered."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.money import to_minor
from matchmaking.deals.models import STAGES, TYPES
from matchmaking.demo.outcomes import Held, Market, Offer, Want, outcomes, totals
from matchmaking.demo.rates import RATES

DAY = date(2023, 6, 16)
MARKET = Market("CNY", RATES)


def language_map(row, name: str) -> dict[str, str]:
    return {language: row[f"{name}_{language}"] for language in ("en", "zh", "ru", "ur")}


@pytest.fixture(scope="module")
def meetings(made) -> list[Held]:
    """Every buyer meets up to eight exhibitors that have what it needs."""
    draw = Random(1)
    offers, wants, sellers = {}, {}, {}
    for key, p in enumerate(made.tables["products"], 1):
        price = to_minor(Decimal(str(p["price"])), p["currency"])
        offer = Offer(
            key, p["hs"], language_map(p, "name"), Decimal(p["quantity"]), p["unit"], price, p["currency"]
        )
        offers.setdefault(p["exhibitor"], []).append(offer)
        for digits in (2, 4, 6):
            sellers.setdefault(p["hs"][:digits], set()).add(p["exhibitor"])
    for key, n in enumerate(made.tables["needs"], 1):
        limit = to_minor(Decimal(str(n["max_price"])), n["currency"])
        want = Want(key, n["hs"], Decimal(n["quantity"]), n["unit"], limit, n["currency"])
        wants.setdefault(n["buyer"], []).append(want)
    found = []
    for buyer, mine in wants.items():
        able = sorted({seller for want in mine for seller in sellers[want.hs]})
        for seller in draw.sample(able, min(8, len(able))):
            score = draw.uniform(0.2, 1)
            found.append(Held(len(found) + 1, buyer, seller, score, DAY, tuple(offers[seller]), tuple(mine)))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_purchases_add_up_to_about_a_billion_yuan(meetings, seed):
    worth = totals(outcomes(meetings, MARKET, seed), MARKET)
    assert 90_000_000_000 <= worth["purchase"] <= 110_000_000_000
    assert worth["cooperation"] == 0


def test_the_same_seed_gives_the_same_deals(meetings):
    some = meetings[:500]
    assert outcomes(some, MARKET, 3) == outcomes(some, MARKET, 3)
    assert outcomes(some, MARKET, 3) != outcomes(some, MARKET, 4)


def test_types_and_stages_are_those_that_deals_know(meetings):
    found = outcomes(meetings, MARKET, 2023)
    assert {deal.type for deal in found} == {"purchase", "cooperation"} < set(TYPES)
    assert {deal.stage for deal in found if deal.type == "purchase"} == {"contract", "intent"} < set(STAGES)
    assert sum(deal.type == "cooperation" for deal in found) == 24


def test_nobody_orders_more_of_a_need_than_wanted(meetings):
    wanted = {want.key: want.quantity for meeting in meetings for want in meeting.wants}
    ordered = dict.fromkeys(wanted, Decimal(0))
    for deal in outcomes(meetings, MARKET, 2023):
        for line in deal.lines:
            if line.want is not None:
                ordered[line.want] += line.quantity
    assert all(ordered[key] <= quantity for key, quantity in wanted.items())


def test_no_meetings_make_no_deals():
    assert outcomes([], MARKET, 1) == []


@given(
    score=st.floats(0.01, 1),
    quantity=st.decimals(0, 10_000, places=3),
    price=st.integers(0, 10**9),
    limit=st.integers(0, 10**9),
    digits=st.sampled_from((2, 4, 6)),
    seed=st.integers(0, 99),
)
def test_a_single_meeting_never_breaks_the_simulation(score, quantity, price, limit, digits, seed):
    offer = Offer(1, "040900", {"en": "Honey"}, Decimal(500), "kg", price, "USD")
    want = Want(1, "040900"[:digits], quantity, "kg", limit, "CNY")
    for deal in outcomes([Held(1, "BY1", "EX1", score, DAY, (offer,), (want,))], MARKET, seed):
        assert [line.offer for line in deal.lines] == [1]
        assert 0 < deal.lines[0].quantity <= min(quantity, 500)
