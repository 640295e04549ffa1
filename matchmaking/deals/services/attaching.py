"""Files of a deal: checked by content, their digests in the chain."""

from hashlib import sha256

from sqlmodel import Session, func, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.deals.attachments import MOST_BYTES, MOST_FILES, kind_of, tidy_name
from matchmaking.deals.models import Deal, DealAttachment
from matchmaking.deals.services import ledger


def attach(
    session: Session, edition: Edition, deal: Deal, name: str, data: bytes,
    user_id: int | None = None, organisation_id: int | None = None,
) -> DealAttachment:  # fmt: skip
    """Attach a file. Refused for what is too large, too many, twice the same, or no document or picture."""
    if not data:
        raise Refused(say("Choose a file first."))
    if len(data) > MOST_BYTES:
        raise Refused(say("A file has at most %(mb)s MB.", mb=MOST_BYTES >> 20))
    kind = kind_of(data)
    if kind is None:
        raise Refused(
            say("Attach PDF, PNG, JPEG, DOCX or XLSX: whole, without a password, without macros or scripts.")
        )
    ledger.lock(session, edition)
    digest = sha256(data).hexdigest()
    mine = select(func.count()).select_from(DealAttachment).where(DealAttachment.deal_id == deal.id)
    if session.exec(mine).one() >= MOST_FILES:
        raise Refused(say("A deal has at most %(most)s files.", most=MOST_FILES))
    if session.exec(mine.where(DealAttachment.digest == digest)).one():
        raise Refused(say("This very file is attached already."))
    row = DealAttachment(
        deal_id=deal.id, name=tidy_name(name, kind), mimetype=kind, size=len(data), digest=digest,
        content=data, user_id=user_id, organisation_id=organisation_id,
    )  # fmt: skip
    session.add(row)
    told = {"name": row.name, "size": row.size, "digest": digest}
    ledger.append(session, edition, [(deal, "attached", told)], user_id)
    return row


def attachment(session: Session, deal: Deal, number: int) -> DealAttachment | None:
    """A deal's file of that number."""
    if number > 2**31 - 1:
        return None
    return session.exec(
        select(DealAttachment).where(DealAttachment.id == number, DealAttachment.deal_id == deal.id)
    ).one_or_none()


def detach(
    session: Session, edition: Edition, deal: Deal, row: DealAttachment, user_id: int | None = None
) -> None:
    """Take a file away; that it was there stays in the chain."""
    ledger.lock(session, edition)
    if session.exec(select(DealAttachment.id).where(DealAttachment.id == row.id)).first() is None:
        raise Refused(say("This file was taken away meanwhile."))
    told = {"name": row.name, "digest": row.digest}
    session.delete(row)
    ledger.append(session, edition, [(deal, "detached", told)], user_id)
