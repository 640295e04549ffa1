"""After a meeting: what each side says of it, and a second one where both want it."""

from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.meetings.models import Meeting
from matchmaking.onsite.models import MeetingFeedback
from matchmaking.onsite.services.placing import Place, place
from matchmaking.onsite.services.ruling import in_words
from matchmaking.requests.grid import grid
from matchmaking.requests.sides import other

MOST_MINOR = 10**15


@dataclass(frozen=True)
class Said:
    """What one side says: `expected_minor` in minor units of `currency`, None where it expects no sum."""

    rating: int
    follow_up: bool = False
    again: bool = False
    expected_minor: int | None = None
    currency: str = ""
    words: str = ""


def say_how_it_was(
    session: Session, edition: Edition, meeting: Meeting, side: str, said: Said, user_id: int | None
) -> Meeting | None:
    """Keep what a side says; the second meeting, where both want one now and a time is left, else None.

    Refused: the meeting was not held, the sum is beyond reason.
    """
    if meeting.state != "held":
        raise Refused(say("This meeting was not held, so there is nothing to say about it."))
    if said.expected_minor is not None and not 0 <= said.expected_minor <= MOST_MINOR:
        raise Refused(say("That is more money than a meeting can be expected to bring."))
    values = vars(said) | {
        "meeting_id": meeting.id,
        "side": side,
        "edition_id": edition.id,
        "user_id": user_id,
        "given_at": now(),
    }
    kept = {key: value for key, value in values.items() if key not in ("meeting_id", "side", "edition_id")}
    with in_words(session):
        session.execute(
            insert(MeetingFeedback)
            .values(**values)
            .on_conflict_do_update(index_elements=["meeting_id", "side"], set_=kept)
        )
    across = session.exec(
        select(MeetingFeedback.again).where(
            MeetingFeedback.meeting_id == meeting.id, MeetingFeedback.side == other(side)
        )
    ).first()
    return second(session, edition, meeting) if said.again and across else None


def second(session: Session, edition: Edition, meeting: Meeting) -> Meeting | None:
    """The two meet again in the first slot in which both are free and a table is; None where there is none.

    One that is planned already is enough.
    """
    planned = select(Meeting).where(
        Meeting.buyer_id == meeting.buyer_id,
        Meeting.exhibitor_id == meeting.exhibitor_id,
        Meeting.state == "planned",
    )
    if found := session.exec(planned).first():
        return found
    for slot in grid(edition.meetings, edition.zone_info):
        if slot.starts_at <= now():
            continue
        try:
            return place(session, edition, meeting.buyer_id, meeting.exhibitor_id, Place(slot.number))
        except Refused:
            continue
    return None
