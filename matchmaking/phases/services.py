"""Reading and setting the dates of phases, and refusing what does not belong to today."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import Sentence, say
from matchmaking.phases.models import MeetingPhase
from matchmaking.phases.spans import NAMES, Span, aside, every, refusal, wrong


def today(edition: Edition, at: datetime | None = None) -> date:
    """The day at the venue."""
    return (at or now()).astimezone(edition.zone_info).date()


def spans(session: Session, edition: Edition) -> dict[str, Span]:
    """All phases in order, with their dates."""
    rows = session.execute(
        select(MeetingPhase.phase, MeetingPhase.opens_on, MeetingPhase.closes_on).where(
            MeetingPhase.edition_id == edition.id
        )
    )
    return every({row.phase: Span(*row) for row in rows})


def is_open(session: Session, edition: Edition, phase: str) -> bool:
    """Whether today belongs to a phase."""
    return spans(session, edition)[phase].standing(today(edition)) == "open"


def insist(session: Session, edition: Edition, phase: str) -> None:
    """Refuse, with the day that matters, what belongs to a phase that is not open today."""
    span = spans(session, edition)[phase]
    standing = span.standing(today(edition))
    if standing != "open":
        raise Refused(refusal(span, standing))


def over(session: Session, edition: Edition, phase: str) -> Sentence | None:
    """What tells that a phase is over; None before its end."""
    span = spans(session, edition)[phase]
    return refusal(span, "over") if span.standing(today(edition)) == "over" else None


def insist_within(session: Session, edition_id: int, phase: str) -> None:
    """`insist` for whoever has an edition's number only."""
    insist(session, session.get_one(Edition, edition_id), phase)


def waits(session: Session, edition: Edition, phase: str) -> Sentence | None:
    """What tells that a phase has not begun yet; None once it has, also when it is over."""
    span = spans(session, edition)[phase]
    return refusal(span, "before") if span.standing(today(edition)) == "before" else None


def closed(session: Session, edition: Edition, phase: str) -> Sentence | None:
    """What tells that a phase is over or has not begun yet; None while it is open."""
    span = spans(session, edition)[phase]
    standing = span.standing(today(edition))
    return None if standing == "open" else refusal(span, standing)


def outside(session: Session, edition: Edition, phase: str) -> Sentence | None:
    """What tells somebody who may act all the same that today does not belong to a phase."""
    span = spans(session, edition)[phase]
    standing = span.standing(today(edition))
    return None if standing == "open" else aside(span, standing)


def save(session: Session, edition: Edition, given: Mapping[str, tuple[date | None, date | None]]) -> None:
    """Set the dates of phases. Where a beginning or an end moved, what it brings about is done anew."""
    wanted = {phase: Span(phase, *dates) for phase, dates in given.items()}
    if faults := wrong(wanted):
        phase, sentence = faults[0]
        raise Refused(say("%(name)s: %(fault)s", name=NAMES[phase], fault=sentence))
    rows = session.exec(
        select(MeetingPhase)
        .where(MeetingPhase.edition_id == edition.id)
        .order_by(MeetingPhase.phase)
        .with_for_update()
    )
    kept = {row.phase: row for row in rows}
    day = today(edition)
    for phase, span in wanted.items():
        row = kept.get(phase) or MeetingPhase(edition_id=edition.id, phase=phase)
        row.opens_on, row.closes_on = span.opens_on, span.closes_on
        row.begun_at = row.begun_at if span.standing(day) != "before" else None
        row.ended_at = row.ended_at if span.standing(day) == "over" else None
        session.add(row)
    session.flush()
