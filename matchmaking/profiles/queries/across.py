"""Whom one deals with: what a party on the other side shares, and whether the two have agreed to meet."""

from typing import NamedTuple

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer, ExhibitorProfile
from matchmaking.meetings.models import Delegate, Meeting
from matchmaking.requests.models import MeetingRequest
from matchmaking.requests.queries.parties import Party, takes_part
from matchmaking.requests.sides import BUYER


class Card(NamedTuple):
    """What a party says of itself; `contact` is (name, address), ('', '') until the two have agreed."""

    about: dict[str, str]
    languages: list[str]
    certificates: list[str]
    markets: list[str]
    park: str
    committee: str
    contact: tuple[str, str]
    people: list[str]


def card(session: Session, edition: Edition, me: Party, them: Party) -> Card | None:
    """What `me` may read of `them`; None where it may read nothing: they take part in no meetings and never
    had to do with each other. A no on either side changes nothing here but what it ends."""
    asked, agreed = _dealings(session, me, them)
    if not asked and not takes_part(session, edition, them.side, them.id):
        return None
    if them.side == BUYER:
        row = session.get_one(Buyer, them.id)
        about, markets, contact = row.about, [], (row.contact_name, row.contact_email)
    else:
        own = select(ExhibitorProfile).where(ExhibitorProfile.exhibitor_id == them.id)
        row = session.exec(own).first() or ExhibitorProfile(edition_id=0, exhibitor_id=them.id)
        about, markets, contact = session.get_one(Exhibitor, them.id).profile, row.markets, ("", "")
    return Card(
        about,
        list(row.languages),
        list(row.certificates),
        list(markets),
        row.park,
        row.committee,
        contact if agreed else ("", ""),
        _people(session, them) if agreed else [],
    )


def _dealings(session: Session, me: Party, them: Party) -> tuple[bool, bool]:
    """(whether one ever asked the other or they had a meeting, whether they have agreed or met)."""
    buyer, seller = (me.id, them.id) if me.side == BUYER else (them.id, me.id)
    requests = select(MeetingRequest.state).where(
        MeetingRequest.buyer_id == buyer, MeetingRequest.exhibitor_id == seller
    )
    meetings = select(Meeting.state).where(Meeting.buyer_id == buyer, Meeting.exhibitor_id == seller)
    states = set(session.exec(requests)) | set(session.exec(meetings))
    return bool(states), bool(states & {"agreed", "planned", "held"})


def _people(session: Session, them: Party) -> list[str]:
    mine = Delegate.buyer_id if them.side == BUYER else Delegate.exhibitor_id
    return list(session.exec(select(Delegate.name).where(mine == them.id).order_by(Delegate.id)))


def request_between(session: Session, me: Party, them: Party) -> int | None:
    """The number of the request that stands between the two, if one does."""
    buyer, seller = (me.id, them.id) if me.side == BUYER else (them.id, me.id)
    return session.exec(
        select(MeetingRequest.id).where(
            MeetingRequest.buyer_id == buyer,
            MeetingRequest.exhibitor_id == seller,
            MeetingRequest.state.in_(("open", "agreed")),
        )
    ).first()
