"""The rules of frab's XML schema and c3voc's JSON schema, each asked of programmes of all kinds."""

import json
import re
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from expo.forums.feeds.frab_json import schedule_json
from expo.forums.feeds.frab_xml import schedule_xml
from expo.forums.feeds.parts import links_of
from tests.expo.forums.making import ENERGY, HALL, OPENING, SIDE, a_part, a_programme, an_item, at

LINKS = links_of("https://expo.example", "qingdao-2023")
DURATION = re.compile(r"[0-9]{2}:[0-9]{2}")
HTTP = re.compile(r"https?://[!-~]+")
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SLUG = re.compile(r"[a-z0-9_]{4,}-[a-z0-9\-_]{4,}")
TITLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
EVENT = (
    "date", "start", "duration", "room", "slug", "url", "title", "subtitle", "track", "type", "language",
    "abstract", "recording", "persons", "links", "attachments",
)  # fmt: skip
CONFERENCE = [
    "title", "acronym", "start", "end", "days", "timeslot_duration", "base_url", "time_zone_name",
]  # fmt: skip


@st.composite
def programmes(draw):
    """Talks one after the other on four days in two rooms, some of them breaks, with texts of any kind."""
    items = []
    for number in range(1, draw(st.integers(0, 8)) + 1):
        start = at(15 + number % 4, 8 + 2 * (number // 4), draw(st.sampled_from([0, 5, 7])))
        items.append(
            an_item(
                number,
                start,
                start + timedelta(minutes=draw(st.sampled_from([1, 30, 45, 110]))),
                kind=draw(st.sampled_from(["talk", "panel", "break", "ceremony"])),
                room=draw(st.sampled_from([HALL, SIDE])),
                track=draw(st.sampled_from([OPENING, ENERGY])),
                title={"en": draw(TITLE)},
                abstract={"en": draw(TITLE)},
                parts=tuple(a_part(n, name=draw(TITLE)) for n in range(1, draw(st.integers(1, 3)))),
                origin={
                    "subtitle": draw(TITLE),
                    "description": draw(TITLE),
                    "links": [
                        {
                            "url": draw(st.sampled_from(["https://a.example/x", "", "ftp://x", " "])),
                            "title": draw(TITLE),
                        }
                    ],
                },
            )
        )
    return a_programme(*items)


@given(programmes())
def test_every_rule_of_the_xml_schema(programme):
    root = etree.fromstring(schedule_xml(programme, LINKS))
    tags = " ".join(child.tag for child in root)
    assert re.fullmatch("generator url version conference( day)+", tags)
    conference = root.find("conference")
    names = [child.tag for child in conference]
    assert [name for name in names if name != "track"] == CONFERENCE
    assert names[len(CONFERENCE) :] == ["track"] * (len(names) - len(CONFERENCE))
    assert re.fullmatch("[a-z0-9_]{4,}", conference.findtext("acronym"))
    assert DURATION.fullmatch(conference.findtext("timeslot_duration"))
    for track in conference.iterfind("track"):
        assert re.fullmatch("#[0-9a-f]{6}", track.get("color"))
        assert re.fullmatch("[a-z][a-z0-9-]+", track.get("slug"))
    events = list(root.iter("event"))
    assert len(events) == sum(item.kind != "break" for item in programme.items)
    for attribute in ("id", "guid", "code"):
        assert len({event.get(attribute) for event in events}) == len(events)
    assert len({event.findtext("slug") for event in events}) == len(events)
    assert all(HTTP.fullmatch(one.text) for one in root.iter("url"))
    for day in root.iterfind("day"):
        _day(day)


def _day(day) -> None:
    first, last = (datetime.fromisoformat(day.get(name)) for name in ("start", "end"))
    assert first.utcoffset() is not None
    assert first < last
    assert date.fromisoformat(day.get("date")) == first.date()
    assert int(day.get("index")) > 0
    rooms = [room.get("name") for room in day]
    assert len(set(rooms)) == len(rooms)
    for room in day:
        assert room.tag == "room"
        for event in room:
            _event(event, room.get("name"))
            assert first <= datetime.fromisoformat(event.findtext("date")) < last


def _event(event, room: str) -> None:
    assert set(event.attrib) == {"id", "guid", "code"}
    assert int(event.get("id")) > 0
    assert GUID.fullmatch(event.get("guid"))
    assert re.fullmatch("[0-9A-Z]{6}", event.get("code"))
    assert [child.tag for child in event if child.tag != "description"] == list(EVENT)
    assert (event.findtext("room"), event.findtext("title").strip() != "") == (room, True)
    assert DURATION.fullmatch(event.findtext("duration"))
    assert re.fullmatch("[0-9]{2}:[0-9]{2}", event.findtext("start"))
    assert datetime.fromisoformat(event.findtext("date")).utcoffset() is not None
    assert re.fullmatch("[a-z]{2,3}(-[A-Za-z]+)?", event.findtext("language"))
    assert SLUG.fullmatch(event.findtext("slug"))
    assert [child.tag for child in event.find("recording")] == ["license", "optout"]
    assert event.findtext("recording/optout") in ("true", "false")
    assert all(HTTP.fullmatch(one.get("href")) for one in event.iterfind("links/link"))
    assert all(one.text.strip() for one in event.iterfind("persons/person"))


@given(programmes())
def test_json_says_what_xml_says_under_the_names_its_schema_wants(programme):
    whole = json.loads(schedule_json(programme, LINKS))
    assert set(whole) == {"$schema", "generator", "schedule"}
    assert set(whole["schedule"]) == {"version", "base_url", "conference"}
    conference = whole["schedule"]["conference"]
    assert {"acronym", "title", "start", "end", "daysCount", "timeslot_duration", "days"} <= set(conference)
    assert re.fullmatch("[a-z0-9_]{4,}", conference["acronym"])
    assert isinstance(conference["daysCount"], int)
    assert all(GUID.fullmatch(room["guid"]) for room in conference["rooms"])
    named = {room["name"] for room in conference["rooms"]}
    told = []
    for day in conference["days"]:
        assert {"index", "date", "day_start", "day_end", "rooms"} == set(day)
        assert set(day["rooms"]) <= named
        for room, events in day["rooms"].items():
            assert {event["room"] for event in events} == {room}
            told += events
    for event in told:
        assert isinstance(event["id"], int)
        assert isinstance(event["do_not_record"], bool)
        assert all(person["name"].strip() for person in event["persons"])
        assert all(HTTP.fullmatch(link["url"]) for link in event["links"])
    root = etree.fromstring(schedule_xml(programme, LINKS))
    assert [(event["id"], event["guid"], event["title"]) for event in told] == [
        (int(event.get("id")), event.get("guid"), event.findtext("title")) for event in root.iter("event")
    ]
