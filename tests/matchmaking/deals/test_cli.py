"""`flask deals verify`."""

from sqlalchemy import text

from tests.make import an_edition
from tests.matchmaking.deals.making import a_deal


def test_an_intact_chain_is_told_with_its_last_seal(app, session):
    edition = an_edition(session)
    a_deal(session, edition)
    session.commit()
    told = app.test_cli_runner().invoke(args=["deals", "verify", edition.code])
    assert (told.exit_code, told.output[:35]) == (0, "The chain of 1 events is intact; it")


def test_a_broken_chain_is_told_where_it_broke(app, session):
    edition = an_edition(session)
    a_deal(session, edition)
    a_deal(session, edition)
    session.execute(text("ALTER TABLE deal_event DISABLE TRIGGER deal_event_append_only"))
    session.execute(text("UPDATE deal_event SET kind = 'moved' WHERE sequence = 2"))
    session.execute(text("ALTER TABLE deal_event ENABLE TRIGGER deal_event_append_only"))
    session.commit()
    told = app.test_cli_runner().invoke(args=["deals", "verify", edition.code])
    assert (told.exit_code, told.output) == (1, "The chain is broken at event 2 of 2.\n")


def test_an_unknown_edition_is_told(app, session):
    told = app.test_cli_runner().invoke(args=["deals", "verify", "nowhere"])
    assert (told.exit_code, told.output) == (2, "There is no edition nowhere.\n")
