"""Forums made, changed, put in order and taken away."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Forum, ForumChair, Speaker, Talk
from expo.forums.services.refusals import check_seal, in_words
from expo.words import say

FORUM_FIELDS = ("code", "name", "description", "kind", "is_main", "hue", "position")


def forum_values(session: Session, forum: Forum) -> dict[str, Any]:
    """A forum as its form takes it."""
    return {name: getattr(forum, name) for name in FORUM_FIELDS} | {"chairs": chairs_of(session, forum)}


def chairs_of(session: Session, forum: Forum) -> list[str]:
    """The codes of those who lead a forum, in order."""
    return list(
        session.exec(
            select(Speaker.code)
            .join(ForumChair, ForumChair.speaker_id == Speaker.id)
            .where(ForumChair.forum_id == forum.id)
            .order_by(ForumChair.position, ForumChair.id)
        )
    )


def save_forum(
    session: Session,
    edition: Edition,
    forum: Forum | None,
    values: Mapping[str, Any],
    chairs: Sequence[str],
    seen: str = "",
) -> Forum:
    """A new forum, or other values for one. A new main event takes the place of the old one.

    Refused for a code that is taken, a chair nobody knows, a stale form, and where no main event is left.
    """
    session.exec(select(Edition.id).where(Edition.id == edition.id).with_for_update()).one()
    with in_words(session):
        if forum is not None:
            session.refresh(forum, with_for_update=True)
            check_seal(seen, forum_values(session, forum))
            if forum.is_main and not values["is_main"]:
                raise Refused(say("A programme has one main event. Make another forum the main one instead."))
        forum = forum or Forum(edition_id=edition.id, code="")
        if values["is_main"]:
            session.execute(update(Forum).where(Forum.edition_id == edition.id).values(is_main=False))
            session.expire_all()
        for name in FORUM_FIELDS:
            setattr(forum, name, values[name])
        session.add(forum)
        session.flush()
        _keep_chairs(session, edition, forum, chairs)
    return forum


def _keep_chairs(session: Session, edition: Edition, forum: Forum, codes: Sequence[str]) -> None:
    ids = people_by_code(session, edition, codes)
    session.execute(delete(ForumChair).where(ForumChair.forum_id == forum.id))
    for position, code in enumerate(dict.fromkeys(codes), start=1):
        session.add(ForumChair(forum_id=forum.id, speaker_id=ids[code], position=position))


def people_by_code(session: Session, edition: Edition, codes: Sequence[str]) -> dict[str, int]:
    """The ids of people by their codes. Refused for a code nobody bears."""
    rows = session.exec(
        select(Speaker.code, Speaker.id).where(
            Speaker.edition_id == edition.id, Speaker.code.in_(list(codes))
        )
    ).all()
    ids = {code: number for code, number in rows if number is not None}
    for code in codes:
        if code not in ids:
            raise Refused(say("Nobody on stage has the code %(code)s.", code=code))
    return ids


def delete_forum(session: Session, forum: Forum) -> None:
    """Take a forum away. Refused while it has talks, or is the main event beside others."""
    talks = session.exec(select(func.count()).select_from(Talk).where(Talk.forum_id == forum.id)).one()
    if talks:
        raise Refused(
            say("%(count)s talks belong to this forum. Move them to another one first.", count=talks)
        )
    others = session.exec(
        select(func.count()).select_from(Forum).where(
            Forum.edition_id == forum.edition_id, Forum.id != forum.id
        )
    ).one()  # fmt: skip
    if forum.is_main and others:
        raise Refused(say("A programme has one main event. Make another forum the main one instead."))
    session.delete(forum)
    session.flush()


def next_position(session: Session, edition: Edition) -> int:
    """The place after the last forum."""
    last = session.exec(select(func.max(Forum.position)).where(Forum.edition_id == edition.id)).one()
    return (last or 0) + 1
