"""Several seeds stand in for a bound."""

import pytest

from expo.forums.timetable.instances import a_programme
from expo.forums.timetable.spread import best_and_spread


def test_the_best_of_several_seeds_is_handed_back_with_the_distance_of_the_worst():
    forum = a_programme(2, talks=20, rooms=3, people=100, days=2, forums=2)
    spread = best_and_spread(forum, (1, 2, 3), rounds=20_000)
    assert spread.best.total == min(spread.totals)
    assert spread.percent == pytest.approx(100 * (max(spread.totals) / min(spread.totals) - 1))


def test_a_spread_needs_a_seed():
    with pytest.raises(ValueError, match="seed"):
        best_and_spread(a_programme(2, talks=5, rooms=2, people=5, days=1, forums=1), ())
