"""What reviews come to."""

from hypothesis import given
from hypothesis import strategies as st

from expo.call.letters import filled, with_link
from expo.call.ranking import Standing, Weighed, percent, standing
from expo.call.states import NEXT, STATES, may_become

TWO = [Weighed(1, 3, 5), Weighed(2, 1, 10)]


def test_a_review_is_a_weighted_percentage():
    assert percent({1: 5, 2: 10}, TWO) == 100
    assert percent({1: 5, 2: 0}, TWO) == 75
    assert percent({2: 5}, TWO) == 50
    assert percent({}, TWO) is None


def test_who_abstains_is_counted_apart():
    found = standing([(False, {1: 5, 2: 10}), (True, {}), (False, {1: 0, 2: 0})], TWO)
    assert found == Standing(50, 50, 50, 2, 1)
    assert standing([(True, {})], TWO) == Standing(None, None, None, 0, 1)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 10)), min_size=1, max_size=9))
def test_mean_and_median_lie_between_the_worst_and_the_best_review(scores):
    reviews = [(False, {1: one, 2: two}) for one, two in scores]
    totals = [percent(given_scores, TWO) for _away, given_scores in reviews]
    found = standing(reviews, TWO)
    assert min(totals) - 1e-9 <= found.mean <= max(totals) + 1e-9
    assert min(totals) - 1e-9 <= found.median <= max(totals) + 1e-9
    assert 0 <= found.spread <= 50 + 1e-9


def test_what_is_accepted_stays_accepted():
    assert NEXT["accepted"] == frozenset()
    assert [state for state in STATES if may_become(state, "accepted")] == [
        "submitted",
        "waiting",
        "rejected",
    ]


def test_own_words_are_filled_once_and_keep_other_braces():
    values = {"name": "{title}", "title": "A", "link": "https://x"}
    assert filled("{name} {title} {else} {0} %s", values) == "{title} A {else} {0} %s"
    assert with_link("Come.", "accepted") == "Come.\n\n{link}"
    assert with_link("Sorry.", "rejected") == "Sorry."
