"""How much stands are wanted, from ranked wishes."""

from hypothesis import given
from hypothesis import strategies as st

from expo.plan.demand import Demand, Desire, Place, by_zone, class_of, demand, steps

PLACES = [
    Place("A-01", "H1", "INT", 2, 5.0),
    Place("A-02", "H1", "INT", 1, 40.0),
    Place("B-01", "H2", "NAT", 1, 10.0),
]


def test_a_wish_for_a_stand_counts_there_whole_by_its_rank():
    found = demand(PLACES, [Desire("X", 1, "stand", "A-02"), Desire("Y", 2, "stand", "A-02")])
    assert found == {"A-01": Demand(0, 0), "A-02": Demand(1.5, 2), "B-01": Demand(0, 0)}


def test_a_wish_for_an_area_is_shared_out_among_the_stands_that_meet_it():
    def scores(*wish):
        return [one.score for one in demand(PLACES, [Desire("X", 1, *wish)]).values()]

    assert scores("zone", "INT") == [0.5, 0.5, 0]
    assert scores("hall", "H2") == [0, 0, 1]
    assert scores("corner", "") == [1, 0, 0]
    assert scores("near_entrance", "") == [0.5, 0, 0.5]
    assert scores("near_entrance", "", ("NAT",)) == [0, 0, 1]
    assert scores("beside", "Y") == scores("stand", "Q-9") == [0, 0, 0]


@given(st.lists(st.floats(0, 50), max_size=40))
def test_classes_rise_with_demand_and_hold_everything(scores):
    ends = steps(scores)
    assert ends == sorted(set(ends))
    assert all((class_of(score, ends) == 0) == (score == 0) for score in scores)
    ordered = sorted(scores)
    assert [class_of(score, ends) for score in ordered] == sorted(class_of(score, ends) for score in scores)


def test_applications_count_in_every_zone_they_accept():
    assert by_zone([(("INT",), 9), ((), 18), (("XXX",), 5)], {"INT": 100, "NAT": 50}) == {
        "INT": (2, 27),
        "NAT": (1, 18),
    }
