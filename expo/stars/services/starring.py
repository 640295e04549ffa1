"""Starring talks that are in the released programme; nothing else can be starred, or be found out."""

from collections.abc import Mapping

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.forums.models import Release, ReleasedSlot, Talk
from expo.stars.models import Follower, Star

MOST_AT_ONCE = 500
"""Stars that one request may set: what was done without a net is sent in one go."""


def set_star(session: Session, edition: Edition, follower: Follower, code: str, on: bool) -> bool:
    """Set or take away one star. False where the released programme has no such talk."""
    return code in set_stars(session, edition, follower, {code: on})


def set_stars(session: Session, edition: Edition, follower: Follower, wanted: Mapping[str, bool]) -> set[str]:
    """Set (true) and take away (false) stars by talk code; saying it twice changes nothing.

    Answers with the codes that were understood: of talks in the released programme, and of any that were
    starred before and are to be no longer.
    """
    wanted = dict(list(wanted.items())[:MOST_AT_ONCE])
    ids = _released(session, edition, [code for code, on in wanted.items() if on])
    if ids:
        rows = [{"follower_id": follower.id, "talk_id": talk_id, "at": now()} for talk_id in ids.values()]
        session.execute(insert(Star).values(rows).on_conflict_do_nothing())
    off = [code for code, on in wanted.items() if not on]
    if off:
        talks = select(Talk.id).where(Talk.edition_id == edition.id, Talk.code.in_(off))
        session.execute(delete(Star).where(Star.follower_id == follower.id, Star.talk_id.in_(talks)))
    return {*ids, *off}


def starred_codes(session: Session, follower: Follower | None) -> list[str]:
    """The codes of what somebody starred, in order."""
    if follower is None:
        return []
    query = select(Talk.code).join(Star, Star.talk_id == Talk.id).where(Star.follower_id == follower.id)
    return list(session.exec(query.order_by(Talk.code)).all())


def is_released(session: Session, edition: Edition, code: str) -> bool:
    """Whether the released programme has the talk."""
    return bool(_released(session, edition, [code]))


def _released(session: Session, edition: Edition, codes: list[str]) -> dict[str, int | None]:
    latest = (
        select(Release.id)
        .where(Release.edition_id == edition.id)
        .order_by(Release.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.exec(
        select(Talk.code, Talk.id)
        .join(ReleasedSlot, ReleasedSlot.talk_id == Talk.id)
        .where(ReleasedSlot.release_id == latest, Talk.edition_id == edition.id, Talk.code.in_(codes))
    ).all()
    return dict(rows)
