"""From needs and products to an agenda that is stored."""

import pytest
from sqlmodel import select

from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer
from matchmaking.meetings import queries, services
from matchmaking.meetings.models import Delegate, Meeting
from matchmaking.requests import services as requests
from matchmaking.requests.models import MeetingRefusal
from matchmaking.requests.queries.parties import party
from matchmaking.requests.wishes import Wish
from tests.make import a_buyer, a_need, a_product, an_edition, an_exhibitor
from tests.matchmaking.meetings.making import a_market, a_meeting

ROUNDS = 500


def refusal(session, edition) -> str:
    with pytest.raises(Refused) as refused:
        services.solve(session, edition, rounds=ROUNDS)
    return str(refused.value.sentence)


def counts(version):
    return {kind: number for kind, number in version.changes.items() if kind != "rows"}


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
    both = session.exec(select(Buyer).where(Buyer.edition_id == edition.id)).one()
    product = a_product(session, an_exhibitor(session, edition), hs="040900")
    exhibitor = session.get_one(Exhibitor, product.exhibitor_id)
    exhibitor.organisation_id = both.organisation_id
    session.flush()
    run = services.solve(session, edition, rounds=ROUNDS)
    assert run.requests == 1
    assert exhibitor.code not in {row.exhibitor.code for row in queries.meetings(session, edition)}


def test_a_run_changes_nothing_until_it_is_published(session):
    edition = a_market(session)
    run = services.work_out(session, edition, rounds=ROUNDS)
    assert (run.state, services.meeting_count(session, edition)) == ("done", 0)
    version = services.publish(session, edition, run)
    assert (version.number, counts(version)) == (1, {"added": 9, "moved": 0, "cancelled": 0})
    assert len(version.changes["rows"]) == 9
    assert (run.state, services.meeting_count(session, edition)) == ("published", 9)


def test_of_two_runs_from_one_agenda_the_second_is_told(session):
    edition = a_market(session)
    one, two = (services.work_out(session, edition, seed=seed, rounds=ROUNDS) for seed in (1, 2))
    services.publish(session, edition, one)
    before = [(row.number, row.slot, row.table) for row in queries.meetings(session, edition)]
    with pytest.raises(Refused, match="Somebody changed the agenda since this run began"):
        services.publish(session, edition, two)
    assert [(row.number, row.slot, row.table) for row in queries.meetings(session, edition)] == before


def test_a_repair_changes_nothing_that_need_not_change(session):
    edition = a_market(session)
    services.solve(session, edition, rounds=ROUNDS)
    before = {(row.number, row.slot, row.table) for row in queries.meetings(session, edition)}
    run = services.work_out(session, edition, kind="repair", seed=9, rounds=ROUNDS)
    change = services.change_of(session, edition, run)
    assert change.counts == {"added": 0, "moved": 0, "cancelled": 0}
    assert {(row.number, row.slot, row.table) for row in queries.meetings(session, edition)} == before


def test_after_a_withdrawal_only_those_concerned_are_told(session):
    edition = a_market(session)
    services.solve(session, edition, rounds=ROUNDS)
    services.tell(session, edition, services.affected(session, edition))
    assert services.affected(session, edition) == []
    gone = session.exec(select(Exhibitor).where(Exhibitor.edition_id == edition.id)).first()
    gone.state = "withdrawn"
    session.flush()
    run = services.work_out(session, edition, kind="repair", rounds=ROUNDS)
    version = services.publish(session, edition, run)
    assert counts(version) == {"added": 0, "moved": 0, "cancelled": 3}
    readers = services.affected(session, edition)
    assert {news.kind for reader in readers for news in reader.news} == {"cancelled"}
    assert [reader.code for reader in readers if reader.side == "exhibitor"] == [gone.code]
    assert len([reader for reader in readers if reader.side == "buyer"]) == 3


def test_lost_tables_move_as_little_as_possible_and_locks_stay(session):
    edition = a_market(session, buyers=2, exhibitors=2)
    services.solve(session, edition, rounds=ROUNDS)
    rows = session.exec(select(Meeting).where(Meeting.edition_id == edition.id)).all()
    services.lock(session, edition, rows[0], True)
    lost = next(row for row in rows if (row.slot, row.table_number) != (rows[0].slot, rows[0].table_number))
    services.keep_table(session, edition, lost.table_number, closed=[lost.slot])
    run = services.work_out(session, edition, kind="repair", rounds=ROUNDS)
    change = services.change_of(session, edition, run)
    assert (change.counts["moved"], change.counts["cancelled"]) == (1, 0)
    services.publish(session, edition, run)
    session.refresh(lost)
    assert lost.sequence == 1


def test_the_rest_is_added_around_what_is_booked(session):
    edition = a_market(session, buyers=2, exhibitors=2)
    buyer = session.exec(select(Buyer).where(Buyer.edition_id == edition.id)).first()
    exhibitor = session.exec(select(Exhibitor).where(Exhibitor.edition_id == edition.id)).first()
    services.furnish(session, edition)
    booked, _ = services.add(session, edition, buyer.id, exhibitor.id, services.Spot(3, 2))
    run = services.work_out(session, edition, kind="rest", rounds=ROUNDS)
    services.publish(session, edition, run)
    session.refresh(booked)
    assert (booked.slot, booked.table_number, booked.sequence) == (3, 2, 0)
    assert services.meeting_count(session, edition) == 4


def test_people_of_a_firm_meet_side_by_side(session):
    edition = a_market(session, buyers=4, exhibitors=1, end="09:40")
    exhibitor = session.exec(select(Exhibitor).where(Exhibitor.edition_id == edition.id)).one()
    for name in ("Ana", "Bek"):
        one = Delegate(edition_id=edition.id, exhibitor_id=exhibitor.id, name=name)
        services.keep_delegate(session, edition, one)
    services.solve(session, edition, rounds=ROUNDS)
    rows = session.exec(select(Meeting).where(Meeting.edition_id == edition.id)).all()
    assert sorted(row.slot for row in rows) == [1, 1, 2, 2]
    assert len({(row.slot, row.exhibitor_delegate_id) for row in rows}) == 4


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


def test_what_has_happened_stays_when_the_rest_is_planned_anew(session):
    edition = a_market(session)
    services.solve(session, edition, rounds=ROUNDS)
    held = session.exec(select(Meeting).where(Meeting.edition_id == edition.id)).first()
    held.state = "held"
    session.flush()
    place = (held.slot, held.table_number)
    services.solve(session, edition, seed=8, rounds=ROUNDS)
    session.refresh(held)
    assert (held.state, (held.slot, held.table_number)) == ("held", place)


def test_a_hand_moves_a_meeting_and_is_told_in_words_why_not(session):
    edition = a_market(session, tables=9)
    services.solve(session, edition, rounds=ROUNDS)
    rows = session.exec(select(Meeting).where(Meeting.edition_id == edition.id).order_by(Meeting.id)).all()
    one = rows[0]
    free = next(
        slot
        for slot in (1, 2, 3, 4)
        if not any(
            row.slot == slot and (row.buyer_id == one.buyer_id or row.exhibitor_id == one.exhibitor_id)
            for row in rows
        )
    )
    services.move(session, edition, one, services.Spot(free), one.sequence)
    assert (one.slot, one.sequence) == (free, 1)
    with pytest.raises(Refused, match="Somebody changed this meeting just before you"):
        services.move(session, edition, one, services.Spot(free), 0)
    busy = next(row for row in rows if row.buyer_id == one.buyer_id and row.id != one.id)
    with pytest.raises(Refused, match="has another meeting at that time"):
        services.move(session, edition, one, services.Spot(busy.slot), one.sequence)
    assert services.version_of(session, edition) == 2


def test_a_pair_that_said_no_is_refused_without_saying_who(session):
    edition = a_market(session, buyers=1, exhibitors=1)
    buyer = session.exec(select(Buyer).where(Buyer.edition_id == edition.id)).one()
    exhibitor = session.exec(select(Exhibitor).where(Exhibitor.edition_id == edition.id)).one()
    session.add(
        MeetingRefusal(edition_id=edition.id, buyer_id=buyer.id, exhibitor_id=exhibitor.id, side="supplier")
    )
    session.flush()
    with pytest.raises(Refused, match="These two cannot be brought together"):
        services.add(session, edition, buyer.id, exhibitor.id, services.Spot(1))


def test_lists_show_the_idle_only_where_asked(session):
    edition = an_edition(session)
    busy, idle = an_exhibitor(session, edition), an_exhibitor(session, edition)
    a_meeting(session, a_buyer(session, edition), busy)
    assert [row.code for row in queries.exhibitors(session, edition)] == [busy.code]
    both = {row.code: row.count for row in queries.exhibitors(session, edition, idle=True)}
    assert both == {busy.code: 1, idle.code: 0}


def test_two_people_of_an_exhibitor_hold_two_meetings_agreed_for_one_slot(session):
    edition = a_market(session, buyers=2, exhibitors=1)
    (seller,) = session.exec(select(Exhibitor).where(Exhibitor.edition_id == edition.id))
    session.add_all(Delegate(edition_id=edition.id, exhibitor_id=seller.id, name=name) for name in "AB")
    session.flush()
    me = party(session, edition, "supplier", seller.id)
    for buyer in session.exec(select(Buyer).where(Buyer.edition_id == edition.id)).all():
        asks = party(session, edition, "buyer", buyer.id)
        assert asks is not None and me is not None
        request = requests.ask(session, edition, asks, seller.id, wish=Wish(slot=2))
        requests.accept(session, edition, me, request)
    services.solve(session, edition, rounds=ROUNDS)
    rows = session.exec(select(Meeting).where(Meeting.edition_id == edition.id)).all()
    assert [row.slot for row in rows] == [2, 2]
    assert len({row.exhibitor_delegate_id for row in rows}) == 2
