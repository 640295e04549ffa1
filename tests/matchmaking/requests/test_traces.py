"""What a no leaves behind is what a withdrawal leaves: the same trail, the same rows, one letter."""

import pytest
from sqlalchemy import update
from sqlmodel import select

from expo.audit.models import AuditEntry
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.services import affected, changed_at, next_version
from matchmaking.requests.models import MeetingRequest, RequestNotice
from matchmaking.requests.services import accept, ask, propose, refuse, withdraw
from matchmaking.requests.wishes import Wish
from tests.matchmaking.meetings.making import a_meeting
from tests.matchmaking.requests.making import a_fair


def refused(session, edition, me, request):
    refuse(session, edition, me, request.exhibitor_id if me.side == "buyer" else request.buyer_id)


def asked(session, edition, ann, honey):
    return ann, ask(session, edition, ann, honey.id, wish=Wish(half="am"))


def proposed(session, edition, ann, honey):
    request = ask(session, edition, ann, honey.id, wish=Wish(half="am"))
    propose(session, edition, honey, request, Wish(slot=6))
    return honey, request


def agreed(session, edition, ann, honey):
    request = ask(session, edition, ann, honey.id)
    accept(session, edition, honey, request)
    return honey, request


@pytest.mark.parametrize("standing", [asked, proposed, agreed])
def test_a_no_and_a_withdrawal_leave_the_same_trail_and_rows(session, standing):
    traces = []
    for leave in (withdraw, refused):
        edition, (ann, _bob), (honey, _tea) = a_fair(session)
        me, request = standing(session, edition, ann, honey)
        before = len(session.exec(select(AuditEntry)).all())
        leave(session, edition, me, request)
        session.flush()
        entries = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()[before:]
        row = session.get_one(MeetingRequest, request.id)
        session.refresh(row)
        traces.append(
            (
                [(one.action, one.subject, sorted(one.changes)) for one in entries],
                (row.state, row.turn, row.half, row.slot, row.settled_at is None),
            )
        )
    assert traces[0] == traces[1]


@pytest.mark.parametrize(("told", "expected"), [(None, (1, 0)), (0, (0, 2))])
def test_a_meeting_that_a_no_calls_off_is_told_of_once(session, told, expected):
    edition, (ann, _bob), (honey, _tea) = a_fair(session)
    me, request = agreed(session, edition, ann, honey)
    a_meeting(session, session.get_one(Buyer, ann.id), session.get_one(Exhibitor, honey.id))
    session.execute(update(Meeting).values(told=told))
    session.expire_all()
    refused(session, edition, me, request)
    notices = session.exec(select(RequestNotice).where(RequestNotice.kind == "ended")).all()
    assert (len(notices), len(affected(session, edition))) == expected


def test_a_meeting_that_nobody_was_told_of_ends_without_a_word(session):
    edition, (ann, _bob), (honey, _tea) = a_fair(session)
    a_meeting(session, session.get_one(Buyer, ann.id), session.get_one(Exhibitor, honey.id))
    refuse(session, edition, honey, ann.id)
    assert session.exec(select(Meeting.state)).all() == ["cancelled"]
    assert (session.exec(select(RequestNotice)).all(), affected(session, edition)) == ([], [])


@pytest.mark.parametrize("leave", [withdraw, refused])
def test_prints_of_the_agenda_are_out_of_date_once_two_have_parted(session, leave):
    edition, (ann, _bob), (honey, _tea) = a_fair(session)
    me, request = agreed(session, edition, ann, honey)
    a_meeting(session, session.get_one(Buyer, ann.id), session.get_one(Exhibitor, honey.id))
    next_version(session, edition, "hand", {"added": 1}, None)
    before = changed_at(session, edition)
    leave(session, edition, me, request)
    after = changed_at(session, edition)
    assert before is not None
    assert after is not None
    assert after > before
