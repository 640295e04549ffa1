"""The programme as a calendar one subscribes to: changes and cancellations reach those who did."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from icalendar import Calendar, Event, vDuration, vText

from expo.forums.feeds.parts import Links, name, room_names, text, told
from expo.forums.feeds.people import persons
from expo.forums.history import Revision
from expo.forums.programme import Item, Programme
from expo.languages import LANGUAGES

REFRESH = timedelta(hours=1)


def schedule_ics(
    programme: Programme,
    links: Links,
    language: str = "en",
    history: Mapping[int, Revision] | None = None,
    removed: Iterable[Item] = (),
    part: str = "",
) -> bytes:
    """A calendar of the programme's talks and, marked as cancelled, of those that former versions had.

    `part` says which part of the programme it is, beside the calendar's name.
    """
    removed = told(removed)
    items = told(programme.items)
    calendar = _head(programme, links, language, part)
    names = room_names(programme, language)
    stamp = programme.released_at or datetime(2000, 1, 1, tzinfo=UTC)
    for item, gone in [*((item, False) for item in items), *((item, True) for item in removed)]:
        revision = (history or {}).get(item.id)
        place = names.get(item.room.code) or name(item.room.name, language, item.room.code)
        calendar.add_component(_event(item, gone, revision, stamp, links, language, place, programme))
    days = [moment.date() for item in (*items, *removed) for moment in (item.start, item.end)]
    calendar.add_missing_timezones(
        first_date=min([programme.fair.starts_on, *days]) - timedelta(days=366),
        last_date=max([programme.fair.ends_on, *days]) + timedelta(days=366),
    )
    return calendar.to_ical()


def _head(programme: Programme, links: Links, language: str, part: str) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add(
        "prodid", f"-//Caravanserai//Programme//{language.upper() if language in LANGUAGES else 'EN'}"
    )
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    shown = name(programme.fair.name, language, programme.fair.code) + (f" · {part}" if part else "")
    calendar.add("name", shown)
    calendar.add("x-wr-calname", shown)
    calendar.add("x-wr-timezone", programme.fair.timezone)
    calendar.add("url", links.programme)
    for key in ("refresh-interval", "x-published-ttl"):
        interval = vDuration(REFRESH)
        interval.params["VALUE"] = "DURATION"
        calendar.add(key, interval)
    return calendar


def _event(
    item: Item,
    gone: bool,
    revision: Revision | None,
    stamp: datetime,
    links: Links,
    language: str,
    place: str,
    programme: Programme,
) -> Event:
    event = Event()
    event.add("uid", str(item.guid))
    event.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", revision.sequence if revision else 0)
    changed = revision.changed_at if revision else stamp
    event.add("last-modified", changed.astimezone(UTC).replace(microsecond=0))
    # a clock time that comes twice in a night means the first one to calendars, so such a talk is told in UTC
    twice = item.start.fold or item.end.fold
    event.add("dtstart", item.start.astimezone(UTC) if twice else item.start)
    event.add("dtend", item.end.astimezone(UTC) if twice else item.end)
    event.add("summary", vText(name(item.title, language, item.code)))
    building = item.room.building
    event.add("location", vText(f"{place}, {building}" if building and building not in place else place))
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    event.add("categories", [name(item.track.name, language, item.track.code)])
    event.add("url", links.talk(quote(item.code)))
    if description := _description(item, language, programme.fair.code):
        event.add("description", vText(description))
    return event


def _description(item: Item, language: str, edition: str) -> str:
    people = ", ".join(person.name for person in persons(item, language, edition))
    return "\n\n".join(part for part in (people, text(item.abstract, language)) if part)
