"""Releasing the working timetable as a version."""

import re
from collections.abc import Sequence

from sqlalchemy import insert
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Release, ReleasedSlot, Slot
from expo.forums.services.building import violations_now
from expo.words import say

VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")


def releases(session: Session, edition: Edition) -> Sequence[Release]:
    """The released versions, the newest first."""
    return session.exec(
        select(Release).where(Release.edition_id == edition.id).order_by(Release.id.desc())
    ).all()


def release(session: Session, edition: Edition, version: str | None = None, note: str = "") -> Release:
    """Publish the working timetable as a version (the next number unless one is given).

    Talks without a place stay out. Refused without any place, with a broken rule, or for a version that is
    taken or unfit for an address.
    """
    session.exec(select(Edition.id).where(Edition.id == edition.id).with_for_update()).one()
    taken = {one.version for one in releases(session, edition)}
    version = (version or "").strip() or _next(taken)
    if version in taken:
        raise Refused(say("Version %(version)s exists already. Choose another name.", version=version))
    if not VERSION.fullmatch(version):
        raise Refused(say("A version is 1 to 20 letters, digits, dots, dashes and underscores, such as 1.2."))
    broken = [one for one in violations_now(session, edition) if one.rule != "unplaced"]
    if broken:
        raise Refused(
            say(
                "The timetable breaks hard rules: %(count)s. Put them right or build it again first.",
                count=len(broken),
            )
        )
    slots = session.exec(
        select(Slot.talk_id, Slot.room_id, Slot.during).where(Slot.edition_id == edition.id)
    ).all()
    if not slots:
        raise Refused(say("No talk has a place yet. Build the timetable first."))
    made = Release(edition_id=edition.id, version=version, note=note.strip())
    session.add(made)
    session.flush()
    session.execute(
        insert(ReleasedSlot),
        [{"release_id": made.id, "talk_id": t, "room_id": r, "during": during} for t, r, during in slots],
    )
    return made


def _next(taken: set[str]) -> str:
    numbers = [int(one) for one in taken if one.isdecimal()]
    return str(max(numbers, default=0) + 1)


def release_of(session: Session, edition: Edition, version: str | None = None) -> Release | None:
    """The release of that version, or the latest."""
    query = select(Release).where(Release.edition_id == edition.id).order_by(Release.id.desc())
    return session.exec(query if version is None else query.where(Release.version == version)).first()
