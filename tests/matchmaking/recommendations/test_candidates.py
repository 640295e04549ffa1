"""The vectorised ranking against the plain score of every pair."""

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.recommendations import candidates as module
from matchmaking.recommendations.candidates import Candidate, candidates
from matchmaking.recommendations.score import Need, Offer, mutual_score

HS = ["04", "0409", "0406", "040900", "040610", "870323", "87"]
words = st.sampled_from(["", "a", "b"])
sets = st.frozensets(st.sampled_from(["x", "y", "z"]), max_size=2)
amounts = st.sampled_from([0, 1, 3, 7, 10])
needs_lists = st.lists(
    st.builds(
        Need,
        code=st.just(""),
        buyer=st.sampled_from(["B1", "B2", "B3"]),
        hs=st.sampled_from(HS),
        quantity=amounts,
        unit=words,
        max_price_minor=st.sampled_from([0, 90, 100, 120]),
        currency=words,
        incoterm=words,
        certificates=sets,
        countries=sets,
        languages=sets,
        country=st.sampled_from(["", "x", "y"]),
    ),
    max_size=6,
)
offers_lists = st.lists(
    st.builds(
        Offer,
        code=st.just(""),
        supplier=st.sampled_from(["S1", "S2", "S3"]),
        hs=st.sampled_from([h for h in HS if len(h) == 6]),
        origin=st.sampled_from(["", "x", "y"]),
        quantity=amounts,
        unit=words,
        price_minor=st.sampled_from([0, 90, 100, 113, 130]),
        currency=words,
        incoterm=words,
        certificates=sets,
        languages=sets,
        markets=sets,
    ),
    max_size=6,
)


def best_of_every_pair(needs, offers) -> dict:
    best = {}
    for n in needs:
        for o in offers:
            total = mutual_score(n, o).total
            if total > best.get((n.buyer, o.supplier), 0):
                best[(n.buyer, o.supplier)] = total
    return best


@settings(max_examples=150, deadline=None)
@given(needs_lists, offers_lists, st.sampled_from([1, 3, 1000]))
def test_the_arrays_say_what_the_plain_score_says(needs, offers, block):
    whole, module.BLOCK = module.BLOCK, block
    try:
        found = candidates(needs, offers, 99, 99)
    finally:
        module.BLOCK = whole
    assert {(c.buyer, c.supplier): c.total for c in found} == best_of_every_pair(needs, offers)


@settings(max_examples=50, deadline=None)
@given(needs_lists, offers_lists)
def test_a_pair_is_kept_when_either_side_ranks_it(needs, offers):
    totals = best_of_every_pair(needs, offers)
    kept = {(c.buyer, c.supplier) for c in candidates(needs, offers, 1, 0)}
    for buyer in {b for b, _ in totals}:
        mine = {pair: t for pair, t in totals.items() if pair[0] == buyer}
        chosen = [pair for pair in kept if pair[0] == buyer]
        assert [totals[p] for p in chosen] == [max(mine.values())]
    both = {(c.buyer, c.supplier) for c in candidates(needs, offers, 1, 1)}
    assert kept <= both
    assert {s for _, s in both} == {s for _, s in totals}


def test_a_pair_stands_for_its_best_need_and_offer():
    needs = [Need("n1", "B", "04"), Need("n2", "B", "040900")]
    offers = [Offer("o1", "S", "040610"), Offer("o2", "S", "040900"), Offer("o3", "S", "040900")]
    total = mutual_score(needs[1], offers[1]).total
    assert candidates(needs, offers, 5, 5) == [Candidate("B", "S", "n2", "o2", total)]


def test_pairs_kept_apart_do_not_take_a_place():
    needs = [Need("n", "B", "040900")]
    offers = [Offer("o1", "S1", "040900"), Offer("o2", "S2", "040610")]
    assert [c.supplier for c in candidates(needs, offers, 1, 0)] == ["S1"]
    assert [c.supplier for c in candidates(needs, offers, 1, 0, apart={("B", "S1")})] == ["S2"]


def test_nothing_in_nothing_out():
    assert candidates([], [Offer("o", "S", "040900")], 5, 5) == []
    assert candidates([Need("n", "B", "87")], [Offer("o", "S", "040900")], 5, 5) == []


def test_a_whole_expo_is_ranked_in_a_moment():
    rng = random.Random(1)
    codes = [f"{c:02}{h:02}{s:02}" for c in range(1, 40) for h in range(1, 6) for s in range(0, 60, 20)]
    needs = [Need(f"n{i}", f"B{i % 600}", rng.choice(codes), 10, "t", 500, "CNY") for i in range(2400)]
    offers = [
        Offer(
            f"o{i}",
            f"S{i % 330}",
            rng.choice(codes),
            "RU",
            rng.randint(1, 20),
            "t",
            rng.randint(300, 700),
            "CNY",
        )
        for i in range(10_500)
    ]
    start = time.process_time()
    found = candidates(needs, offers, 20, 20)
    assert time.process_time() - start < 5
    assert {c.buyer for c in found} == {f"B{i}" for i in range(600)}
    assert {c.supplier for c in found} == {f"S{i}" for i in range(330)}
