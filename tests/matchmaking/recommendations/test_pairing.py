"""Whole blocks scored at once, against the plain score of every pair."""

from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.catalogue.hs import shared_level
from matchmaking.recommendations import pairing
from matchmaking.recommendations.fit import Need, Offer, fits, score
from matchmaking.recommendations.likeness import likeness_of
from matchmaking.recommendations.pairing import pairs_of
from matchmaking.recommendations.trade import Trade

HS = ["04", "0409", "0406", "040900", "040610", "870323", "87"]
short = st.sampled_from(["", "a", "b"])
sets = st.frozensets(st.sampled_from(["x", "y", "z"]), max_size=2)
stems = st.frozensets(st.sampled_from(["honey", "chees", "蜂蜜", "мед", "cars"]), max_size=3)
amounts = st.sampled_from([0.0, 1.0, 3.0, 7.0, 10.0])
prices = st.sampled_from([0.0, 90.0, 100.0, 113.5, 130.0])
followed = st.none() | sets
needs_of = st.lists(
    st.builds(
        Need,
        id=st.just(0),
        buyer=st.sampled_from([1, 2, 3]),
        hs=st.sampled_from(HS),
        texts=st.lists(stems, max_size=2).map(tuple),
        quantity=amounts,
        unit=short,
        min_price=prices,
        max_price=prices,
        price_key=short,
        incoterm=short,
        certificates=sets,
        countries=sets,
        languages=sets,
        country=st.sampled_from(["", "x", "y"]),
        forums=followed,
    ),
    max_size=6,
)
offers_of = st.lists(
    st.builds(
        Offer,
        id=st.just(0),
        exhibitor=st.sampled_from([7, 8, 9]),
        hs=st.sampled_from([h for h in HS if len(h) == 6]),
        stems=stems,
        origin=st.sampled_from(["", "x", "y"]),
        quantity=amounts,
        unit=short,
        price=prices,
        price_key=short,
        incoterm=short,
        certificates=sets,
        languages=sets,
        markets=sets,
        forums=followed,
    ),
    max_size=6,
)
TRADE = Trade({"x": {"04": 2.0}, "y": {"87": 1.0, "04": 0.5}})


def plainly(needs, offers) -> dict:
    best = {}
    for n in needs:
        for o in offers:
            if not shared_level(n.hs, o.hs):
                continue
            corpus = [one for one in offers if one.hs[:2] == o.hs[:2]]
            text = int(likeness_of(corpus).permille([n], [o])[0, 0])
            found = score(fits(n, o, text, TRADE))
            known = best.get((n.buyer, o.exhibitor))
            if known is None or found.both > known.both:
                best[n.buyer, o.exhibitor] = found
    return best


@settings(max_examples=150, deadline=None)
@given(needs_of, offers_of, st.sampled_from([1, 3, 1000]))
def test_the_arrays_say_what_the_plain_score_says(needs, offers, block):
    whole, pairing.BLOCK = pairing.BLOCK, block
    try:
        found = pairs_of(needs, offers, offers, TRADE)
    finally:
        pairing.BLOCK = whole
    rows = zip(found.buyer, found.exhibitor, found.score, strict=True)
    assert {(int(b), int(e)): int(s) for b, e, s in rows} == {
        pair: one.both for pair, one in plainly(needs, offers).items()
    }


@settings(max_examples=50, deadline=None)
@given(needs_of, offers_of)
def test_scores_stay_within_a_hundred_and_pairs_come_once(needs, offers):
    found = pairs_of(needs, offers, offers, TRADE)
    for column in (found.score, found.buyer_score, found.exhibitor_score):
        assert ((column >= 0) & (column <= 100)).all()
    assert len({*zip(found.buyer.tolist(), found.exhibitor.tolist(), strict=True)}) == len(found)


def test_pairs_kept_apart_are_left_out():
    needs, offers = [Need(1, 1, "0409")], [Offer(1, 7, "040900"), Offer(2, 8, "040900")]
    assert pairs_of(needs, offers, offers, TRADE, {(1, 7)}).exhibitor.tolist() == [8]


def test_nothing_in_nothing_out():
    assert len(pairs_of([], [Offer(1, 7, "040900")], [], TRADE)) == 0
    assert len(pairs_of([Need(1, 1, "87")], [Offer(1, 7, "040900")], [], TRADE)) == 0


def test_a_pair_stands_for_its_best_need_and_offer():
    needs = [Need(1, 1, "04"), Need(2, 1, "040900")]
    offers = [Offer(1, 7, "040610"), Offer(2, 7, "040900"), Offer(3, 7, "040900")]
    found = pairs_of(needs, offers, offers, TRADE)
    assert (found.need.tolist(), found.offer.tolist()) == ([2], [2])
