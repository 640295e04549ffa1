"""Releasing the working timetable as a version, and going back to an earlier one."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import Select, bindparam, insert
from sqlmodel import Session, func, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Release, ReleasedProgramme, ReleasedSlot, ReleaseTelling, between
from expo.forums.services.building import violations_now
from expo.forums.services.placing import hold
from expo.forums.services.snapshots import content_of, draft_content
from expo.forums.snapshot import Content, digest
from expo.languages import tidy
from expo.words import say

VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")


def releases(session: Session, edition: Edition) -> Sequence[Release]:
    """The released versions, the newest first."""
    return session.exec(
        select(Release).where(Release.edition_id == edition.id).order_by(Release.number.desc())
    ).all()


def release_of(session: Session, edition: Edition, version: str | None = None) -> Release | None:
    """The release of that version, or the latest."""
    query = select(Release).where(Release.edition_id == edition.id).order_by(Release.number.desc()).limit(1)
    return session.exec(query if version is None else query.where(Release.version == version)).first()


def newest_release_id(session: Session, edition: Edition) -> int | None:
    """The number of the latest release's row, as the kept pages ask with each request."""
    return session.connection().execute(_newest(), {"edition": edition.id}).scalar()


@cache
def _newest() -> Select:
    return (
        select(Release.id)
        .where(Release.edition_id == bindparam("edition"))
        .order_by(Release.number.desc())
        .limit(1)
    )


def letters_written(session: Session, edition: Edition) -> dict[int, int]:
    """Release → letters written about it; releases nobody was written to about are left out."""
    rows = session.exec(
        select(ReleaseTelling.release_id, ReleaseTelling.letters)
        .join(Release, Release.id == ReleaseTelling.release_id)
        .where(Release.edition_id == edition.id)
    ).all()
    return {one[0]: one[1] for one in rows}


def release(
    session: Session,
    edition: Edition,
    version: str | None = None,
    note: Mapping[str, str] | str = "",
    user_id: int | None = None,
    seen: str = "",
) -> Release:
    """Publish the working timetable as a version (the next number unless one is given).

    All that the version says is read at one moment and kept; talks without a place stay out. Whoever
    releases takes turns with others who do and with those who move talks. `note` is a text or a language
    map. Refused without any place, with a broken rule, for a version that is taken or unfit for an address,
    without a name where nothing changed since the latest, and where the timetable is no longer the one
    `seen` (digest of the preview; '' for none).
    """
    hold(session, edition)
    name = _name(session, edition, version)
    broken = [one for one in violations_now(session, edition) if one.rule != "unplaced"]
    if broken:
        raise Refused(
            say(
                "The timetable breaks hard rules: %(count)s. Put them right or build it again first.",
                count=len(broken),
            )
        )
    content, rooms = draft_content(session, edition)
    if not content["talks"]:
        raise Refused(say("No talk has a place yet. Build the timetable first."))
    mark = digest(content)
    if seen and seen != mark:
        raise Refused(
            say("Somebody changed the timetable since you looked. Look at what would change once more.")
        )
    latest = release_of(session, edition)
    if latest and not (version or "").strip() and _digest_of(session, latest) == mark:
        raise Refused(say("Nothing changed since version %(version)s.", version=latest.version))
    places = [
        {
            "talk_id": talk["id"],
            "room_id": rooms[talk["id"]],
            "during": between(_instant(talk["start"]), _instant(talk["end"])),
        }
        for talk in content["talks"]
    ]
    return _kept(
        session, edition, Release(version=name, note=_note(note), released_by=user_id), content, places
    )


def restore(
    session: Session,
    edition: Edition,
    version: str,
    note: Mapping[str, str] | str = "",
    user_id: int | None = None,
) -> Release:
    """Go back: a new version that says what an earlier one said. The working timetable stays as it is.

    What is out cannot be made unsaid, calendars and papers have it; so nothing is ever taken out of the list.
    Refused for a version that does not exist or is the latest.
    """
    hold(session, edition)
    former, latest = release_of(session, edition, version), release_of(session, edition)
    if former is None or latest is None:
        raise Refused(say("There is no version %(version)s.", version=version))
    if former.id == latest.id:
        raise Refused(say("Version %(version)s is the one that holds.", version=version))
    content = content_of(session, former)
    rows = session.execute(
        select(ReleasedSlot.talk_id, ReleasedSlot.room_id, ReleasedSlot.during).where(
            ReleasedSlot.release_id == former.id
        )
    ).all()
    places = [{"talk_id": talk, "room_id": room, "during": during} for talk, room, during in rows]
    made = Release(
        version=_name(session, edition, None), kind="restored", restores=former.version, note=_note(note),
        released_by=user_id,
    )  # fmt: skip
    return _kept(session, edition, made, content, places)


def _kept(session: Session, edition: Edition, made: Release, content: Content, places: list[dict]) -> Release:
    last = session.exec(select(func.max(Release.number)).where(Release.edition_id == edition.id)).one()
    made.edition_id, made.number = edition.id, (last or 0) + 1
    session.add(made)
    session.flush()
    session.add(ReleasedProgramme(release_id=made.id, digest=digest(content), content=content))
    session.flush()
    session.execute(insert(ReleasedSlot), [{"release_id": made.id} | place for place in places])
    return made


def _digest_of(session: Session, release: Release) -> str:
    return session.exec(
        select(ReleasedProgramme.digest).where(ReleasedProgramme.release_id == release.id)
    ).one()


def _name(session: Session, edition: Edition, wanted: str | None) -> str:
    taken = {one.version for one in releases(session, edition)}
    name = (wanted or "").strip() or _next(taken)
    if name in taken:
        raise Refused(say("Version %(version)s exists already. Choose another name.", version=name))
    if not VERSION.fullmatch(name):
        raise Refused(say("A version is 1 to 20 letters, digits, dots, dashes and underscores, such as 1.2."))
    return name


def _next(taken: set[str]) -> str:
    numbers = [int(one) for one in taken if one.isdecimal() and one.isascii()]
    return str(max(numbers, default=0) + 1)


def _note(note: Mapping[str, str] | str) -> dict[str, str]:
    return tidy({"en": note} if isinstance(note, str) else note)


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
