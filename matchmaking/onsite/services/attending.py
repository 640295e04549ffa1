"""Who came: one tap by either side, by the host, or by a scanned badge; late ones say so."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.meetings.models import Meeting
from matchmaking.onsite.models import MeetingAttendance, MeetingFeedback, MeetingNoShow, MeetingOpening
from matchmaking.onsite.services.ruling import in_words, settings_of
from matchmaking.requests.sides import SIDES

LATEST = timedelta(hours=12)
"""After the end, until which a forgotten tap can be made up for by the two themselves."""


def meeting_of(session: Session, edition: Edition, number: int, party: tuple[str, int] | None = None):
    """The meeting of that number (of one party: side and number), locked and as it is now; None for none."""
    if not 0 < number < 2**31:
        return None
    query = select(Meeting).where(Meeting.id == number, Meeting.edition_id == edition.id)
    if party is not None:
        mine = Meeting.buyer_id if party[0] == "buyer" else Meeting.exhibitor_id
        query = query.where(mine == party[1])
    return session.exec(query.with_for_update().execution_options(populate_existing=True)).first()


def arrive(
    session: Session,
    edition: Edition,
    meeting: Meeting,
    side: str,
    *,
    how: str = "self",
    user_id: int | None = None,
    at: datetime | None = None,
) -> None:
    """Note that a side is there; twice is once. Once both are, the database calls the meeting held.

    Refused: too early, a day too late (the host may always), a meeting that is off.
    """
    at = at or now()
    if how != "host":
        early = timedelta(minutes=settings_of(session, edition).early_minutes)
        if at < meeting.starts_at - early:
            raise Refused(say("It is too early to say that you are there. Come back shortly before."))
        if at > meeting.ends_at + LATEST:
            raise Refused(say("This meeting is long over. Ask the matchmaking desk to put it right."))
    values = {
        "meeting_id": meeting.id,
        "side": side,
        "edition_id": edition.id,
        "late_minutes": 0,
        "arrived_at": at,
        "how": how,
        "user_id": user_id,
    }
    with in_words(session):
        session.execute(
            insert(MeetingAttendance)
            .values(**values)
            .on_conflict_do_update(
                index_elements=["meeting_id", "side"],
                set_={key: values[key] for key in ("arrived_at", "how", "user_id")},
                where=MeetingAttendance.arrived_at.is_(None),
            )
        )
    session.refresh(meeting)


def be_late(session: Session, edition: Edition, meeting: Meeting, side: str, minutes: int) -> None:
    """Say that a side comes later: the other one sees it, and nobody calls it missing before."""
    if meeting.state != "planned":
        raise Refused(say("This meeting no longer takes place."))
    if not 1 <= minutes <= (meeting.ends_at - meeting.starts_at).total_seconds() / 60 - 1:
        raise Refused(say("So late, the time would be over. Tell the matchmaking desk."))
    if now() > meeting.ends_at:
        raise Refused(say("The time of this meeting is over."))
    values = {"meeting_id": meeting.id, "side": side, "edition_id": edition.id, "late_minutes": minutes}
    with in_words(session):
        session.execute(
            insert(MeetingAttendance)
            .values(**values, how="self")
            .on_conflict_do_update(
                index_elements=["meeting_id", "side"],
                set_={"late_minutes": minutes},
                where=MeetingAttendance.arrived_at.is_(None),
            )
        )


def hold(session: Session, edition: Edition, meeting: Meeting, user_id: int | None = None) -> None:
    """The host saw both at the table."""
    for side in SIDES:
        arrive(session, edition, meeting, side, how="host", user_id=user_id)


def reopen(session: Session, edition: Edition, meeting: Meeting) -> None:
    """The host takes back what was noted of a meeting: it is planned again.

    Refused where its people or its table are taken by now, or something was said about it.
    """
    if meeting.state not in ("held", "no_show"):
        raise Refused(say("Nothing was noted of this meeting yet."))
    said = select(MeetingFeedback.side).where(MeetingFeedback.meeting_id == meeting.id)
    if session.exec(said).first() is not None:
        raise Refused(say("Somebody said already how this meeting was, so it stays held."))
    with in_words(session):
        for model in (MeetingNoShow, MeetingAttendance):
            session.execute(delete(model).where(model.meeting_id == meeting.id))
        session.execute(
            update(MeetingOpening)
            .where(
                MeetingOpening.edition_id == edition.id,
                MeetingOpening.slot == meeting.slot,
                MeetingOpening.table_number == meeting.table_number,
                MeetingOpening.seat == meeting.seat,
                MeetingOpening.closed_at.is_(None),
            )
            .values(closed_at=now())
        )
        meeting.state = "planned"
        session.add(meeting)
