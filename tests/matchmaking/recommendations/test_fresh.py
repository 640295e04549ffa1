"""Lists made one by one say what lists made all at once say; exposure, trade, words and tables of exports."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from matchmaking.recommendations import services
from matchmaking.recommendations.exports import read_exports
from matchmaking.recommendations.exposure import LENGTH, MOST, gini, lists
from matchmaking.recommendations.instances import worn
from matchmaking.recommendations.measures import base_of, comparable
from matchmaking.recommendations.measuring import by_code_only, evenness, ordered, recall
from matchmaking.recommendations.models import Due, Recommendation
from matchmaking.recommendations.pairing import Pairs, pairs_of
from matchmaking.recommendations.trade import AGAINST, COMPLETES, UNKNOWN, Trade, balassa
from matchmaking.recommendations.words import stems
from tests.make import a_buyer, a_need, a_product, an_edition, an_exhibitor


@pytest.fixture
def edition(session):
    edition = an_edition(session)
    for name in ("Honey", "Mountain honey", "Cheese"):
        exhibitor = an_exhibitor(session, edition)
        a_product(session, exhibitor, hs="040610" if name == "Cheese" else "040900", name={"en": name})
        a_product(session, exhibitor, hs="200799", name={"en": "Jam"}, price_minor=500)
    for text in ("honey", "cheese", "jam"):
        a_need(session, a_buyer(session, edition), hs={"jam": "2007"}.get(text, "04"), text={"en": text})
    return edition


def stored(session, edition) -> dict:
    rows = session.exec(select(Recommendation).where(Recommendation.edition_id == edition.id)).all()
    return {
        (one.buyer_id, one.exhibitor_id): (one.score, one.need_id, one.product_id, one.likeness)
        for one in rows
    }


def test_what_is_made_one_by_one_is_what_is_made_all_at_once(session, edition):
    services.refresh_all(session, edition)
    session.expire_all()
    whole = stored(session, edition)
    assert whole
    for need in session.exec(select(services.refreshing.Due)).all():
        session.delete(need)
    buyer = a_buyer(session, edition, languages=["ru"])
    a_need(session, buyer, hs="0409", text={"en": "honey of mountains"})
    a_product(session, an_exhibitor(session, edition), hs="200799", name={"en": "Apricot jam"})
    session.flush()
    assert services.bring_up_to_date(session, edition, wait=False)
    session.expire_all()
    singly = stored(session, edition)
    assert len(singly) > len(whole)
    services.refresh_all(session, edition)
    session.expire_all()
    at_once = stored(session, edition)
    assert set(singly) == set(at_once)
    fresh = {pair for pair in singly if pair not in whole}
    assert {pair: singly[pair][:3] for pair in fresh} == {pair: at_once[pair][:3] for pair in fresh}


def test_nothing_stays_due_once_lists_are_made(session, edition):
    assert services.bring_up_to_date(session, edition)
    assert session.exec(select(Due).where(Due.edition_id == edition.id)).all() == []


def crowd(owners: int, others: int, favourite: int) -> Pairs:
    """Everybody would rather have the same few."""
    owner = np.repeat(np.arange(owners), others)
    other = np.tile(np.arange(others), owners)
    score = np.where(other < favourite, 60, 56).astype(np.int64)
    return Pairs(owner, other, score, score, score, owner, other, score)


def test_who_is_hardly_seen_is_seen_more_and_nobody_moves_further_than_stated():
    pairs = crowd(60, 80, LENGTH)
    plain = lists(pairs, pairs.buyer, pairs.exhibitor, even=False)
    evened = lists(pairs, pairs.buyer, pairs.exhibitor)
    before, after = (np.bincount(pairs.exhibitor[x.pairs], minlength=80) for x in (plain, evened))
    assert gini(after) < gini(before)
    assert (after > 0).sum() > (before > 0).sum()
    assert max(map(abs, evened.points.values())) <= MOST


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(1, 30), st.integers(0, 100)), unique_by=lambda r: r[:2])
)
def test_a_list_holds_the_best_and_no_more_than_its_length(rows):
    columns = [np.array([row[i] for row in rows], np.int64) for i in (0, 1, 2, 2, 2, 0, 1, 2)]
    pairs = Pairs(*columns)
    found = lists(pairs, pairs.buyer, pairs.exhibitor, even=False)
    for owner in set(pairs.buyer.tolist()):
        scores = sorted(pairs.score[pairs.buyer == owner].tolist(), reverse=True)
        kept = sorted(pairs.score[found.pairs][pairs.buyer[found.pairs] == owner].tolist(), reverse=True)
        assert kept == scores[:LENGTH]


def test_more_true_matches_are_found_than_by_codes_alone_and_lists_are_more_even():
    market = worn(150, 80, 3)
    pairs = pairs_of(market.needs, market.offers, market.offers, market.trade)
    evened = lists(pairs, pairs.buyer, pairs.exhibitor)
    ours = ordered(pairs.buyer[evened.pairs], pairs.exhibitor[evened.pairs], evened.values, LENGTH)
    codes = ordered(pairs.buyer, pairs.exhibitor, by_code_only(market, pairs), LENGTH)
    assert recall(ours, market.truth) > recall(codes, market.truth)
    everybody = {offer.exhibitor for offer in market.offers}
    assert evenness(ours, everybody)[0] < evenness(codes, everybody)[0]
    assert worn(150, 80, 3) == market


def test_countries_complete_each_other_where_one_is_strong_and_the_other_not():
    trade = Trade(balassa([("KG", "04", 90), ("KG", "85", 10), ("CN", "04", 10), ("CN", "85", 890)]))
    assert round(trade.rca("KG", "04"), 2) == 9.0
    assert (trade.fit("KG", "CN", "04"), trade.fit("CN", "KG", "04")) == (COMPLETES, AGAINST)
    assert (trade.fit("KG", "KG", "04"), trade.fit("KG", "BR", "04")) == (UNKNOWN, UNKNOWN)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Carpets", "carpet"), ("Wanted: honey", "HONEY"), ("мёд", "меда"), ("求购：天然蜂蜜", "蜂蜜")],
)
def test_words_are_known_again(one, other):
    assert stems(one) & stems(other)


def test_prices_are_compared_in_one_currency_and_one_unit():
    rates = {"USD": Decimal(7), "CNY": Decimal(1)}
    assert base_of("T.") == ("kg", Decimal(1000))
    assert comparable(100_000, "USD", "t", rates) == ("home/kg", 700.0)
    assert comparable(700, "CNY", "kg", rates) == ("home/kg", 700.0)
    assert comparable(5, "XAU", "box", rates) == ("XAU/box", 5.0)


def test_a_table_of_exports_is_read_row_by_row():
    cells = ["Country Chapter Value", "kg 4 10.5", "ZZ 04 1", "KG 77 1", "KG 05 many", "KG 05 -1", "KG 04 2"]
    rows = [(number, row.split()) for number, row in enumerate(cells, start=1)]
    found, problems = read_exports(iter(rows))
    assert found == [("KG", "04", Decimal("10.50"))]
    assert [row for row, _said in problems] == [3, 4, 5, 6, 7]
    assert read_exports(iter([(1, ["a", "b"])]))[0] == []
