"""schedule.xml as frab writes it and conference apps read it."""

from lxml import etree

from expo.forums.feeds.parts import (
    GENERATOR,
    FeedDay,
    Links,
    acronym,
    day_count,
    event_facts,
    feed_days,
    room_names,
    text,
    timeslot,
)
from expo.forums.programme import Item, Programme


def schedule_xml(programme: Programme, links: Links, language: str = "en") -> bytes:
    """The programme as UTF-8 XML."""
    root = etree.Element("schedule")
    etree.SubElement(root, "generator", name=GENERATOR)
    _add(root, "version", programme.version)
    _conference(root, programme, links, language)
    names = room_names(programme, language)
    for day in feed_days(programme):
        _day(root, day, programme, links, language, names)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add(parent: etree._Element, name: str, value: object) -> None:
    etree.SubElement(parent, name).text = str(value)


def _conference(root: etree._Element, programme: Programme, links: Links, language: str) -> None:
    fair = programme.fair
    conference = etree.SubElement(root, "conference")
    _add(conference, "title", text(fair.name, language) or fair.code)
    _add(conference, "acronym", acronym(fair.code, fair.starts_on.year))
    _add(conference, "start", fair.starts_on)
    _add(conference, "end", fair.ends_on)
    _add(conference, "days", day_count(programme))
    _add(conference, "timeslot_duration", timeslot(programme))
    _add(conference, "base_url", links.site)
    _add(conference, "time_zone_name", fair.timezone)


def _day(
    root: etree._Element,
    day: FeedDay,
    programme: Programme,
    links: Links,
    language: str,
    names: dict[str, str],
) -> None:
    element = etree.SubElement(
        root,
        "day",
        index=str(day.index),
        date=day.date.isoformat(),
        start=day.start.isoformat(),
        end=day.end.isoformat(),
    )
    for room, items in day.rooms:
        place = etree.SubElement(element, "room", name=names[room.code])
        for item in items:
            _event(place, item, programme, links, language, names[room.code])


def _event(
    place: etree._Element, item: Item, programme: Programme, links: Links, language: str, room: str
) -> None:
    event = etree.SubElement(place, "event", id=str(item.id), guid=str(item.guid))
    for name, value in event_facts(item, programme, links, language, room).items():
        _add(event, name, value)
    persons = etree.SubElement(event, "persons")
    for part in item.speakers:
        etree.SubElement(persons, "person", id=str(part.id)).text = text(part.name, language) or part.code
