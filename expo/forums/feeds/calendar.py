"""The programme as a calendar one subscribes to: changes and cancellations reach those who did."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vDuration, vText

from expo.forums.feeds.parts import Links, room_names, text
from expo.forums.history import Revision
from expo.forums.programme import Item, Programme

REFRESH = timedelta(hours=1)


def schedule_ics(
    programme: Programme,
    links: Links,
    language: str = "en",
    history: Mapping[int, Revision] | None = None,
    removed: Iterable[Item] = (),
) -> bytes:
    """A calendar of the programme's talks and, marked as cancelled, of those that former versions had."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Caravanserai//Programme//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    name = text(programme.fair.name, language) or programme.fair.code
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", programme.fair.timezone)
    calendar.add("url", links.programme)
    for key in ("refresh-interval", "x-published-ttl"):
        interval = vDuration(REFRESH)
        interval.params["VALUE"] = "DURATION"
        calendar.add(key, interval)
    names = room_names(programme, language)
    stamp = programme.released_at or datetime(2000, 1, 1, tzinfo=UTC)
    for item, gone in [*((item, False) for item in programme.items), *((item, True) for item in removed)]:
        revision = (history or {}).get(item.id)
        calendar.add_component(_event(item, gone, revision, stamp, links, language, names))
    calendar.add_missing_timezones(
        first_date=programme.fair.starts_on - timedelta(days=366),
        last_date=programme.fair.ends_on + timedelta(days=366),
    )
    return calendar.to_ical()


def _event(
    item: Item,
    gone: bool,
    revision: Revision | None,
    stamp: datetime,
    links: Links,
    language: str,
    names: dict[str, str],
) -> Event:
    event = Event()
    event.add("uid", str(item.guid))
    event.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", revision.sequence if revision else 0)
    changed = revision.changed_at if revision else stamp
    event.add("last-modified", changed.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", item.start)
    event.add("dtend", item.end)
    event.add("summary", vText(text(item.title, language) or item.code))
    event.add("location", vText(names[item.room.code]))
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    event.add("categories", [text(item.track.name, language) or item.track.code])
    event.add("url", links.talk(item.code))
    if description := _description(item, language):
        event.add("description", vText(description))
    return event


def _description(item: Item, language: str) -> str:
    people = ", ".join(text(part.name, language) or part.code for part in item.speakers)
    return "\n\n".join(part for part in (people, text(item.abstract, language)) if part)
