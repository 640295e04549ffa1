"""schedule.xml as frab writes it and conference apps read it."""

from collections.abc import Iterable, Mapping
from datetime import date

from lxml import etree

from expo.forums.feeds.parts import (
    GENERATOR,
    GENERATOR_VERSION,
    HUES,
    FeedDay,
    Links,
    acronym,
    day_count,
    event_facts,
    feed_days,
    line,
    name,
    numbers,
    references,
    room_names,
    timeslot,
    track_slugs,
)
from expo.forums.feeds.people import persons
from expo.forums.programme import Item, Programme


def schedule_xml(
    programme: Programme,
    links: Links,
    language: str = "en",
    given: Mapping[int, int] | None = None,
    dates: Iterable[date] | None = None,
) -> bytes:
    """The programme as UTF-8 XML.

    Of a part of a programme, `given` are the numbers and `dates` the days of the whole, so that both stay.
    """
    root = etree.Element("schedule")
    etree.SubElement(root, "generator", name=GENERATOR, version=GENERATOR_VERSION)
    _add(root, "url", links.programme)
    _add(root, "version", line(programme.version))
    _conference(root, programme, links, language)
    names = room_names(programme, language)
    ids = given or numbers(programme.items)
    for day in feed_days(programme, dates):
        _day(root, day, programme, links, language, names, ids)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add(parent: etree._Element, tag: str, value: object, **attributes: str) -> None:
    etree.SubElement(parent, tag, attributes).text = str(value)


def _conference(root: etree._Element, programme: Programme, links: Links, language: str) -> None:
    fair = programme.fair
    conference = etree.SubElement(root, "conference")
    _add(conference, "title", name(fair.name, language, fair.code))
    _add(conference, "acronym", acronym(fair.code, fair.starts_on.year))
    _add(conference, "start", fair.starts_on)
    _add(conference, "end", fair.ends_on)
    _add(conference, "days", day_count(programme))
    _add(conference, "timeslot_duration", timeslot(programme))
    _add(conference, "base_url", links.site)
    _add(conference, "time_zone_name", fair.timezone)
    slugs = track_slugs(programme.used_tracks)
    for track in programme.used_tracks:
        etree.SubElement(
            conference,
            "track",
            name=name(track.name, language, track.code),
            color=HUES[(track.hue - 1) % len(HUES)],
            slug=slugs[track.code],
        )


def _day(
    root: etree._Element,
    day: FeedDay,
    programme: Programme,
    links: Links,
    language: str,
    names: dict[str, str],
    ids: Mapping[int, int],
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
            facts = event_facts(item, programme, links, language, names[room.code])
            _event(place, item, facts, persons(item, language, programme.fair.code), ids[item.id])


def _event(place: etree._Element, item: Item, facts: dict[str, str], people: list, number: int) -> None:
    event = etree.SubElement(place, "event", id=str(number), guid=str(item.guid), code=item.code)
    for tag, value in facts.items():
        if value or tag not in ("description", "language"):
            _add(event, tag, value)
    recording = etree.SubElement(event, "recording")
    _add(recording, "license", line(item.origin.get("license", "")))
    _add(recording, "optout", "true" if item.origin.get("optout") is True else "false")
    who = etree.SubElement(event, "persons")
    for person in people:
        number_of = {} if person.id is None else {"id": str(person.id)}
        _add(who, "person", person.name, **number_of, guid=str(person.guid))
    for kind, tag in (("links", "link"), ("attachments", "attachment")):
        group = etree.SubElement(event, kind)
        for url, title in references(item, kind):
            _add(group, tag, title, href=url)
