"""Turns: points, then the day of payment, then a lottery that anybody can draw again."""

import hashlib
import math

from hypothesis import given
from hypothesis import strategies as st

from expo.allocation import priority
from expo.allocation.problem import Applicant, Problem
from expo.points.ranking import NEVER, lottery, turns


def test_an_outsider_draws_the_same_lot():
    assert lottery(2023, "EX001") == int(hashlib.sha256(b"2023:EX001").hexdigest()[:16], 16)


def test_points_come_before_payment_and_payment_before_luck():
    standings = {"A": (5.0, NEVER), "B": (9.0, 3.0), "C": (5.0, 2.0), "D": (5.0, 1.0), "E": (-4.0, 0.0)}
    assert turns(standings, 1) == {"B": 1, "D": 2, "C": 3, "A": 4, "E": 5}
    assert turns({"A": (math.nan, 1.0), "B": (1.0, 1.0)}, 1) == {"B": 1, "A": 2}


@given(
    st.dictionaries(
        st.from_regex(r"EX[0-9]{3}", fullmatch=True), st.tuples(st.integers(-5, 5), st.integers(1, 3))
    ),
    st.integers(0, 2**31 - 1),
)
def test_the_allocation_serves_in_the_same_order(standings, seed):
    applicants = tuple(
        Applicant(code, 9, points=float(points), paid_on=float(paid))
        for code, (points, paid) in standings.items()
    )
    queue = priority.order(Problem((), applicants, lottery_seed=seed))
    mine = turns({code: (float(points), float(paid)) for code, (points, paid) in standings.items()}, seed)
    assert list(queue) == sorted(mine, key=lambda code: mine[code])
