"""What changed between two programmes, talk by talk, as people care about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from expo.forums.programme import Item, Programme

NEW, REMOVED, TIME, ROOM, PEOPLE, TITLE, LANGUAGE, FORUM, ABSTRACT = KINDS = (
    "new", "removed", "time", "room", "people", "title", "language", "forum", "abstract",
)  # fmt: skip
INTERPRETERS = "interpreters"
"""A change behind the stage: only the interpreters themselves hear of it."""
ANNOUNCED = frozenset({NEW, REMOVED, TIME, ROOM, PEOPLE})
"""Changes for which everybody concerned is written to; corrected texts stand in the list of changes only."""


@dataclass(frozen=True)
class Change:
    """What happened to a talk; `before` is None for a new one, `after` for one that is out."""

    before: Item | None
    after: Item | None
    kinds: tuple[str, ...]

    @property
    def item(self) -> Item:
        """The talk as it is now, or was last."""
        item = self.after or self.before
        assert item is not None
        return item

    @property
    def is_worth_a_letter(self) -> bool:
        return bool(ANNOUNCED.union((INTERPRETERS,)).intersection(self.kinds))

    @property
    def concerns(self) -> set[int]:
        """Whom on stage it concerns: all who were or are in the talk, or the interpreters that changed."""
        old, new = ({part.id for part in item.parts} if item else set() for item in (self.before, self.after))
        return old | new if ANNOUNCED.intersection(self.kinds) else old ^ new

    @property
    def forums(self) -> set[str]:
        """Codes of the forums it belonged to and belongs to."""
        return {item.track.code for item in (self.before, self.after) if item}


def changes(before: Programme | None, after: Programme | None, *, backstage: bool = False) -> list[Change]:
    """Every talk that differs, in order of time; from or to nothing (None), all are new or out.

    `backstage` tells of interpreters as well, whom the public does not hear of.
    """
    old, new = _by_guid(before), _by_guid(after)
    found = []
    for guid in {**old, **new}:
        kinds = _kinds(old.get(guid), new.get(guid), backstage)
        if kinds:
            found.append(Change(old.get(guid), new.get(guid), kinds))
    return sorted(found, key=lambda one: (one.item.start, one.item.room.code, one.item.code))


def _by_guid(programme: Programme | None) -> dict[UUID, Item]:
    return {item.guid: item for item in programme.items} if programme else {}


def _kinds(old: Item | None, new: Item | None, backstage: bool) -> tuple[str, ...]:
    if old is None or new is None:
        return (NEW,) if old is None else (REMOVED,)
    differs = {
        TIME: (old.start, old.end) != (new.start, new.end),
        ROOM: old.room.code != new.room.code,
        PEOPLE: _people(old) != _people(new),
        TITLE: old.title != new.title,
        LANGUAGE: (old.language, old.interpretation) != (new.language, new.interpretation),
        FORUM: old.track.code != new.track.code,
        ABSTRACT: old.abstract != new.abstract,
        INTERPRETERS: backstage and _interpreters(old) != _interpreters(new),
    }
    return tuple(kind for kind in (*KINDS, INTERPRETERS) if differs.get(kind))


def _interpreters(item: Item) -> set[int]:
    return {part.id for part in item.parts if part.role == "interpreter"}


def _people(item: Item) -> set[tuple[str, str]]:
    """Who is announced: a change of interpreter is nothing the audience need hear of."""
    return {(part.code, part.role) for part in item.speakers}


def counted(found: Iterable[Change]) -> dict[str, int]:
    """How many talks show each kind of change; kinds that do not occur are left out."""
    every = [kind for change in found for kind in change.kinds]
    return {kind: every.count(kind) for kind in KINDS if kind in every}


def only(found: Sequence[Change], kind: str = "", forum: str = "") -> list[Change]:
    """The changes of a kind and of a forum (before or after); '' asks for all."""
    return [change for change in found if kind in ("", *change.kinds) and forum in ("", *change.forums)]


def marks(found: Iterable[Change]) -> dict[str, tuple[str, ...]]:
    """Code of each talk that is still there → what changed, for the marks on paper; no corrected texts."""
    return {
        change.after.code: tuple(kind for kind in change.kinds if kind in ANNOUNCED)
        for change in found
        if change.after and ANNOUNCED.intersection(change.kinds)
    }
