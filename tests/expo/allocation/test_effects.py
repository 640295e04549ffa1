"""A plan edited by hand, judged after each act as if all of it were judged anew."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from expo.allocation import services
from expo.allocation.allocate import allocate
from expo.allocation.effects import judged, judged_after
from expo.allocation.instances import instance
from expo.allocation.services.comparing import plan_named
from expo.exhibitors.models import Exhibitor
from tests.expo.allocation.rows import a_fair, a_firm

PROBLEM = instance(24, 2, 120, seed=5)
BEGUN = dict(allocate(PROBLEM, seed=1, rounds=100).placements)
CODES = [applicant.code for applicant in PROBLEM.applicants]
STANDS = [unit.code for unit in PROBLEM.units]
ACTS = st.lists(
    st.tuples(
        st.sampled_from([*CODES, "NOBODY"]),
        st.lists(st.sampled_from([*STANDS[:40], "Q-1"]), max_size=4, unique=True),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(ACTS)
def test_act_by_act_it_says_what_a_look_at_everybody_says(acts):
    problem, places = PROBLEM, BEGUN
    found = judged(problem, places)
    for code, stands, settles in acts:
        after = {**places, code: tuple(stands)} if stands else {k: v for k, v in places.items() if k != code}
        locks = {k: v for k, v in problem.locks.items() if k != code}
        locks |= {code: tuple(stands)} if settles and stands else {}
        changed = {code} if locks.get(code) != problem.locks.get(code) else set()
        problem = replace(problem, locks=locks)
        found = judged_after(problem, found, places, after, changed)
        places = after
        assert found == judged(problem, places)


def test_a_change_of_the_rows_is_judged_at_once(session):
    fair = a_fair(session)
    firm = a_firm(session, fair, "X", area_m2=9)
    services.publish(session, services.solve(session, fair.edition, 1, 100))
    draft = services.open_draft(session, fair.edition, plan_named(session, fair.edition, "now"), "Draft")
    assert services.verdict(session, draft).now.broken == ()
    exhibitor = session.get_one(Exhibitor, getattr(firm, "id", firm))
    exhibitor.area_m2 = 27
    session.add(exhibitor)
    assert [one.rule for one in services.verdict(session, draft).now.broken] == ["area"]
