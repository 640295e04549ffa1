"""Whether an exhibitor may pick at this moment, and if not, a sentence that says when."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.selection.models import Round, Turn
from expo.words import Sentence, say


def turn_of(session: Session, round_: Round, exhibitor_id: int) -> Turn | None:
    """The exhibitor's turn in a round."""
    return session.exec(
        select(Turn).where(Turn.round_id == round_.id, Turn.exhibitor_id == exhibitor_id)
    ).one_or_none()


def live_round(session: Session, edition_id: int) -> Round | None:
    """The edition's round that is going on, be it halted."""
    return session.exec(
        select(Round).where(Round.edition_id == edition_id, Round.state.in_(("open", "paused")))
    ).one_or_none()


def why_not(session: Session, round_: Round, exhibitor: Exhibitor, at: datetime) -> Sentence | None:
    """What keeps the exhibitor from picking now; None when nothing does."""
    if exhibitor.state != "accepted":
        return say("Only exhibitors who are accepted can pick a stand.")
    if round_.state == "paused":
        return say("The organiser has halted the selection. What you hold is kept until it goes on.")
    if round_.state != "open":
        return say("The selection is not open.")
    if _is_led(session, exhibitor):
        return say("The lead of your pavilion picks for all of you.")
    given = select(func.count()).select_from(Allotment).where(Allotment.exhibitor_id == exhibitor.id)
    if session.execute(given).scalar_one():
        return say("You have a place already. To change it, join the waiting list or propose a swap.")
    return _wrong_time(session, round_, turn_of(session, round_, exhibitor.id), at)


def _is_led(session: Session, exhibitor: Exhibitor) -> bool:
    lead = session.get(Exhibitor, exhibitor.lead_id) if exhibitor.lead_id else None
    return lead is not None and lead.state == "accepted"


def _wrong_time(session: Session, round_: Round, turn: Turn | None, at: datetime) -> Sentence | None:
    if turn is None and round_.mode == "turns":
        return say("You have no turn in this round yet. Ask the organiser to add you.")
    opens, closes = (turn.opens_at, turn.closes_at) if turn else (round_.starts_at, None)
    if at < opens:
        return say("Your turn begins %(at)s.", at=opens)
    if closes and at >= closes:
        return say("Your turn ended %(at)s.", at=closes)
    return None


def refuse_unless_on(session: Session, round_: Round, exhibitor: Exhibitor, at: datetime) -> None:
    """Refused with the reason when the exhibitor may not pick now."""
    if reason := why_not(session, round_, exhibitor, at):
        raise Refused(reason)


def clock(edition: Edition, at: datetime) -> str:
    """An instant as the clock at the venue shows it, for letters and tables."""
    return at.astimezone(edition.zone_info).strftime("%Y-%m-%d %H:%M")
