"""Invented conferences as different systems write them down."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

WORDS = "Kernel Honey Latency Rust Радио Протокол Größe Café 数据 ذخیرہ & <Radio> Mesh 🦀 Fuzzing".split()  # noqa: SIM905
ABSTRACT = escape("<p>One <b>bold</b> claim &amp; more</p><p>Two</p>")
LANGUAGES = ("en", "de", "", "en")


def conference(
    dialect: str,
    *,
    events: int = 40,
    rooms: int = 4,
    days: int = 2,
    zone: str = "Europe/Berlin",
    opens: int = 10,
    first: date = date(2023, 12, 27),
    seed: int = 1,
) -> bytes:
    """`dialect` is pentabarf, frab, pretalx or hub. Many events last into the night."""
    draw = random.Random(seed)
    tz = ZoneInfo(zone)
    per_day = -(-events // (days * rooms))
    out = ['<?xml version="1.0" encoding="UTF-8"?>', "<schedule>"]
    if dialect in ("pretalx", "hub"):
        out.append(f'<generator name="{dialect}" version="1"/>')
    out += ["<version>0.9</version>", _about(dialect, first, days, zone)]
    number = 0
    for day in range(days):
        at = datetime.combine(first + timedelta(days=day), datetime.min.time(), tz).replace(hour=opens)
        last = at + timedelta(hours=17)
        bounds = f' start="{at.isoformat()}" end="{last.isoformat()}"' if dialect != "pentabarf" else ""
        out.append(f'<day index="{day + 1}" date="{first + timedelta(days=day)}"{bounds}>')
        for room in range(rooms):
            out.append(f"<room name={quoteattr(f'Saal {room + 1}' if room else 'Główna & Große')}>")
            start = at.astimezone(UTC)
            for _ in range(per_day):
                if number == events:
                    break
                number += 1
                minutes = draw.choice((30, 45, 60, 90))
                out.append(_event(dialect, number, start.astimezone(tz), minutes, room, draw))
                start += timedelta(minutes=minutes + draw.choice((0, 0, 15)))
            out.append("</room>")
        out.append("</day>")
    return "\n".join([*out, "</schedule>"]).encode()


def _about(dialect: str, first: date, days: int, zone: str) -> str:
    named = f"<time_zone_name>{zone}</time_zone_name>" if dialect in ("pretalx", "hub") else ""
    change = "<day_change>04:00:00</day_change>" if dialect == "pentabarf" else ""
    end = first + timedelta(days=days - 1)
    return (
        f"<conference><title>Mesh Days</title><acronym>mesh23</acronym><start>{first}</start><end>{end}</end>"
        f"<days>{days}</days>{change}<timeslot_duration>00:15</timeslot_duration>{named}</conference>"
    )


def _event(dialect: str, number: int, start: datetime, minutes: int, room: int, draw: random.Random) -> str:
    title = escape(" ".join(draw.sample(WORDS, 3)))
    guid = f' guid="{UUID(int=number)}"' if dialect != "pentabarf" else ""
    people = [f"{1000 * room + number % 7}"] if draw.random() < 0.9 else []
    persons = "".join(_person(one, dialect) for one in people)
    when = f"<date>{start.isoformat()}</date>" if dialect != "pentabarf" else ""
    language = draw.choice(LANGUAGES)
    length = (
        f"{minutes // 60}:{minutes % 60:02d}"
        if dialect == "frab"
        else f"{minutes // 60:02d}:{minutes % 60:02d}"
    )
    return (
        f'<event id="{number + 500}"{guid}>{when}<start>{start:%H:%M}</start><duration>{length}</duration>'
        f"<room>{room}</room><slug>mesh23-{number}-talk</slug><title>{title}</title>"
        f"<subtitle>Part {number}</subtitle>"
        f"<track>{draw.choice(('Security', 'Ethics &amp; Society', ''))}</track><type>lecture</type>"
        f"<language>{language}</language><abstract>{ABSTRACT}</abstract>"
        f"<persons>{persons}</persons><links><link href='https://example.org/{number}'>Slides</link></links></event>"
    )


def _person(one: str, dialect: str) -> str:
    number = "" if dialect == "hub" else f' id="{int(one) + 1}"'
    return f"<person{number}>Person {one} Nnöm</person>"


def file_of(*events: str, about: str = "", day: str = 'index="1" date="2024-06-01"') -> bytes:
    """A file of one day and one room with these events."""
    conference = f"<conference><title>Odd</title><acronym>oddc</acronym>{about}</conference>"
    inside = "\n".join(events)
    room = f"<room name='R'>\n{inside}\n</room>"
    return f"<schedule><version>1</version>{conference}<day {day}>\n{room}</day></schedule>".encode()


def event(
    number: int = 1,
    at: str = "2024-06-01T10:00:00+02:00",
    length: str = "01:00",
    inside: str = "",
    people: Sequence[str] = (),
) -> str:
    """One event in a line."""
    persons = "".join(f"<person>{one}</person>" for one in people)
    return (
        f'<event id="{number}" guid="{UUID(int=number)}"><date>{at}</date><duration>{length}</duration>'
        f"<title>Event {number}</title><persons>{persons}</persons>{inside}</event>"
    )
