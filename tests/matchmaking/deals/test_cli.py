"""`flask deals verify` and `flask deals recount`."""

import pytest
from sqlalchemy import text

from matchmaking.deals import services
from matchmaking.deals.models import DealHead
from tests.make import an_edition
from tests.matchmaking.deals.making import a_deal


@pytest.fixture
def edition(session):
    """An edition with two deals; the second was moved."""
    edition = an_edition(session)
    a_deal(session, edition)
    services.move(session, edition, a_deal(session, edition), "contract")
    session.commit()
    return edition


def behind_the_back(session, statement: str) -> None:
    """Change what triggers protect, as somebody with the keys of the database would."""
    session.execute(text("SET LOCAL session_replication_role = replica"))
    session.execute(text(statement))
    session.execute(text("SET LOCAL session_replication_role = origin"))
    session.commit()


def run(app, *arguments: str) -> tuple[int, str]:
    told = app.test_cli_runner().invoke(args=["deals", *arguments])
    return told.exit_code, told.output


def test_an_intact_ledger_is_told_with_its_last_seal(app, session, edition):
    seal = session.get_one(DealHead, edition.id).hash
    assert run(app, "verify", edition.code) == (
        0,
        f"The chain of 3 events is intact; its last seal is {seal}.\n",
    )


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE deal_event SET kind = 'confirmed' WHERE sequence = 2", "event 2 of 3: the event is not as"),
        (
            "UPDATE deal_event SET payload = replace(payload, '12340', '12341') WHERE sequence = 1",
            "event 1 of 3: the event is not as",
        ),
        ("UPDATE deal_event SET user_id = 1 WHERE sequence = 3", "event 3 of 3: the event is not as"),
        ("UPDATE deal_event SET user_id = 0 WHERE sequence = 3", "event 3 of 3: the event is not as"),
        ("UPDATE deal_event SET deal_id = NULL WHERE sequence = 3", "event 3 of 3: the event is not as"),
        ("UPDATE deal_event SET payload = payload || ' ' WHERE sequence = 3", "event 3 of 3: the event"),
        ("DELETE FROM deal_head", "event 1 of 0: the record of the chain's end was changed"),
        ("UPDATE deal_event SET at = at + interval '1 us' WHERE sequence = 3", "event 3 of 3: the event"),
        ("DELETE FROM deal_event WHERE sequence = 2", "event 2 of 3: an event is missing there"),
        ("DELETE FROM deal_event WHERE sequence = 3", "event 3 of 3: events were cut off"),
        ("DELETE FROM deal_event", "event 1 of 3: events were cut off"),
        ("UPDATE deal_head SET sequence = 2", "event 2 of 2: the record of the chain's end was changed"),
        (
            "UPDATE deal_event SET sequence = CASE sequence WHEN 1 THEN 92 WHEN 2 THEN 1 ELSE sequence END",
            "event 1 of 3: it does not continue",
        ),
        ("UPDATE deal SET stage = 'paid' WHERE number = 2", "Deal 2 is not what its events say: stage"),
        (
            "UPDATE deal_line SET unit = 't' WHERE position = 1",
            "Deal 1 is not what its events say: lines",
        ),
        ("UPDATE deal SET total_minor = 1, home_minor = 1", "Deal 1 is not what its events say: total"),
        ("UPDATE deal SET standing = 'confirmed' WHERE number = 1", "Deal 1 is not what its events say"),
        ("UPDATE deal_sum SET minor = minor + 1 WHERE dimension = 'all'", "2 sums are not what"),
    ],
)
def test_whatever_was_touched_is_told_and_where(app, session, edition, statement, told):
    behind_the_back(session, statement)
    code, output = run(app, "verify", edition.code)
    assert (code, told in output) == (1, True), output


def test_sums_are_put_right(app, session, edition):
    behind_the_back(session, "UPDATE deal_sum SET minor = minor + 1")
    assert run(app, "recount", edition.code) == (0, "The sums are added up anew.\n")
    assert run(app, "verify", edition.code)[0] == 0


def test_a_seal_noted_down_proves_that_nothing_before_it_was_written_anew(app, session, edition):
    noted = f"3:{session.get_one(DealHead, edition.id).hash}"
    assert run(app, "verify", edition.code, "--chain-only", "--seal", noted)[0] == 0
    for other in (f"3:{'a' * 64}", "4:", "x", noted[:-1]):
        assert run(app, "verify", edition.code, "--seal", other)[0] == 1


def test_an_unknown_edition_is_told(app, session):
    assert run(app, "verify", "nowhere") == (2, "There is no edition nowhere.\n")
