"""Files of real conferences at their oddest: they are read, stored, released and told again by the rules."""

import copy
import random
import re
from datetime import date

import pytest
from lxml import etree
from sqlmodel import select

from expo.errors import Refused
from expo.forums import services
from expo.forums.incoming.arranging import plan_of
from expo.forums.incoming.reading import schedule_of
from expo.forums.incoming.values import Unreadable
from expo.forums.models import Speaker
from tests.expo.forums.incoming.dialects import conference, event, file_of

SITE = "https://expo.example"
ODD = (
    "", "0001-01-01", "9999-12-31", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59-12:00", "24:00",
    "2024-03-31T02:30:00", "2024-10-27T02:30:00", "-1", "0", "9" * 20, "٣:٤٥", "1e5", "Ω" * 3000, "<p>x",
    "<script>alert(1)</script>", "2024-02-30", "2024-06-01T10:00:00+26:00", "2024-06-01T10:00:00.123456Z",
    "1:2:3:4:5", "99999:99999", "2024-06-01 10:00", "\u202eabc", "../../x", "سازمانِ همکاری", "🦀" * 40,
)  # fmt: skip


def spoiled(seed: int) -> bytes:
    """A conference in which up to a dozen elements or attributes are gone, doubled, renamed or nonsense."""
    draw = random.Random(seed)
    dialect = draw.choice(("pentabarf", "frab", "pretalx", "hub"))
    zone = draw.choice(("Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia"))
    root = etree.fromstring(
        conference(dialect, events=draw.choice((3, 12, 30)), rooms=3, days=3, zone=zone, seed=seed)
    )
    every = list(root.iter())[1:]
    for _ in range(draw.randint(1, 12)):
        one, way = draw.choice(every), draw.randint(0, 5)
        parent = one.getparent()
        if way == 0 and parent is not None:
            parent.remove(one)
        elif way == 1 and parent is not None:
            parent.append(copy.deepcopy(one))
        elif way == 2 and one.attrib:
            one.set(draw.choice(list(one.attrib)), draw.choice(ODD))
        elif way == 3 and one.attrib:
            del one.attrib[draw.choice(list(one.attrib))]
        elif way == 4:
            one.tag = draw.choice(("day", "room", "event", "person", "title", "date"))
        else:
            one.text = draw.choice(ODD)
    for moment in root.iter("date") if draw.random() < 0.2 else ():
        moment.text = draw.choice(ODD)
    return etree.tostring(root)


@pytest.mark.parametrize("seed", range(150))
def test_a_spoiled_file_is_refused_in_words_or_read(seed):
    try:
        plan = plan_of(schedule_of(spoiled(seed)))
    except Unreadable as refused:
        assert str(refused.sentence)
        return
    assert len({one.event.guid for one in plan.talks}) == len(plan.talks)
    assert len({one.event.code for one in plan.talks}) == len(plan.talks)


@pytest.mark.parametrize("seed", range(1000, 1012))
def test_what_was_read_of_a_spoiled_file_is_stored_released_and_told(session, seed):
    _told_again(session, spoiled(seed))


def test_nine_days_with_nights_in_twelve_rooms(session):
    data = conference("frab", events=600, rooms=12, days=9, zone="America/St_Johns", opens=16)
    root = _told_again(session, data)
    assert len(root.findall("day")) == 9


def test_the_two_days_on_which_clocks_change(session):
    for first in (date(2023, 3, 25), date(2023, 10, 28)):
        root = _told_again(session, conference("pretalx", events=60, days=2, first=first), f"d{first.month}")
        assert len(list(root.iter("event"))) == 60


def test_the_same_people_in_parallel_languages_stay_named_at_both(session):
    """Real conferences list a talk and its interpretation as two events at once."""
    people = ["Ада Лавлейс", "محمد اقبال", "王小明"]
    german = event(1, inside="<language>de</language>", people=people)
    english = event(2, inside="<language>en</language>", people=people)
    data = file_of(german).replace(b"</day>", f"<room name='Saal 2 (en)'>{english}</room></day>".encode())
    root = _told_again(session, data)
    told = [[person.text for person in one.iterfind("persons/person")] for one in root.iter("event")]
    assert told == [people, people]


def test_html_of_an_abstract_is_told_as_text(session):
    abstract = (
        "&lt;h2&gt;Why&lt;/h2&gt;&lt;ul&gt;&lt;li&gt;a &amp;amp; b&lt;li&gt;c&lt;/ul&gt;"
        "&lt;script&gt;steal()&lt;/script&gt;&lt;img src=x onerror=steal()&gt;"
        "&lt;a href='javascript:steal()'&gt;link&lt;/a&gt;"
    )
    root = _told_again(session, file_of(event(1, inside=f"<abstract>{abstract}</abstract>")))
    (told,) = (one.text for one in root.iter("abstract"))
    assert (told.split(), "steal" in told) == (["Why", "•", "a", "&", "b", "•", "c", "link"], False)


def test_a_hundred_events_with_one_number_and_no_guid(session):
    bare = "<event id='7'><start>{}:{:02d}</start><duration>0:05</duration><title>Lightning</title></event>"
    events = [bare.format(10 + n // 12, n % 12 * 5) for n in range(100)]
    root = _told_again(session, file_of(*events))
    every = list(root.iter("event"))
    assert [len({one.get(name) for one in every}) for name in ("id", "guid", "code")] == [100] * 3
    with pytest.raises(Refused, match="Nothing changed"):
        _told_again(session, file_of(*events))


def test_two_people_of_one_name_and_one_under_two_numbers(session):
    """Numbers tell people apart; a name alone is the first one of that name."""

    def told(number: int, who: str, hour: int):
        return event(number, f"2024-06-01T{hour}:00:00+02:00", inside=f"<persons>{who}</persons>").replace(
            "<persons></persons>", ""
        )

    root = _told_again(
        session,
        file_of(
            told(1, '<person id="1">Li Wei</person>', 10),
            told(2, '<person id="2">Li Wei</person>', 12),
            told(3, "<person>Li Wei</person>", 14),
        ),
    )
    assert [one.get("id") for one in root.iter("person")] == ["1", "2", "1"]
    assert len(session.exec(select(Speaker.id)).all()) == 2


def _told_again(session, data: bytes, code: str = "odd"):
    """The root of the feed of what was stored, after the rules that other programs drop events by."""
    try:
        plan = plan_of(schedule_of(data, "Europe/Berlin"))
    except Unreadable:
        return None
    edition = services.edition_for(session, plan, code)
    services.import_programme(session, edition, plan)
    session.commit()
    assert [one.rule for one in services.violations_now(session, edition) if one.rule != "unplaced"] == []
    if not any(one.placed for one in plan.talks):
        return None
    release = services.release(session, edition, None if code == "odd" else code, note={"en": "In"})
    root = etree.fromstring(services.feed(session, edition, "xml", SITE, version=release.version))
    every = list(root.iter("event"))
    assert len(every) == sum(one.placed for one in plan.talks)
    assert all(re.fullmatch("[0-9A-Z]{6}", one.get("code")) for one in every)
    assert len({one.get("id") for one in every}) == len({one.get("guid") for one in every}) == len(every)
    for day in root.findall("day"):
        for room in day.findall("room"):
            starts = [one.findtext("date") for one in room.findall("event")]
            assert starts == sorted(starts)
        assert (
            all(
                day.get("start") <= one.findtext("date") < day.get("end")
                for one in day.iterfind("room/event")
            )
            or day.get("start")[-6:] != day.get("end")[-6:]
        )
    assert services.feed(session, edition, "json", SITE)
    assert services.feed(session, edition, "ics", SITE)
    return root
