"""Codes that invite: made one by one or in batches, looked up, closed."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.registration.models import Invitation, Ticket
from expo.registration.services.places import refusing, take_queue
from expo.words import say

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without signs that look alike: codes are read out and typed."""
LENGTH = 10
MOST_OF_A_BATCH = 5000
PAGE = 50
UNKNOWN = say("There is no such code, or it can no longer be used.")


def tidy_code(text: str) -> str:
    """A code as it is kept: capitals, no blanks."""
    return "".join(text.split()).upper()[:40]


def fitting(session: Session, edition: Edition, ticket: Ticket, text: str) -> Invitation:
    """The invitation that opens a sort. Refused for one that is unknown, closed, expired, used up, another's.

    Whether it has a use left is checked once more by the database when it is used.
    """
    found = open_code(session, edition, text)
    if found is None:
        raise Refused(UNKNOWN)
    if found.ticket_id not in (None, ticket.id):
        raise Refused(say("This code is for another sort of registration."))
    if found.used >= found.uses:
        raise Refused(say("This code was used as often as it may be."))
    return found


def open_code(session: Session, edition: Edition, text: str) -> Invitation | None:
    """The invitation of that code while it is neither closed nor expired."""
    found = session.exec(
        select(Invitation).where(Invitation.edition_id == edition.id, Invitation.code == tidy_code(text))
    ).one_or_none()
    if found is None or found.closed_at or (found.expires_at and found.expires_at <= now()):
        return None
    return found


def make(session: Session, edition: Edition, values: Mapping[str, Any], count: int = 1) -> list[Invitation]:
    """New codes, all alike; `values["code"]` names a single one, otherwise they are drawn.

    Refused where they would reserve more places than there are, and for a code that is there already.
    """
    if not 1 <= count <= MOST_OF_A_BATCH:
        raise Refused(say("Between 1 and %(count)s codes at once.", count=MOST_OF_A_BATCH))
    take_queue(session, edition)
    named = tidy_code(values.get("code") or "")
    if named and count > 1:
        raise Refused(say("Several codes at once are drawn; leave the code empty."))
    taken = set(session.exec(select(Invitation.code).where(Invitation.edition_id == edition.id)))
    if named in taken:
        raise Refused(say("There is this code already."))
    made = []
    for _n in range(count):
        code = named or _drawn(taken)
        taken.add(code)
        made.append(
            Invitation(
                edition_id=edition.id,
                code=code,
                ticket_id=values.get("ticket_id"),
                note=values.get("note") or "",
                uses=values.get("uses") or 1,
                reserves=bool(values.get("reserves")),
                skips_approval=bool(values.get("skips_approval")),
                expires_at=values.get("expires_at"),
            )
        )
    if made[0].reserves and made[0].ticket_id is None:
        raise Refused(say("Choose for which sort the places are kept."))
    with refusing(session):
        session.add_all(made)
    return made


def _drawn(taken: set[str]) -> str:
    while (code := "".join(secrets.choice(LETTERS) for _n in range(LENGTH))) in taken:
        pass
    return code


def close(session: Session, edition: Edition, invitation: Invitation) -> None:
    """Let nobody use a code any more; places it kept are free. Who registered with it stays registered."""
    take_queue(session, edition)
    session.refresh(invitation, with_for_update=True)
    if invitation.closed_at is None:
        invitation.closed_at = now()
        session.add(invitation)
        session.flush()


def close_expired(session: Session, edition: Edition, at: datetime | None = None) -> int:
    """Close codes that ran out and keep places: those go back to everybody. How many."""
    take_queue(session, edition)
    late = session.exec(
        select(Invitation)
        .where(Invitation.edition_id == edition.id, Invitation.closed_at.is_(None))
        .where(Invitation.reserves, Invitation.expires_at <= (at or now()))
    ).all()
    for one in late:
        one.closed_at = one.expires_at
        session.add(one)
    session.flush()
    return len(late)


def invitations(
    session: Session, edition: Edition, words: str = "", page: int | None = 1
) -> tuple[int, Sequence[Invitation]]:
    """How many codes there are whose text or note holds `words`, and one page of them, the newest first.

    Page None: all of them.
    """
    query = select(Invitation).where(Invitation.edition_id == edition.id)
    if words:
        like = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        query = query.where(or_(Invitation.code.ilike(f"%{like}%"), Invitation.note.ilike(f"%{like}%")))
    total = session.exec(select(func.count()).select_from(query.subquery())).one()
    query = query.order_by(Invitation.id.desc())
    if page is not None:
        query = query.limit(PAGE).offset((page - 1) * PAGE)
    return total, session.exec(query).all()


def invitation_by_code(session: Session, edition: Edition, code: str) -> Invitation | None:
    """The edition's invitation of that code, closed or not."""
    query = select(Invitation).where(Invitation.edition_id == edition.id, Invitation.code == tidy_code(code))
    return session.exec(query).one_or_none()
