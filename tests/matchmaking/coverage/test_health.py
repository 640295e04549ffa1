"""Shares, concentration, and what fails with one supplier."""

from hypothesis import given
from hypothesis import strategies as st

from matchmaking.coverage.chains import Chain, Stage
from matchmaking.coverage.health import Answered, Share, Supply, by_section, fragile, hhi, links, share_of
from matchmaking.coverage.held import Held, counted, middle, spread

CHAIN = Chain("c", {}, (Stage({}, ("26",)), Stage({}, ("72",)), Stage({}, ("84",))))


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=50))
def test_concentration_lies_between_evenly_shared_and_one_alone(amounts):
    assert round(10_000 / len(amounts)) <= hhi(amounts) <= 10_000


def test_concentration_of_known_markets():
    assert (hhi([]), hhi([7]), hhi([1, 1]), hhi([3, 1])) == (None, 10_000, 5_000, 6_250)


def test_each_stage_of_a_chain_is_judged():
    needs = [Answered("7208", 2), Answered("84", 0), Answered("8402", 1, 9)]
    supply = [[], [Supply(1, "CN", 1), Supply(2, "RU", 1)], [Supply(9, "CN", 4)]]
    found = [
        (link.verdict, link.share, link.suppliers, link.countries) for link in links(CHAIN, needs, supply)
    ]
    assert found == [
        ("missing", Share(0, 0), 0, 0),
        ("narrow", Share(1, 1), 2, 2),
        ("single", Share(2, 1), 1, 1),
    ]
    many = [Supply(number, "CN", 1) for number in range(8)]
    verdicts = [link.verdict for link in links(CHAIN, needs, [many, many, many])]
    assert verdicts == ["firm", "firm", "gaps"]


def test_those_who_alone_could_serve_a_need_are_counted():
    needs = [Answered("84", 1, 9), Answered("85", 1, 9), Answered("86", 1, 3), Answered("87", 0)]
    assert fragile(needs) == [(9, 2), (3, 1)]
    assert (share_of(needs), share_of([]).part) == (Share(4, 3), 1.0)


def test_needs_are_told_by_section_in_the_order_of_the_nomenclature():
    needs = [Answered("8402", 1), Answered("0409", 0), Answered("040900", 2)]
    assert by_section(needs) == [("I", Share(2, 1)), ("XVI", Share(1, 1))]


def test_meetings_are_counted_by_what_became_of_them():
    rows = [("held", "run", 8), ("no_show", "run", 2), ("held", "site", 1), ("cancelled", "site", 1)]
    assert counted(rows) == Held(planned=0, held=9, no_show=2, cancelled=1, added=1)
    assert (counted(rows).kept, counted([]).kept) == (9 / 11, None)


def test_the_spread_has_no_gaps():
    assert (spread({0: 3, 2: 1}), spread({})) == ([(0, 3), (1, 0), (2, 1)], [])
    assert (middle({0: 1, 2: 1}), middle({})) == (1.0, None)
