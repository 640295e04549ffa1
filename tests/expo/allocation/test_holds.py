"""Publishing beside live selection: a stand on hold is not given away, and the sentence names it."""

from datetime import timedelta

import pytest

from expo.allocation import queries, services
from expo.clock import now
from expo.errors import Refused
from expo.selection.models import Hold, Round
from tests.expo.allocation.rows import a_fair, a_firm


def test_a_stand_that_is_held_is_named_and_the_former_plan_stays(session):
    fair = a_fair(session)
    a_firm(session, fair, "X", wishes=[("stand", "A-01")])
    services.publish(session, services.solve(session, fair.edition, 1, 100))
    picker = a_firm(session, fair, "P")
    late = a_firm(session, fair, "Y", wishes=[("stand", "B-06")], points=9)
    run = services.solve(session, fair.edition, 1, 100)
    start = now()
    picking = Round(edition_id=fair.edition.id, name="Round", starts_at=start)
    session.add(picking)
    session.flush()
    session.add(
        Hold(
            edition_id=fair.edition.id, stand_id=fair.stands["B-06"].id, exhibitor_id=picker.id,
            round_id=picking.id, held_at=start, expires_at=start + timedelta(minutes=5),
        )
    )  # fmt: skip
    session.flush()
    with pytest.raises(Refused, match="Stand B-06 is held or taken by somebody else"):
        services.publish(session, run)
    with pytest.raises(Refused, match="Stand B-06 is held or taken by somebody else"):
        services.give_stand(session, fair.stands["B-06"], late)
    assert queries.occupied(session, fair.edition) == {"X": ["A-01"]}
