"""The programme as people read it: released versions as they were, and the draft."""

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.forums.history import Appearance, Revision, revisions
from expo.forums.models import Release, ReleasedSlot
from expo.forums.programme import Item, Programme
from expo.forums.services.releasing import release_of, releases
from expo.forums.services.snapshots import content_of, content_of_talks, draft_content, said_in
from expo.forums.snapshot import programme_of


def programme(session: Session, edition: Edition, version: str | None = None) -> Programme | None:
    """A released programme (the latest unless a version is named) as it was; None where there is none.

    Two queries, however many talks.
    """
    which = release_of(session, edition, version)
    return None if which is None else programme_in(session, edition, which)


def programme_in(session: Session, edition: Edition, which: Release) -> Programme:
    """What a release says."""
    content = content_of(session, which)
    return programme_of(content, edition.code, which.version, which.note, which.released_at)


def draft_programme(session: Session, edition: Edition) -> Programme:
    """The working timetable as a programme, all of one moment."""
    return programme_of(draft_content(session, edition)[0], edition.code)


def history(session: Session, edition: Edition, version: str) -> tuple[dict[int, Revision], list[Item]]:
    """How each talk came to where it is in `version`, and the talks of former versions that it lacks."""
    past = list(reversed(releases(session, edition)))
    past = past[: [one.version for one in past].index(version) + 1]
    number = {one.id: position for position, one in enumerate(past)}
    rows = session.exec(
        select(
            ReleasedSlot.release_id, ReleasedSlot.talk_id, ReleasedSlot.room_id, ReleasedSlot.during
        ).where(ReleasedSlot.release_id.in_(list(number)))
    ).all()
    said = {one.id: said_in(session, one) for one in past} if len(past) > 1 else {}
    found = revisions(
        [one.released_at for one in past],
        [
            Appearance(number[r], talk, room, during.lower, during.upper, said.get(r, {}).get(talk, ""))
            for r, talk, room, during in rows
        ],
    )
    return found, _removed(session, edition, past, found)


def _removed(
    session: Session, edition: Edition, past: list[Release], found: dict[int, Revision]
) -> list[Item]:
    """Talks that are out, each as the last version that had it told of it."""
    gone: dict[int, list[int]] = {}
    for talk_id, one in found.items():
        if one.cancelled:
            gone.setdefault(one.last.version, []).append(talk_id)
    items = [
        item
        for number, talks in gone.items()
        for item in programme_of(content_of_talks(session, past[number], talks), edition.code).items
    ]
    return sorted(items, key=lambda item: item.code)
