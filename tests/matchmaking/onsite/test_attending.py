"""Who came and who did not: one tap, grace, and seats that come free."""

from datetime import timedelta

import pytest
from sqlmodel import select

from expo.errors import Refused
from matchmaking.meetings import services as agenda
from matchmaking.meetings.models import MeetingHold
from matchmaking.onsite import services
from matchmaking.onsite.models import MeetingNoShow, MeetingOpening
from tests.matchmaking.onsite.making import a_day, a_meeting_now, asks, refuses, running


def refused(act, *args, **given) -> str:
    with pytest.raises(Refused) as error:
        act(*args, **given)
    return str(error.value.sentence)


def arrived(session, edition, meeting, *sides):
    for side in sides:
        services.arrive(session, edition, meeting, side, at=meeting.starts_at)


def test_a_meeting_is_held_once_both_sides_are_there_and_twice_is_once(session):
    edition, (buyer, _), (seller, _) = a_day(session)
    meeting = a_meeting_now(session, edition, buyer, seller)
    arrived(session, edition, meeting, "buyer", "buyer")
    assert meeting.state == "planned"
    arrived(session, edition, meeting, "supplier", "supplier")
    assert meeting.state == "held"


def test_nobody_arrives_too_early_or_at_a_meeting_that_is_off(session):
    edition, (buyer, _), (seller, _) = a_day(session)
    meeting = a_meeting_now(session, edition, buyer, seller)
    early = meeting.starts_at - timedelta(minutes=31)
    assert "too early" in refused(services.arrive, session, edition, meeting, "buyer", at=early)
    services.arrive(session, edition, meeting, "buyer", how="host", at=early)
    off = a_meeting_now(session, edition, buyer, seller, table=2, state="cancelled")
    answer = refused(services.arrive, session, edition, off, "buyer", at=off.starts_at)
    assert answer == "This meeting no longer takes place."


def test_nobody_is_missing_before_the_minutes_of_grace_and_those_they_asked_for(session):
    edition, (buyer, _), (seller, _) = a_day(session)
    meeting = a_meeting_now(session, edition, buyer, seller, later=1)
    services.be_late(session, edition, meeting, "supplier", 10)
    arrived(session, edition, meeting, "buyer")
    soon = meeting.starts_at + timedelta(minutes=16)
    assert "Wait" in refused(services.miss, session, edition, meeting, {"supplier"}, at=soon)
    services.miss(session, edition, meeting, {"supplier"}, at=soon + timedelta(minutes=1))
    assert meeting.state == "no_show"
    answer = refused(services.miss, session, edition, meeting, {"buyer"}, at=meeting.ends_at)
    assert answer == "They are here already, or the meeting is over: nobody missed it."


def test_who_waits_alone_is_offered_to_those_who_are_free_wanted_and_refused_by_nobody(session):
    edition, buyers, sellers = a_day(session, buyers=5)
    meeting = a_meeting_now(session, edition, buyers[0], sellers[0])
    a_meeting_now(session, edition, buyers[1], sellers[1], table=2)
    for buyer in buyers[:4]:
        asks(session, buyer, sellers[0])
    refuses(session, "supplier", buyers[2], sellers[0])
    arrived(session, edition, meeting, "supplier")
    services.miss(session, edition, meeting, {"buyer"}, at=meeting.starts_at + timedelta(minutes=8))
    opening = session.exec(select(MeetingOpening)).one()
    assert (opening.exhibitor_id, opening.table_number) == (sellers[0].id, 1)
    assert opening.asked == [buyers[3].id]
    for stranger in (buyers[1], buyers[2], buyers[4]):
        answer = refused(services.take, session, edition, opening.id, "buyer", stranger.id)
        assert answer == "Somebody was quicker. Look for another one."
    taken = services.take(session, edition, opening.id, "buyer", buyers[3].id)
    assert (taken.table_number, taken.slot, taken.origin) == (1, meeting.slot, "site")
    answer = refused(services.take, session, edition, opening.id, "buyer", buyers[3].id)
    assert answer == "Somebody was quicker. Look for another one."


def test_the_host_takes_back_what_was_noted_by_mistake(session):
    edition, (buyer, _), (seller, _) = a_day(session)
    meeting = a_meeting_now(session, edition, buyer, seller)
    services.miss(session, edition, meeting, {"buyer", "supplier"}, at=meeting.ends_at)
    assert session.exec(select(MeetingHold)).all() == []
    services.reopen(session, edition, meeting)
    assert meeting.state == "planned"
    assert len(session.exec(select(MeetingHold)).all()) == 3
    assert session.exec(select(MeetingNoShow)).all() == []


def test_what_cannot_be_taken_back_is_refused_in_words(session):
    edition, (buyer, other), (seller, _) = a_day(session)
    meeting = a_meeting_now(session, edition, buyer, seller)
    services.miss(session, edition, meeting, {"buyer", "supplier"}, at=meeting.ends_at)
    a_meeting_now(session, edition, other, seller, table=2)
    answer = refused(services.reopen, session, edition, meeting)
    assert answer == "One of the two has another meeting at that time."


def place(session, edition, buyer, seller, **given):
    spot = services.Place(given.pop("slot", running(edition).number))
    return services.place(session, edition, buyer.id, seller.id, spot, **given)


def test_two_who_are_free_meet_at_the_first_free_table(session):
    edition, buyers, sellers = a_day(session)
    first = place(session, edition, buyers[0], sellers[0])
    second = place(session, edition, buyers[1], sellers[1])
    assert (first.table_number, second.table_number) == (1, 2)


def test_a_no_sounds_like_a_full_agenda_and_costs_the_same_words(session):
    edition, buyers, sellers = a_day(session, buyers=3)
    refuses(session, "supplier", buyers[0], sellers[0])
    a_meeting_now(session, edition, buyers[2], sellers[1])
    said_no = refused(place, session, edition, buyers[0], sellers[0], actor="buyer")
    is_busy = refused(place, session, edition, buyers[0], sellers[1], actor="buyer")
    assert said_no == is_busy == "They cannot be met at that time. Choose another time, or somebody else."
    told = {refused(place, session, edition, buyers[0], seller) for seller in sellers}
    assert told == {"These two cannot meet at that time. Choose another time, or somebody else."}


def test_without_a_free_table_all_are_told_the_same(session):
    edition, buyers, sellers = a_day(session, buyers=3, exhibitors=3, tables=1)
    refuses(session, "supplier", buyers[0], sellers[0])
    a_meeting_now(session, edition, buyers[2], sellers[2])
    told = {refused(place, session, edition, buyers[0], seller) for seller in sellers[:2]}
    assert told == {"No table is free at that time."}


def test_whoever_waits_keeps_the_table_and_stops_waiting_once_somebody_is_met(session):
    edition, buyers, sellers = a_day(session)
    slot = running(edition).number
    opening = services.wait_here(session, edition, "buyer", buyers[0].id, slot)
    assert "already" in refused(services.wait_here, session, edition, "buyer", buyers[0].id, slot)
    assert place(session, edition, buyers[1], sellers[1]).table_number == 2
    place(session, edition, buyers[0], sellers[0])
    session.refresh(opening)
    assert opening.closed_at is not None


def test_a_miss_is_noted_also_where_somebody_waited_before_the_meeting_came_there(session):
    edition, (buyer, idle), (seller, _) = a_day(session)
    slot = running(edition).number
    waits = services.wait_here(session, edition, "buyer", idle.id, slot)
    meeting, _warnings = agenda.add(session, edition, buyer.id, seller.id, agenda.Spot(slot))
    assert meeting.table_number == waits.table_number
    arrived(session, edition, meeting, "buyer")
    services.miss(session, edition, meeting, {"supplier"}, at=meeting.ends_at - timedelta(minutes=1))
    assert meeting.state == "no_show"
    assert session.exec(select(MeetingOpening.id)).all() == [waits.id]


def test_an_exhibitor_that_withdrew_meets_nobody_any_more(session):
    edition, (buyer, _), (seller, _) = a_day(session)
    slot = running(edition).number
    asks(session, buyer, seller)
    waits = services.wait_here(session, edition, "supplier", seller.id, slot)
    seller.state = "withdrawn"
    session.flush()
    assert "cannot be met" in refused(services.take, session, edition, waits.id, "buyer", buyer.id)
    told = refused(services.place, session, edition, buyer.id, seller.id, services.Place(slot))
    assert "These two cannot meet" in told
