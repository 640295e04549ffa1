"""Whom a party could ask: the other side's people who are open to meetings, the best of its list first."""

from typing import Any, NamedTuple

from sqlalchemy import String, and_, cast, exists, func, literal_column, or_
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Organisation
from matchmaking.catalogue.models import Need, Product
from matchmaking.recommendations.models import Recommendation
from matchmaking.requests.models import MeetingRefusal, MeetingRequest
from matchmaking.requests.queries.parties import MODELS, Party, taking_part
from matchmaking.requests.sides import ALIVE, BUYER, other

# A name in all its languages, without the languages' own codes: whoever looks for "en" means a name.
CALLED = cast(func.jsonb_path_query_array(Organisation.name, literal_column("'$.*'::jsonpath")), String)


class Candidate(NamedTuple):
    """A party that could be asked; where it is on a list, the points of the pair and what it is about: the
    product offered to a buyer, the need that a supplier would meet."""

    id: int
    code: str
    name: dict[str, str]
    country: str
    score: int | None
    about: dict[str, str] | None


def _found(edition: Edition, me: Party, words: str) -> Any:
    """Everybody whom this party could ask. What they think of it is not asked here."""
    model = MODELS[other(me.side)]
    mine, theirs = ("buyer_id", "exhibitor_id") if me.side == BUYER else ("exhibitor_id", "buyer_id")
    value = Recommendation.buyer_value if me.side == BUYER else Recommendation.exhibitor_value

    def known(table: Any, *more: Any) -> Any:
        return exists().where(getattr(table, mine) == me.id, getattr(table, theirs) == model.id, *more)

    topic, text, link = (
        (Product, Product.name, Recommendation.product_id)
        if me.side == BUYER
        else (Need, Need.text, Recommendation.need_id)
    )
    query = (
        select(model.id, model.code, Organisation.name, Organisation.country, Recommendation.score, text)
        .join(Organisation, Organisation.id == model.organisation_id)
        .outerjoin(
            Recommendation,
            and_(
                getattr(Recommendation, mine) == me.id,
                getattr(Recommendation, theirs) == model.id,
                value.is_not(None),
            ),
        )
        .outerjoin(topic, topic.id == link)
        .where(
            model.id.in_(taking_part(edition, other(me.side))),
            model.organisation_id != me.organisation_id,
            ~known(MeetingRequest, MeetingRequest.state.in_(ALIVE)),
            ~known(MeetingRefusal, MeetingRefusal.side == me.side, MeetingRefusal.lifted_at.is_(None)),
        )
        .order_by(value.desc().nulls_last(), model.code)
    )
    for word in words.split()[:8]:
        query = query.where(
            or_(
                CALLED.icontains(word, autoescape=True),
                model.code.icontains(word, autoescape=True),
                Organisation.country == word.upper(),
            )
        )
    return query


def candidates(
    session: Session, edition: Edition, me: Party, words: str, limit: int, offset: int
) -> list[Candidate]:
    """One page of them."""
    query = _found(edition, me, words).limit(limit).offset(offset)
    return [Candidate(*row) for row in session.execute(query)]


def candidate_count(session: Session, edition: Edition, me: Party, words: str) -> int:
    """How many there are."""
    found = _found(edition, me, words).order_by(None).subquery()
    return session.execute(select(func.count()).select_from(found)).scalar_one()
