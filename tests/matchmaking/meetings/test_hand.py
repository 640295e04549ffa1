"""Meetings moved, swapped and mended by an organiser's hand, and by two organisers at once."""

import pytest
from sqlmodel import select

from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer
from matchmaking.meetings import services
from matchmaking.meetings.models import AgendaVersion, Meeting
from matchmaking.meetings.queries import mending, moving
from matchmaking.meetings.services.gathering import market_of
from tests.matchmaking.meetings.making import a_market
from tests.matchmaking.onsite.making import a_day, a_meeting_now
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def fair(session):
    """Three buyers, three exhibitors, four slots, nine tables; the first pair meets at 1, the second at 2."""
    edition = a_market(session, tables=9)
    services.furnish(session, edition)
    market = market_of(session, edition).ask
    buyers, sellers = [one.id for one in market.buyers], [one.id for one in market.exhibitors]
    rows = [
        services.add(session, edition, buyer, seller, services.Spot(slot, table))[0]
        for buyer, seller, slot, table in zip(buyers[:2], sellers[:2], (1, 2), (4, 7), strict=True)
    ]
    for row in rows:
        session.refresh(row)
    return edition, rows, buyers, sellers


def test_two_meetings_trade_time_and_table_and_leave_a_version_that_names_both(session, fair):
    edition, (one, other), _buyers, _sellers = fair
    assert services.swap(session, edition, one, other, (one.sequence, other.sequence)) == []
    assert [(row.slot, row.table_number, row.sequence) for row in (one, other)] == [(2, 7, 1), (1, 4, 1)]
    assert one.starts_at > other.starts_at
    version = session.exec(select(AgendaVersion).order_by(AgendaVersion.id.desc())).first()
    assert version.changes == {
        "moved": 2,
        "rows": [
            ["moved", one.buyer_id, one.exhibitor_id, 1, 4, 2, 7],
            ["moved", other.buyer_id, other.exhibitor_id, 2, 7, 1, 4],
        ],
    }


def test_nobody_is_sent_to_a_table_that_is_not_there(session, fair):
    edition, (one, _other), buyers, sellers = fair
    with pytest.raises(Refused, match="There is no table 77"):
        services.move(session, edition, one, services.Spot(1, 77), one.sequence)
    with pytest.raises(Refused, match="There is no table 77"):
        services.add(session, edition, buyers[2], sellers[2], services.Spot(1, 77))


def test_a_swap_that_puts_somebody_in_two_meetings_changes_neither(session, fair):
    edition, (one, other), _buyers, sellers = fair
    services.add(session, edition, one.buyer_id, sellers[2], services.Spot(2))
    with pytest.raises(Refused, match="has another meeting at that time"):
        services.swap(session, edition, one, other, (one.sequence, other.sequence))
    session.refresh(one)
    session.refresh(other)
    assert [(row.slot, row.table_number) for row in (one, other)] == [(1, 4), (2, 7)]
    assert moving.trades(session, one) == []


def test_a_swap_is_refused_for_what_is_old_locked_or_the_same(session, fair):
    edition, (one, other), _buyers, _sellers = fair
    with pytest.raises(Refused, match="Choose two meetings"):
        services.swap(session, edition, one, one, (one.sequence, one.sequence))
    with pytest.raises(Refused, match="just before you"):
        services.swap(session, edition, one, other, (one.sequence, other.sequence + 1))
    services.lock(session, edition, other, True)
    with pytest.raises(Refused, match="locked"):
        services.swap(session, edition, one, other, (one.sequence, other.sequence))


def test_what_speaks_against_a_swap_is_said_but_does_not_hinder_it(session, fair):
    edition, (one, other), _buyers, _sellers = fair
    session.get_one(Buyer, one.buyer_id).unavailable = [2]
    session.flush()
    warnings = services.swap(session, edition, one, other, (one.sequence, other.sequence))
    assert [str(one) for one in warnings] == ["The buyer said that it cannot come at this time."]


def test_times_say_who_is_free_and_how_many_tables_are_left(session, fair):
    edition, (one, _other), buyers, sellers = fair
    found = moving.choices(session, edition, services.slots(edition), (buyers[0], sellers[1]))
    told = [(choice.buyer_busy, choice.exhibitor_busy, choice.tables) for choice in found]
    assert told == [(True, False, 8), (False, True, 8), (False, False, 9), (False, False, 9)]
    without = moving.choices(
        session, edition, services.slots(edition), (one.buyer_id, one.exhibitor_id), one.id
    )
    assert [choice.is_free for choice in without] == [True] * 4


def test_a_page_offers_the_meetings_that_could_trade_places(client, session):
    edition, buyers, sellers = a_day(session)
    services.furnish(session, edition)
    one = a_meeting_now(session, edition, buyers[0], sellers[0], later=1)
    other = a_meeting_now(session, edition, buyers[1], sellers[1], later=2, table=2)
    session.commit()
    sign_in(client, session, role="organiser", edition=edition)
    address = f"/{edition.code}/console/meetings/{one.id}"
    page = client.get(address)
    assert (page.status_code, problems(page.text)) == (200, [])
    assert f'<option value="{other.id}">' in page.text
    nothing = client.post(address, data={"act": "swap", "sequence": "0", "other": ""})
    assert (nothing.status_code, "Choose the meeting to trade places with." in nothing.text) == (409, True)
    answer = client.post(address, data={"act": "swap", "sequence": "0", "other": str(other.id)})
    assert answer.status_code == 302
    session.expire_all()
    assert [session.get_one(Meeting, row).table_number for row in (one.id, other.id)] == [2, 1]


def test_nobody_is_sent_into_a_time_that_is_over(session):
    edition, buyers, sellers = a_day(session)
    services.furnish(session, edition)
    meeting = a_meeting_now(session, edition, buyers[0], sellers[0], later=1)
    with pytest.raises(Refused, match="This time is over"):
        services.move(session, edition, meeting, services.Spot(1), 0)
    with pytest.raises(Refused, match="This time is over"):
        services.add(session, edition, buyers[1].id, sellers[1].id, services.Spot(1))
    over = a_meeting_now(session, edition, buyers[1], sellers[1], later=-2)
    with pytest.raises(Refused, match="This time is over"):
        services.swap(session, edition, meeting, over, (0, 0))


def test_what_cannot_take_place_any_more_is_listed_with_the_reason(client, session, fair):
    edition, (one, other), _buyers, _sellers = fair
    assert mending.unfit_count(session, edition) == 0
    services.keep_table(session, edition, one.table_number, closed=[one.slot])
    session.get_one(Exhibitor, other.exhibitor_id).state = "withdrawn"
    session.commit()
    assert [(row.number, row.why) for row in mending.unfit(session, edition, 9, 0)] == [
        (one.id, "closed"),
        (other.id, "withdrawn"),
    ]
    sign_in(client, session, role="organiser", edition=edition)
    page = client.get(f"/{edition.code}/console/meetings/mend")
    assert (page.status_code, problems(page.text)) == (200, [])
    assert "The exhibitor no longer takes part." in page.text


def test_of_two_organisers_who_move_one_meeting_the_second_is_told(client, session, fair):
    edition, (one, _other), _buyers, _sellers = fair
    session.commit()
    sign_in(client, session, role="organiser", edition=edition)
    address = f"/{edition.code}/console/meetings/{one.id}"
    seen = {"act": "move", "sequence": str(one.sequence), "table": ""}
    assert client.post(address, data=seen | {"slot": "3"}).status_code == 302
    late = client.post(address, data=seen | {"slot": "4"})
    assert (late.status_code, "Somebody changed this meeting just before you." in late.text) == (409, True)
    session.expire_all()
    assert session.get_one(Meeting, one.id).slot == 3


def test_a_hand_at_work_while_a_run_is_looked_at_is_not_undone_by_publishing_it(session, fair):
    edition, (one, _other), _buyers, _sellers = fair
    run = services.work_out(session, edition, rounds=500)
    services.move(session, edition, one, services.Spot(4), one.sequence)
    with pytest.raises(Refused, match="Nothing was lost"):
        services.publish(session, edition, run)
    assert one.slot == 4


def test_a_pair_that_has_a_meeting_gets_no_second_one(session, fair):
    edition, (one, _other), _buyers, _sellers = fair
    with pytest.raises(Refused, match="have a meeting already|another meeting"):
        services.add(session, edition, one.buyer_id, one.exhibitor_id, services.Spot(3))


def test_a_run_whose_tables_were_lost_meanwhile_says_so_before_anything_is_written(session):
    edition = a_market(session, buyers=2, exhibitors=2)
    run = services.work_out(session, edition, rounds=500)
    services.keep_table(session, edition, 1, closed=[1, 2, 3, 4])
    count = services.misplaced(session, edition, services.change_of(session, edition, run))
    with pytest.raises(Refused, match="Tables have changed since this run began"):
        services.publish(session, edition, run)
    assert (count > 0, services.meeting_count(session, edition)) == (True, 0)


def test_whoever_withdrew_after_a_run_gets_no_meeting_when_it_is_published(session):
    edition = a_market(session, buyers=2, exhibitors=2)
    run = services.work_out(session, edition, rounds=500)
    gone = session.exec(select(Exhibitor).where(Exhibitor.edition_id == edition.id)).first()
    gone.state = "withdrawn"
    session.flush()
    services.publish(session, edition, run)
    held = session.exec(select(Meeting.exhibitor_id).where(Meeting.edition_id == edition.id)).all()
    assert (len(held), gone.id in held) == (2, False)


def test_the_page_counts_whom_letters_would_reach_as_the_letters_do(session, fair):
    edition, (one, _other), _buyers, _sellers = fair
    assert services.untold(session, edition) == len(services.affected(session, edition)) == 4
    services.tell(session, edition, services.affected(session, edition))
    assert services.untold(session, edition) == 0
    session.refresh(one)
    services.cancel(session, edition, one, one.sequence)
    assert services.untold(session, edition) == len(services.affected(session, edition)) == 2
