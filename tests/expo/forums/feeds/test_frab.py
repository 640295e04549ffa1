"""schedule.xml and schedule.json say what the formats demand."""

import json
import re
from uuid import NAMESPACE_URL, uuid5

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from expo.forums.feeds.frab_json import schedule_json
from expo.forums.feeds.frab_xml import schedule_xml
from expo.forums.feeds.parts import acronym, links_of
from tests.expo.forums.making import HALL, OPENING, SIDE, a_part, a_programme, an_item, at

LINKS = links_of("https://expo.example", "qingdao-2023")


def programme():
    return a_programme(
        an_item(7, at(15, 9), at(15, 10), alone=True, room=HALL, track=OPENING, kind="ceremony"),
        an_item(3, at(15, 10, 30), at(15, 12), parts=(a_part(1), a_part(2, "interpreter"))),
        an_item(5, at(16, 23, 30), at(17, 0, 15), abstract={"en": "Pipes \x0b & <gas>"}),
    )


def test_the_root_keeps_the_order_of_its_elements():
    root = etree.fromstring(schedule_xml(programme(), LINKS))
    assert [child.tag for child in root] == ["generator", "url", "version", "conference", "day", "day"]
    assert root.findtext("conference/acronym") == "qingdao_2023"
    assert root.findtext("conference/days") == "4"


def test_days_carry_their_offset_and_hold_all_their_talks():
    days = etree.fromstring(schedule_xml(programme(), LINKS)).findall("day")
    assert [dict(day.attrib) for day in days] == [
        {
            "index": "1",
            "date": "2023-06-15",
            "start": "2023-06-15T09:00:00+08:00",
            "end": "2023-06-15T12:00:00+08:00",
        },
        {
            "index": "2",
            "date": "2023-06-16",
            "start": "2023-06-16T23:30:00+08:00",
            "end": "2023-06-17T00:15:00+08:00",
        },
    ]


def test_every_talk_has_a_positive_number_a_guid_and_a_slug_of_its_own():
    events = etree.fromstring(schedule_xml(programme(), LINKS)).findall("day/room/event")
    assert [event.get("id") for event in events] == ["7", "3", "5"]
    assert len({event.get("guid") for event in events}) == 3
    assert [event.findtext("slug") for event in events] == [
        "qingdao_2023-t00007",
        "qingdao_2023-t00003",
        "qingdao_2023-t00005",
    ]
    assert [event.findtext("duration") for event in events] == ["01:00", "01:30", "00:45"]


def test_addresses_are_never_empty_and_interpreters_are_not_announced():
    root = etree.fromstring(schedule_xml(programme(), LINKS))
    home = "https://expo.example/qingdao-2023/programme"
    assert [url.text for url in root.iter("url")] == [home, *(f"{home}/T0000{n}" for n in (7, 3, 5))]
    assert [person.text for person in root.iter("person")] == ["Aigul Bekova"]
    assert root.findall(".//abstract")[2].text == "Pipes  & <gas>"


def test_json_says_the_same_in_the_language_asked_for():
    conference = json.loads(schedule_json(programme(), LINKS, "ru"))["schedule"]["conference"]
    assert (conference["acronym"], conference["daysCount"], len(conference["days"])) == ("qingdao_2023", 4, 2)
    event = conference["days"][0]["rooms"]["Room 201"][0]
    assert (event["title"], event["track"], event["start"]) == ("Доклад 3", "Энергетика", "10:30")
    guid = str(uuid5(NAMESPACE_URL, "qingdao-2023/person/SP001"))
    assert event["persons"] == [{"id": 1, "guid": guid, "name": "Aigul Bekova", "code": "SP001"}]


def test_rooms_of_one_name_stay_apart():
    twin = SIDE.__class__("TWIN", SIDE.name, "Other", 60)
    both = a_programme(an_item(1, at(15, 9), at(15, 10)), an_item(2, at(15, 9), at(15, 10), room=twin))
    both = both.__class__(**{**both.__dict__, "rooms": (SIDE, twin)})
    days = json.loads(schedule_json(both, LINKS))["schedule"]["conference"]["days"]
    assert list(days[0]["rooms"]) == ["Room 201 (SIDE)", "Room 201 (TWIN)"]


@given(st.from_regex(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z"))
def test_an_acronym_always_fits(code):
    assert re.fullmatch(r"[a-z0-9_]{4,}", acronym(code, 2023))


@given(st.text(), st.text())
def test_any_text_makes_well_formed_xml(title, abstract):
    item = an_item(1, at(15, 9), at(15, 10), title={"en": title}, abstract={"en": abstract})
    event = etree.fromstring(schedule_xml(a_programme(item), LINKS)).find("day/room/event")
    assert event.findtext("title")
