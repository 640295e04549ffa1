"""From needs and products to an agenda that is stored."""

import pytest
from sqlmodel import select

from expo.errors import Refused
from matchmaking.meetings import queries, services
from matchmaking.meetings.models import AgendaRun, Meeting
from tests.make import a_buyer, a_need, a_product, an_edition, an_exhibitor
from tests.matchmaking.meetings.making import a_market, a_meeting

ROUNDS = 500


def refusal(session, edition) -> str:
    with pytest.raises(Refused) as refused:
        services.solve(session, edition, rounds=ROUNDS)
    return str(refused.value.sentence)


def test_everybody_meets_everybody_where_there_is_room(session):
    edition = a_market(session)
    run = services.solve(session, edition, rounds=ROUNDS)
    rows = queries.meetings(session, edition)
    assert (run.requests, len(rows), run.violations, run.unmet) == (9, 9, 0, {})
    assert run.objective == run.bound
    assert {(row.buyer.code, row.exhibitor.code) for row in rows} == {
        (buyer.code, exhibitor.code)
        for buyer in queries.buyers(session, edition)
        for exhibitor in queries.exhibitors(session, edition)
    }


def test_what_is_not_met_is_counted_by_reason(session):
    edition = a_market(session, tables=1)
    run = services.solve(session, edition, rounds=ROUNDS)
    assert services.meeting_count(session, edition) == 4
    assert sum(run.unmet.values()) == 5


def test_a_buyer_who_is_away_is_met_when_it_is_back(session):
    edition = a_market(session, buyers=0, exhibitors=1)
    a_need(session, a_buyer(session, edition, unavailable=[1, 2, 3]), hs="0409", position=1)
    services.solve(session, edition, rounds=ROUNDS)
    assert [row.slot for row in queries.meetings(session, edition)] == [4]


def test_nobody_meets_their_own_organisation(session):
    edition = a_market(session, buyers=1, exhibitors=1)
    both = session.exec(select(services.Buyer).where(services.Buyer.edition_id == edition.id)).one()
    product = a_product(session, an_exhibitor(session, edition), hs="040900")
    exhibitor = session.get_one(services.Exhibitor, product.exhibitor_id)
    exhibitor.organisation_id = both.organisation_id
    session.flush()
    run = services.solve(session, edition, rounds=ROUNDS)
    assert run.requests == 1
    assert exhibitor.code not in {row.exhibitor.code for row in queries.meetings(session, edition)}


def test_another_run_replaces_what_was_planned(session):
    edition = a_market(session)
    services.solve(session, edition, seed=1, rounds=ROUNDS)
    second = services.solve(session, edition, seed=2, rounds=ROUNDS)
    runs = session.exec(select(Meeting.run_id).where(Meeting.edition_id == edition.id)).all()
    assert set(runs) == {second.id}
    assert services.latest_run(session, edition) == second
    assert len(session.exec(select(AgendaRun).where(AgendaRun.edition_id == edition.id)).all()) == 2


def test_the_same_seed_gives_the_same_agenda(session):
    edition = a_market(session)
    found = []
    for _ in range(2):
        services.solve(session, edition, seed=5, rounds=ROUNDS)
        rows = queries.meetings(session, edition)
        found.append([(row.slot, row.table, row.buyer.code, row.exhibitor.code) for row in rows])
    assert found[0] == found[1]


def test_without_slots_nobody_can_meet(session):
    assert refusal(session, an_edition(session)) == (
        "This edition has no meeting slots or tables yet. Set them in its settings first."
    )


def test_without_a_match_there_is_nobody_to_bring_together(session):
    edition = a_market(session, buyers=0)
    a_need(session, a_buyer(session, edition), hs="8703", position=1)
    assert refusal(session, edition) == (
        "No buyer's need meets any product yet, so there is nobody to bring together."
    )


def test_what_has_happened_is_not_planned_anew(session):
    edition = a_market(session)
    services.solve(session, edition, rounds=ROUNDS)
    session.exec(select(Meeting).where(Meeting.edition_id == edition.id)).first().state = "held"
    session.flush()
    assert refusal(session, edition) == ("1 meetings of this agenda have taken place; it is not made anew.")


def test_lists_show_the_idle_only_where_asked(session):
    edition = an_edition(session)
    busy, idle = an_exhibitor(session, edition), an_exhibitor(session, edition)
    a_meeting(session, a_buyer(session, edition), busy)
    assert [row.code for row in queries.exhibitors(session, edition)] == [busy.code]
    both = {row.code: row.count for row in queries.exhibitors(session, edition, idle=True)}
    assert both == {busy.code: 1, idle.code: 0}
