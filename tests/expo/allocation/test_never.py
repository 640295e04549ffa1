"""What the database alone refuses about published plans, also to raw SQL."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from expo.allocation import services
from tests.expo.allocation.rows import a_fair, a_firm


def check(session):
    """What a commit would look at."""
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    session.execute(text("SET CONSTRAINTS ALL DEFERRED"))


def published(session):
    fair = a_fair(session)
    a_firm(session, fair, "X")
    run = services.solve(session, fair.edition, 1, 100)
    services.publish(session, run)
    return fair, run


@pytest.mark.parametrize("more", ["", "; DELETE FROM allotment WHERE run_id = :run"])
def test_a_plan_is_not_taken_back_while_its_places_or_its_version_stay(session, more):
    _fair, run = published(session)
    with pytest.raises(IntegrityError, match="allocation_taken_back_whole"), session.begin_nested():
        for statement in f"UPDATE allocation_run SET state = 'superseded' WHERE id = :run{more}".split(";"):
            session.execute(text(statement), {"run": run.id})
        check(session)


def test_what_publishes_and_takes_back_as_a_whole_is_let_through(session):
    fair, _run = published(session)
    other = services.solve(session, fair.edition, 2, 100)
    services.publish(session, other)
    check(session)
    services.withdraw(session, fair.edition, "The hall is flooded.")
    check(session)
    services.publish(session, other)
    check(session)
    assert other.state == "published"
