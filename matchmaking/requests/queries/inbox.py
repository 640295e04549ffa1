"""A party's requests as it sees them: to answer, waiting, agreed, over, and whom it said no to."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, exists, func, or_
from sqlmodel import Session, select

from expo.exhibitors.models import Organisation
from matchmaking.recommendations.models import Recommendation
from matchmaking.requests.models import (
    MeetingRefusal,
    MeetingRequest,
    RequestMessage,
    RequestOffer,
    RequestSeen,
)
from matchmaking.requests.queries.parties import MINE, MODELS, Party
from matchmaking.requests.sides import other, standing

TABS = ("answer", "waits", "agreed", "past")
PAST = ("withdrawn", "lapsed", "ended")


class Row(NamedTuple):
    """A request with the party across; nothing here depends on what that party keeps to itself."""

    id: int
    state: str
    turn: str
    asked_by: str
    asker_must: bool
    other_must: bool
    by_both: bool
    half: str | None
    slot: int | None
    asked_at: datetime
    expires_at: datetime
    settled_at: datetime | None
    other_id: int
    code: str
    name: dict[str, str]
    country: str
    score: int | None
    unread: int
    first: str | None

    def standing(self, side: str) -> str:
        """How it stands for one side (see `sides.standing`)."""
        return standing(self.state, self.turn, side)

    def my_must(self, side: str) -> bool:
        """Whether this side calls it a must."""
        return self.asker_must if self.asked_by == side else self.other_must

    def their_must(self, side: str) -> bool:
        """Whether the other side does."""
        return self.other_must if self.asked_by == side else self.asker_must


def _theirs(side: str) -> Any:
    return MINE[other(side)]


def _own_no(me: Party) -> Any:
    return exists().where(
        MeetingRefusal.buyer_id == MeetingRequest.buyer_id,
        MeetingRefusal.exhibitor_id == MeetingRequest.exhibitor_id,
        MeetingRefusal.side == me.side,
        MeetingRefusal.lifted_at.is_(None),
    )


def _conditions(me: Party) -> dict[str, Any]:
    kept = ~_own_no(me)
    is_open = MeetingRequest.state == "open"
    return {
        "answer": and_(is_open, MeetingRequest.turn == me.side, kept),
        "waits": and_(is_open, MeetingRequest.turn != me.side),
        "agreed": MeetingRequest.state == "agreed",
        "past": and_(MeetingRequest.state.in_(PAST), kept),
    }


def counts(session: Session, me: Party) -> dict[str, int]:
    """Tab → how many requests are in it; "no": to how many others this side said no."""
    columns = [func.count().filter(condition).label(tab) for tab, condition in _conditions(me).items()]
    row = session.execute(select(*columns).select_from(MeetingRequest).where(MINE[me.side] == me.id)).one()
    return {**row._asdict(), "no": _noes(session, me)}


def _noes(session: Session, me: Party) -> int:
    query = select(func.count()).select_from(MeetingRefusal)
    return session.execute(query.where(*_own_noes(me))).scalar_one()


def _own_noes(me: Party) -> tuple:
    mine = MeetingRefusal.buyer_id if me.side == "buyer" else MeetingRefusal.exhibitor_id
    return (mine == me.id, MeetingRefusal.side == me.side, MeetingRefusal.lifted_at.is_(None))


def _rows(me: Party) -> Any:
    model, theirs = MODELS[other(me.side)], _theirs(me.side)
    written = (
        select(func.count())
        .select_from(RequestMessage)
        .outerjoin(
            RequestSeen,
            and_(RequestSeen.request_id == RequestMessage.request_id, RequestSeen.side == me.side),
        )
        .where(
            RequestMessage.request_id == MeetingRequest.id,
            RequestMessage.side == other(me.side),
            RequestMessage.id > func.coalesce(RequestSeen.message_id, 0),
        )
        .correlate(MeetingRequest)
        .scalar_subquery()
    )
    first = (
        select(RequestMessage.body)
        .where(RequestMessage.request_id == MeetingRequest.id)
        .order_by(RequestMessage.id)
        .limit(1)
        .correlate(MeetingRequest)
        .scalar_subquery()
    )
    return (
        select(
            MeetingRequest.id, MeetingRequest.state, MeetingRequest.turn, MeetingRequest.asked_by,
            MeetingRequest.asker_must, MeetingRequest.other_must, MeetingRequest.by_both, MeetingRequest.half,
            MeetingRequest.slot, MeetingRequest.asked_at, MeetingRequest.expires_at,
            MeetingRequest.settled_at, theirs, model.code, Organisation.name, Organisation.country,
            Recommendation.score, written, first,
        )
        .join(model, model.id == theirs)
        .join(Organisation, Organisation.id == model.organisation_id)
        .outerjoin(
            Recommendation,
            and_(
                Recommendation.buyer_id == MeetingRequest.buyer_id,
                Recommendation.exhibitor_id == MeetingRequest.exhibitor_id,
            ),
        )
        .where(MINE[me.side] == me.id)
    )  # fmt: skip


ORDER: dict[str, tuple] = {
    "answer": (
        MeetingRequest.asker_must.desc(),
        MeetingRequest.expires_at,
        MeetingRequest.id,
    ),
    "waits": (MeetingRequest.expires_at, MeetingRequest.id),
    "agreed": (MeetingRequest.slot.nulls_last(), MeetingRequest.id),
    "past": (MeetingRequest.settled_at.desc(), MeetingRequest.id.desc()),
}


def requests(session: Session, me: Party, tab: str, limit: int | None, offset: int = 0) -> list[Row]:
    """One page of a tab, in one query; musts and what lapses first come first."""
    query = _rows(me).where(_conditions(me)[tab]).order_by(*ORDER[tab])
    return [Row(*row) for row in session.execute(query.limit(limit).offset(offset))]


def every(session: Session, me: Party, limit: int | None = None, offset: int = 0) -> list[Row]:
    """All requests that a party sees, the oldest first, for exports and programs."""
    query = _rows(me).where(or_(*_conditions(me).values())).order_by(MeetingRequest.id)
    return [Row(*row) for row in session.execute(query.limit(limit).offset(offset))]


def one(session: Session, me: Party, number: int) -> Row | None:
    """A party's own request of that number."""
    row = session.execute(_rows(me).where(MeetingRequest.id == number)).first()
    return Row(*row) if row else None


class Refused(NamedTuple):
    """Somebody this side said no to."""

    id: int
    code: str
    name: dict[str, str]
    country: str
    refused_at: datetime


def noes(session: Session, me: Party, limit: int, offset: int) -> list[Refused]:
    """Whom this side said no to, the latest first."""
    model = MODELS[other(me.side)]
    theirs = MeetingRefusal.exhibitor_id if me.side == "buyer" else MeetingRefusal.buyer_id
    rows = session.execute(
        select(model.id, model.code, Organisation.name, Organisation.country, MeetingRefusal.refused_at)
        .select_from(MeetingRefusal)
        .join(model, model.id == theirs)
        .join(Organisation, Organisation.id == model.organisation_id)
        .where(*_own_noes(me))
        .order_by(MeetingRefusal.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [Refused(*row) for row in rows]


def said_no(session: Session, me: Party, other_id: int) -> bool:
    """Whether this side said no to a party."""
    theirs = MeetingRefusal.exhibitor_id if me.side == "buyer" else MeetingRefusal.buyer_id
    return (
        session.execute(select(MeetingRefusal.id).where(*_own_noes(me), theirs == other_id)).first()
        is not None
    )


class Message(NamedTuple):
    """A message: whose side wrote it, what, when."""

    side: str
    body: str
    written_at: datetime


def messages(session: Session, number: int) -> list[Message]:
    """What was written about a request, the oldest first."""
    rows = session.execute(
        select(RequestMessage.side, RequestMessage.body, RequestMessage.written_at)
        .where(RequestMessage.request_id == number)
        .order_by(RequestMessage.id)
    )
    return [Message(*row) for row in rows]


class Offered(NamedTuple):
    """Somebody suggested in place of a request that came to nothing: `code`, `name` and the one before."""

    id: int
    other_id: int
    code: str
    name: dict[str, str]
    country: str
    score: int | None


def offers(session: Session, me: Party) -> list[Offered]:
    """What is suggested to a party and was neither taken up nor passed."""
    model = MODELS[other(me.side)]
    mine = RequestOffer.buyer_id if me.side == "buyer" else RequestOffer.exhibitor_id
    theirs = RequestOffer.exhibitor_id if me.side == "buyer" else RequestOffer.buyer_id
    asked = exists().where(
        MeetingRequest.buyer_id == RequestOffer.buyer_id,
        MeetingRequest.exhibitor_id == RequestOffer.exhibitor_id,
    )
    no = exists().where(
        MeetingRefusal.buyer_id == RequestOffer.buyer_id,
        MeetingRefusal.exhibitor_id == RequestOffer.exhibitor_id,
        MeetingRefusal.side == me.side,
        MeetingRefusal.lifted_at.is_(None),
    )
    rows = session.execute(
        select(RequestOffer.id, model.id, model.code, Organisation.name, Organisation.country,
               Recommendation.score)
        .join(model, model.id == theirs)
        .join(Organisation, Organisation.id == model.organisation_id)
        .outerjoin(
            Recommendation,
            and_(
                Recommendation.buyer_id == RequestOffer.buyer_id,
                Recommendation.exhibitor_id == RequestOffer.exhibitor_id,
            ),
        )
        .where(
            mine == me.id, RequestOffer.side == me.side, RequestOffer.passed_at.is_(None), ~asked, ~no
        )
        .order_by(RequestOffer.id.desc())
        .limit(10)
    )  # fmt: skip
    return [Offered(*row) for row in rows]


def own_offer(session: Session, me: Party, number: int) -> RequestOffer | None:
    """A party's own offer of that number."""
    mine = RequestOffer.buyer_id if me.side == "buyer" else RequestOffer.exhibitor_id
    return session.exec(
        select(RequestOffer).where(RequestOffer.id == number, mine == me.id, RequestOffer.side == me.side)
    ).first()
