"""Secret addresses of calendars."""

from secrets import token_urlsafe

from sqlalchemy import delete
from sqlmodel import Session, select

from expo.editions.models import Edition
from matchmaking.onsite.models import AgendaFeed
from matchmaking.requests.sides import BUYER


def _of(party: tuple[str, int], person: int | None):
    mine = AgendaFeed.buyer_id if party[0] == BUYER else AgendaFeed.exhibitor_id
    return (mine == party[1], AgendaFeed.delegate_id.is_(None) if person is None else
            AgendaFeed.delegate_id == person)  # fmt: skip


def feed_of(session: Session, party: tuple[str, int], person: int | None = None) -> AgendaFeed | None:
    """The calendar of a party or of one of its people, if it has an address."""
    return session.exec(select(AgendaFeed).where(*_of(party, person)).order_by(AgendaFeed.id)).first()


def new_feed(
    session: Session, edition: Edition, party: tuple[str, int], person: int | None = None
) -> AgendaFeed:
    """A new address; the one before leads nowhere from now on."""
    session.execute(delete(AgendaFeed).where(*_of(party, person)))
    row = AgendaFeed(
        edition_id=edition.id,
        buyer_id=party[1] if party[0] == BUYER else None,
        exhibitor_id=None if party[0] == BUYER else party[1],
        delegate_id=person,
        key=token_urlsafe(24),
    )
    session.add(row)
    session.flush()
    return row


def feed_by_key(session: Session, edition: Edition, key: str) -> AgendaFeed | None:
    """The calendar with that address."""
    query = select(AgendaFeed).where(AgendaFeed.key == key, AgendaFeed.edition_id == edition.id)
    return session.exec(query).first()
