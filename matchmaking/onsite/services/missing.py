"""Who did not come: noted after the minutes of grace, excused by the host, never by accident."""

from datetime import datetime, timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.meetings.models import Meeting
from matchmaking.onsite.models import MeetingAttendance, MeetingNoShow
from matchmaking.onsite.queries.freedom import waited_at
from matchmaking.onsite.services.openings import open_seat
from matchmaking.onsite.services.ruling import in_words, settings_of
from matchmaking.requests.sides import BUYER, SIDES, other


def missing_after(session: Session, edition: Edition, meeting: Meeting, side: str) -> datetime:
    """From when on a side counts as missing: start, grace, and the minutes it said it would be late."""
    late = select(MeetingAttendance.late_minutes).where(
        MeetingAttendance.meeting_id == meeting.id, MeetingAttendance.side == side
    )
    minutes = settings_of(session, edition).grace_minutes + (session.exec(late).first() or 0)
    return min(meeting.starts_at + timedelta(minutes=minutes), meeting.ends_at)


def came(session: Session, meeting: Meeting) -> frozenset[str]:
    """The sides that came."""
    query = select(MeetingAttendance.side).where(
        MeetingAttendance.meeting_id == meeting.id, MeetingAttendance.arrived_at.is_not(None)
    )
    return frozenset(session.exec(query))


def miss(
    session: Session,
    edition: Edition,
    meeting: Meeting,
    sides: frozenset[str] | set[str],
    *,
    user_id: int | None = None,
    at: datetime | None = None,
) -> None:
    """Note that one side or both did not come; twice is once. Whoever did come waits for somebody else at the
    same seat, unless somebody waited there before the meeting was put there.

    Refused: before the minutes of grace are over, of a side that came, of a meeting that is off or held.
    """
    at = at or now()
    noted = select(MeetingNoShow.side).where(MeetingNoShow.meeting_id == meeting.id)
    if sides <= set(session.exec(noted)):
        return
    for side in sides:
        if at < missing_after(session, edition, meeting, side):
            raise Refused(say("Wait until the minutes of grace are over; they may be on their way."))
    with in_words(session):
        for side in sorted(sides):
            session.execute(
                insert(MeetingNoShow)
                .values(
                    meeting_id=meeting.id,
                    side=side,
                    edition_id=edition.id,
                    noted_at=at,
                    user_id=user_id,
                    excused=False,
                )
                .on_conflict_do_nothing()
            )
    session.refresh(meeting)
    present = came(session, meeting)
    seat = f"table {meeting.table_number}/{meeting.seat}"
    if len(present) == 1 and at < meeting.ends_at and seat not in waited_at(session, edition, meeting.slot):
        (side,) = present
        party = meeting.buyer_id if side == BUYER else meeting.exhibitor_id
        open_seat(session, edition, meeting.slot, side, party, (meeting.table_number, meeting.seat))


def miss_other(session: Session, edition: Edition, meeting: Meeting, side: str, user_id: int | None) -> None:
    """A side that is there says that the other one is not."""
    if side not in came(session, meeting):
        raise Refused(say("Say first that you are there yourself."))
    miss(session, edition, meeting, {other(side)}, user_id=user_id)


def miss_by_host(session: Session, edition: Edition, meeting: Meeting, user_id: int | None) -> None:
    """The host notes everybody as missing who did not come."""
    absent = set(SIDES) - came(session, meeting)
    if not absent:
        raise Refused(say("Both are there."))
    miss(session, edition, meeting, absent, user_id=user_id)


def excuse(session: Session, edition: Edition, meeting_id: int, side: str, *, excused: bool) -> None:
    """Let a no-show count no longer, or again."""
    row = session.get(MeetingNoShow, (meeting_id, side))
    if row is None or row.edition_id != edition.id:
        raise Refused(say("Nobody missed this meeting."))
    row.excused = excused
    session.add(row)
    session.flush()
