"""Who is to be told something, what, and by whom it is read."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func
from sqlmodel import Session, select

from expo.accounts.models import Grant, User
from expo.accounts.roles import Role
from expo.editions.models import Edition
from expo.exhibitors import services as exhibitors
from expo.exhibitors.models import Exhibitor, Organisation
from matchmaking.catalogue.models import Buyer
from matchmaking.requests.models import RequestNotice
from matchmaking.requests.queries.parties import names
from matchmaking.requests.sides import BUYER, other
from matchmaking.requests.tongues import tongue

GATHERING = timedelta(minutes=2)
"""How long news waits for more of its kind, so that a row of clicks makes one letter."""


class Reader(NamedTuple):
    """A party that is due a letter."""

    side: str
    party_id: int


def due(session: Session, edition: Edition, at: datetime, apart: timedelta, limit: int) -> list[Reader]:
    """The parties who have news and were written to last at least `apart` ago."""
    untold = RequestNotice.told_at.is_(None)
    first = func.min(RequestNotice.due_at).filter(untold)
    last = func.max(RequestNotice.told_at)
    rows = session.execute(
        select(RequestNotice.side, RequestNotice.party_id)
        .where(RequestNotice.edition_id == edition.id)
        .group_by(RequestNotice.side, RequestNotice.party_id)
        .having(first <= at - GATHERING, (last.is_(None)) | (last <= at - apart))
        .order_by(func.min(RequestNotice.id))
        .limit(limit)
    )
    return [Reader(*row) for row in rows]


def take(session: Session, edition: Edition, reader: Reader, at: datetime) -> dict[str, list[dict[str, str]]]:
    """Kind → names of what a party is told now; noted as told. Empty where another worker took it, or all
    that was to be told is of parties that are gone."""
    rows = session.exec(
        select(RequestNotice)
        .where(
            RequestNotice.edition_id == edition.id,
            RequestNotice.side == reader.side,
            RequestNotice.party_id == reader.party_id,
            RequestNotice.told_at.is_(None),
        )
        .order_by(RequestNotice.id)
        .with_for_update(skip_locked=True)
    ).all()
    called = names(session, other(reader.side), {row.other_id for row in rows} - {0})
    told: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        row.told_at = at
        session.add(row)
        if not row.other_id or row.other_id in called:
            told[row.kind] += [called[row.other_id][1]] if row.other_id else []
    session.flush()
    return dict(told)


def readers(session: Session, side: str, party_id: int) -> list[tuple[str, str]]:
    """(address, language) of whoever reads for a party."""
    if side != BUYER:
        exhibitor = session.get(Exhibitor, party_id)
        return exhibitors.readers(session, exhibitor) if exhibitor else []
    buyer = session.get(Buyer, party_id)
    if buyer is None:
        return []
    people = session.execute(
        select(User.email, User.language)
        .join(Grant, Grant.user_id == User.id)
        .where(Grant.role == Role.BUYER, Grant.organisation_id == buyer.organisation_id)
        .where((Grant.edition_id == buyer.edition_id) | Grant.edition_id.is_(None))
        .order_by(User.id)
    ).all()
    known = {row[0]: row[1] for row in people}
    address = buyer.contact_email
    if not address:
        return [(row[0], row[1]) for row in people[:1]]
    country = session.get_one(Organisation, buyer.organisation_id).country
    language = known.get(address.lower()) or next(iter(known.values()), "")
    language = language or tongue(buyer.languages, country, "en")
    return [(address, language)]
