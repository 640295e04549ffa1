"""Whom to write to about a talk: those known by name or address who starred it and did not say no."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import column, func, or_, table
from sqlmodel import Session, select

from expo.forums.audience import Listener, audience
from expo.stars.models import Follower, Star

# People stand a room above; address and language of theirs are read.
person = table("person", column("id"), column("email"), column("language"))


@audience
def listeners(session: Session, edition_id: int, talk_ids: Collection[int]) -> Sequence[Listener]:
    """Address, language and starred talks of everybody who may be written to."""
    recipient = func.lower(func.coalesce(Follower.email, person.c.email))
    rows = session.execute(
        select(recipient, func.coalesce(person.c.language, Follower.language), Star.talk_id)
        .select_from(Star)
        .join(Follower, Follower.id == Star.follower_id)
        .outerjoin(person, person.c.id == Follower.person_id)
        .where(Follower.edition_id == edition_id, Follower.wants_mail, Star.talk_id.in_(list(talk_ids)))
        .where(or_(Follower.email.is_not(None), func.coalesce(person.c.email, "") != ""))
        .order_by(recipient, Follower.id)
    ).all()
    ids: dict[str, set[int]] = defaultdict(set)
    language: dict[str, str] = {}
    for address, spoken, talk_id in rows:
        ids[address].add(talk_id)
        language.setdefault(address, spoken)
    return [Listener(address, language[address], frozenset(talks)) for address, talks in ids.items()]
