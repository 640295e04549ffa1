"""The released programme for other programs: whole or a part of it, in every version."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from expo.editions.models import Edition
from expo.forums.choosing import Wanted, fits
from expo.forums.feeds.calendar import schedule_ics
from expo.forums.feeds.frab_json import schedule_json
from expo.forums.feeds.frab_xml import schedule_xml
from expo.forums.feeds.parts import links_of, name, numbers
from expo.forums.programme import Item, Programme
from expo.forums.services.reading import history, programme


@dataclass(frozen=True)
class Only:
    """A part of a programme: of a forum, in a room, a single talk (by code), some talks (by code), a choice.

    '', None and an empty choice ask for everything. `label` is what a calendar of it is called, beside the
    edition's name.
    """

    forum: str = ""
    room: str = ""
    talk: str = ""
    talks: frozenset[str] | None = None
    label: str = ""
    wanted: Wanted = Wanted()

    def has(self, item: Item) -> bool:
        """Whether a talk belongs to it."""
        return (
            self.forum in ("", item.track.code)
            and self.room in ("", item.room.code)
            and self.talk in ("", item.code)
            and (self.talks is None or item.code in self.talks)
            and (self.wanted.is_everything or fits(item, self.wanted))
        )


ALL = Only()


def feed(
    session: Session,
    edition: Edition,
    fmt: str,
    site: str,
    language: str = "en",
    version: str | None = None,
    only: Only = ALL,
) -> bytes | None:
    """A released programme as 'xml', 'json' or 'ics'; None where there is no such thing.

    `site` is the site's address without a slash at its end. A part keeps the numbers and days of the whole; a
    calendar tells of talks that were taken out, too.
    """
    whole = programme(session, edition, version)
    if whole is None:
        return None
    found = replace(whole, items=tuple(filter(only.has, whole.items)))
    links = links_of(site, edition.code)
    if fmt == "ics":
        past, gone = history(session, edition, whole.version)
        removed = tuple(filter(only.has, gone))
        if not _is_there(whole, only, found.items or removed):
            return None
        return schedule_ics(found, links, language, past, removed, _label(whole, only, language))
    if not _is_there(whole, only, found.items):
        return None
    write = schedule_xml if fmt == "xml" else schedule_json
    return write(found, links, language, numbers(whole.items), whole.days)


def _is_there(whole: Programme, only: Only, items: tuple[Item, ...]) -> bool:
    """Whether the part is one, though it may hold nothing: a forum without talks has an empty feed."""
    if only.talk:
        return bool(items)
    return only.forum in ("", *(track.code for track in whole.tracks)) and only.room in (
        "",
        *(room.code for room in whole.rooms),
    )


def _label(whole: Programme, only: Only, language: str) -> str:
    if only.label:
        return only.label
    forums = [name(one.name, language, one.code) for one in whole.tracks if one.code == only.forum]
    rooms = [name(one.name, language, one.code) for one in whole.rooms if one.code == only.room]
    return " · ".join(forums + rooms)
