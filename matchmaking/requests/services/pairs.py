"""A pair as one side sees it: locked, checked, with its request and the noes of either side."""

from dataclasses import dataclass

from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.words import say
from matchmaking.catalogue.models import Buyer
from matchmaking.requests.models import MeetingRefusal, MeetingRequest
from matchmaking.requests.queries.parties import Party, takes_part
from matchmaking.requests.services.telling import notify
from matchmaking.requests.sides import ALIVE, BUYER, other


@dataclass(frozen=True)
class Pair:
    """A party and the one across, with its row locked until the transaction ends."""

    edition_id: int
    me: Party
    other_id: int
    buyer_id: int
    exhibitor_id: int
    noes: frozenset[str]

    @property
    def is_mine_refused(self) -> bool:
        """Whether this side said no."""
        return self.me.side in self.noes

    def tell(self, session: Session, kind: str) -> None:
        """Have the other side told, unless it said no and hears nothing of this one."""
        across = other(self.me.side)
        if across not in self.noes:
            notify(session, self.edition_id, across, self.other_id, kind, self.me.id)


def locked(session: Session, edition: Edition, me: Party, other_id: int) -> Pair:
    """The pair, its buyer's row locked: everything about a pair happens one after the other.

    Refused: nobody of that number on the other side.
    """
    buyer_id, exhibitor_id = (me.id, other_id) if me.side == BUYER else (other_id, me.id)
    for model, number in ((Buyer, buyer_id), (Exhibitor, exhibitor_id)):
        query = select(model.id).where(model.id == number, model.edition_id == edition.id)
        if model is Buyer:
            query = query.with_for_update(key_share=True)
        if session.exec(query).first() is None:
            raise Refused(say("There is nobody of that number here."))
    noes = session.exec(
        select(MeetingRefusal.side).where(
            MeetingRefusal.buyer_id == buyer_id,
            MeetingRefusal.exhibitor_id == exhibitor_id,
            MeetingRefusal.lifted_at.is_(None),
        )
    )
    return Pair(edition.id, me, other_id, buyer_id, exhibitor_id, frozenset(noes))


def insist_taking_part(session: Session, edition: Edition, pair: Pair) -> None:
    """Refuse what leads to no meeting because one of the two takes part in none, or no longer."""
    if not takes_part(session, edition, pair.me.side, pair.me.id):
        raise Refused(say("You do not take part in meetings. Open your profile to meetings first."))
    if not takes_part(session, edition, other(pair.me.side), pair.other_id):
        raise Refused(say("They do not take part in meetings."))


def alive(session: Session, pair: Pair) -> MeetingRequest | None:
    """The pair's request that is open or agreed, locked and as it is now."""
    return session.exec(
        select(MeetingRequest)
        .where(
            MeetingRequest.buyer_id == pair.buyer_id,
            MeetingRequest.exhibitor_id == pair.exhibitor_id,
            MeetingRequest.state.in_(ALIVE),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def own_request(session: Session, me: Party, number: int) -> MeetingRequest | None:
    """A party's own request of that number, not locked. What the other side keeps out is there as well."""
    if not 0 < number < 2**31:
        return None
    mine = MeetingRequest.buyer_id if me.side == BUYER else MeetingRequest.exhibitor_id
    return session.exec(select(MeetingRequest).where(MeetingRequest.id == number, mine == me.id)).first()


def across(me: Party, request: MeetingRequest) -> int:
    """The number of the party on the other side of a request."""
    return request.exhibitor_id if me.side == BUYER else request.buyer_id


def to_answer(
    session: Session, edition: Edition, me: Party, request: MeetingRequest
) -> tuple[Pair, MeetingRequest]:
    """The pair and its request, locked, where it is its turn and both take part. Refused where not."""
    pair = locked(session, edition, me, across(me, request))
    found = alive(session, pair)
    if found is None or found.id != request.id or found.state != "open":
        raise Refused(say("This request is no longer open."))
    if found.expires_at <= now():
        raise Refused(say("This request was not answered in time."))
    if found.turn != me.side:
        raise Refused(say("It is the other side's turn to answer."))
    if pair.is_mine_refused:
        raise Refused(say("You said no thanks to them. Take that back first."))
    insist_taking_part(session, edition, pair)
    return pair, found
