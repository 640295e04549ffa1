"""Partners: one exhibitor asks to be placed beside another, which accepts or declines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased
from sqlmodel import Session, or_, select

from expo.clock import now
from expo.errors import Refused
from expo.exhibitors.application import MOST_PARTNERS
from expo.exhibitors.models import Exhibitor, Organisation, Partnership, Rivalry
from expo.exhibitors.services.meeting import TAKING_PART, known, typed_name
from expo.exhibitors.services.numbering import hold, take_turn
from expo.words import say


@dataclass(frozen=True)
class Request:
    """A request as one side sees it. `name` and `code` are empty while the other is not to be known."""

    id: int
    mine: bool
    state: str
    words: str
    note: str
    asked_at: datetime
    code: str
    name: dict[str, str]


def ask(session: Session, exhibitor: Exhibitor, words: str, note: str = "") -> Partnership:
    """Ask somebody to be partners, by code, exact name or e-mail address.

    Whether somebody of that name has applied is not told: the request waits until they read it. Who was asked
    by the same exhibitor already answers that request by asking.
    """
    take_turn(session, exhibitor.edition_id)
    hold(session, exhibitor)
    _insist_taking_part(exhibitor)
    words = typed_name(words)
    other = known(session, exhibitor.edition_id, words)
    if other and other.id == exhibitor.id:
        raise Refused(say("That is you. Name somebody else."))
    if other and _is_own_rival(session, exhibitor, other):
        raise Refused(say("You keep away from this one. Take that back first."))
    if other and (waiting := _from(session, other, exhibitor)):
        answer(session, exhibitor, waiting.id, accept=True)
        return waiting
    _insist_room(session, exhibitor, words)
    if other and _declined(session, exhibitor, other):
        raise Refused(say("You have asked them already."))
    row = Partnership(
        edition_id=exhibitor.edition_id,
        asker_id=exhibitor.id,
        asked_id=other.id if other else None,
        words=words,
        note=note.strip(),
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as error:
        raise Refused(say("You have asked them already.")) from error
    return row


def _insist_taking_part(exhibitor: Exhibitor) -> None:
    if exhibitor.state not in TAKING_PART:
        raise Refused(say("This application is closed. Ask the organiser to open it again."))


def _is_own_rival(session: Session, exhibitor: Exhibitor, other: Exhibitor) -> bool:
    pair = (exhibitor.id, other.id)
    named = select(Rivalry.id).where(
        Rivalry.one_id.in_(pair), Rivalry.other_id.in_(pair), Rivalry.named_by == exhibitor.id
    )
    return session.exec(named).first() is not None


def _from(session: Session, asker: Exhibitor, asked: Exhibitor) -> Partnership | None:
    return session.exec(
        select(Partnership).where(
            Partnership.asker_id == asker.id, Partnership.asked_id == asked.id, Partnership.state == "asked"
        )
    ).one_or_none()


def _declined(session: Session, asker: Exhibitor, asked: Exhibitor) -> bool:
    rows = select(Partnership.id).where(
        Partnership.asker_id == asker.id, Partnership.asked_id == asked.id, Partnership.state == "declined"
    )
    return session.exec(rows).first() is not None


def _insist_room(session: Session, exhibitor: Exhibitor, words: str) -> None:
    live = session.exec(
        select(func.lower(Partnership.words)).where(
            Partnership.asker_id == exhibitor.id, Partnership.state != "ended"
        )
    ).all()
    if words.lower() in live:
        raise Refused(say("You have asked them already."))
    if len(live) >= MOST_PARTNERS:
        raise Refused(say("You may ask %(most)s others at most. Take one back first.", most=MOST_PARTNERS))


def requests(session: Session, exhibitor: Exhibitor, *, by_organiser: bool = False) -> Sequence[Request]:
    """All that the exhibitor asked and was asked and that is not over, the latest first.

    An organiser sees who is meant and what they answered; the exhibitor only what it may know.
    """
    other, firm = aliased(Exhibitor), aliased(Organisation)
    rows = session.execute(
        select(Partnership, other.code, other.state, firm.name)
        .outerjoin(
            other,
            or_(
                (Partnership.asker_id == other.id) & (Partnership.asked_id == exhibitor.id),
                (Partnership.asked_id == other.id) & (Partnership.asker_id == exhibitor.id),
            ),
        )
        .outerjoin(firm, firm.id == other.organisation_id)
        .where(or_(Partnership.asker_id == exhibitor.id, Partnership.asked_id == exhibitor.id))
        .where(Partnership.state != "ended")
        .order_by(Partnership.id.desc())
    )
    return [_seen(row, code, state, name, exhibitor, by_organiser) for row, code, state, name in rows]


def _seen(
    row: Partnership, code: str, state: str, name: dict[str, str], exhibitor: Exhibitor, by_organiser: bool
) -> Request:
    """Who asked has shown itself; who is asked is shown once it accepted, or is in the public directory."""
    mine = row.asker_id == exhibitor.id
    shown = bool(code) and (by_organiser or not mine or row.state == "accepted" or state == "accepted")
    # To who asked, a refusal looks as if the other had not answered until they are known anyway.
    told = "asked" if mine and row.state == "declined" and not shown else row.state
    return Request(
        row.id, mine, told, row.words, row.note, row.asked_at, code if shown else "", name if shown else {}
    )


def answer(session: Session, exhibitor: Exhibitor, number: int, *, accept: bool) -> Partnership:
    """Accept or decline a request that was made to the exhibitor."""
    row = _held(session, exhibitor, number)
    _insist_taking_part(exhibitor)
    if row.asked_id != exhibitor.id or row.state != "asked":
        raise Refused(say("This request is not open any more."))
    row.state, row.answered_at = "accepted" if accept else "declined", now()
    session.add(row)
    session.flush()
    return row


def end(session: Session, exhibitor: Exhibitor, number: int) -> None:
    """Take a request back, or end a partnership: either side may."""
    row = _held(session, exhibitor, number)
    mine = row.asker_id == exhibitor.id
    if row.state != "accepted" and not (mine and row.state in ("asked", "declined")):
        raise Refused(say("This request is not open any more."))
    row.state, row.answered_at = "ended", now()
    session.add(row)
    session.flush()


def _held(session: Session, exhibitor: Exhibitor, number: int) -> Partnership:
    row = session.exec(
        select(Partnership)
        .where(Partnership.id == number)
        .where(or_(Partnership.asker_id == exhibitor.id, Partnership.asked_id == exhibitor.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise Refused(say("This request is not open any more."))
    return row
