"""Files of other systems, tidy and odd."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.forums.incoming.arranging import plan_of
from expo.forums.incoming.cleaning import minutes_of, plain
from expo.forums.incoming.reading import schedule_of
from expo.forums.incoming.values import Unreadable
from tests.expo.forums.incoming.dialects import conference, event, file_of

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("dialect", ["pentabarf", "frab", "pretalx", "hub"])
def test_every_dialect_is_read_whole(dialect):
    schedule = schedule_of(conference(dialect), "Europe/Berlin")
    assert (len(schedule.events), len(schedule.rooms), schedule.zone) == (40, 4, "Europe/Berlin")
    assert schedule.events[0].start == datetime(2023, 12, 27, 10, tzinfo=BERLIN)
    assert schedule.events[0].abstract == "One bold claim & more\n\nTwo"
    assert {len(one.event.code) for one in plan_of(schedule).talks} == {6}


def test_a_night_belongs_to_the_day_it_is_listed_under():
    plan = plan_of(schedule_of(conference("frab", events=120, rooms=3, days=2)))
    (day, since, until) = plan.days[0]
    assert (day, since.hour) == (date(2023, 12, 27), 10)
    assert until < since
    assert all(one.placed for one in plan.talks)


def test_a_zone_is_guessed_from_the_offsets():
    schedule = schedule_of(file_of(event(at="2024-06-01T10:00:00+09:00")))
    assert schedule.zone == "Asia/Tokyo"
    assert "names no time zone" in str(schedule.odd[0].sentence)


def test_what_overlaps_in_a_room_loses_its_place_and_is_named_with_its_line():
    plan = plan_of(
        schedule_of(
            file_of(
                event(1), event(2, at="2024-06-01T10:30:00+02:00"), event(3, at="2024-06-01T11:00:00+02:00")
            )
        )
    )
    assert [one.placed for one in plan.talks] == [True, False, True]
    assert [(odd.line, str(odd.sentence)) for odd in plan.odd if "overlaps" in str(odd.sentence)] == [
        (4, "“Event 2” overlaps another event in R; it has no place now.")
    ]


def test_somebody_in_two_places_is_named_by_one_of_the_talks():
    other = event(2, at="2024-06-01T10:30:00+02:00", people=["Ada"])
    two = file_of(event(1, people=["Ada", "Bob"])).replace(
        b"</room></day>", f"</room><room name='S'>{other}</room></day>".encode()
    )
    plan = plan_of(schedule_of(two))
    assert [[one.name for one in talk.people] for talk in plan.talks] == [["Ada", "Bob"], []]
    assert [[one.name for one in talk.named] for talk in plan.talks] == [[], ["Ada"]]


@pytest.mark.parametrize(
    ("inside", "minutes"),
    [("00:00", 1), ("24:00", 1440), ("99:00", 1440), ("", 1), ("soon", 1), ("0:05", 5), ("90", 90)],
)
def test_any_length_is_taken_as_one_to_1440_minutes(inside, minutes):
    (one,) = schedule_of(file_of(event(length=inside))).events
    assert one.minutes == minutes


def test_the_same_number_guid_and_nothing_at_all_still_make_three_events():
    bare = "<event><start>12:30</start><duration>00:30</duration><title></title></event>"
    schedule = schedule_of(file_of(event(1), event(1, at="2024-06-01T12:00:00+02:00"), bare))
    assert [one.id for one in schedule.events] == [1, None, None]
    assert len({one.guid for one in schedule.events}) == 3
    assert (
        schedule.events
        == schedule_of(file_of(event(1), event(1, at="2024-06-01T12:00:00+02:00"), bare)).events
    )


def test_somebody_with_and_without_a_number_is_one_person():
    one = event(1, inside="").replace("</persons>", '<person id="7">Ada</person></persons>')
    two = event(2, at="2024-06-01T12:00:00+02:00", people=["Ada"])
    people = [talk.people[0].code for talk in schedule_of(file_of(one, two)).events]
    assert people == ["P7", "P7"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not well-formed"),
        (b"<html></html>", "no schedule.xml"),
        (b"<schedule><day>", "not well-formed"),
        (b'<!DOCTYPE s [<!ENTITY a "b">]><schedule>&a;</schedule>', "entities of its own"),
        (
            b'<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]><schedule>&a;</schedule>',
            "entities of its own",
        ),
        (
            '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE s [<!ENTITY a "b">]><schedule/>'.encode(
                "utf-16"
            ),
            "entities",
        ),
        (b"<schedule></schedule>", "no event"),
    ],
)
def test_what_cannot_be_a_programme_is_refused_in_words(data, reason):
    with pytest.raises(Unreadable, match=reason):
        schedule_of(data)


def test_html_names_and_control_characters_are_mended():
    (one,) = schedule_of(file_of(event(inside="<abstract>a&nbsp;b\x0b&#1;&eacute;</abstract>"))).events
    assert one.abstract == "a\xa0bé"


@given(st.text(max_size=200))
def test_plain_text_never_fails_and_never_holds_a_script(text):
    assert "<script" not in plain(f"<p>{text}</p><script>x</script>") or "<script" in text


@given(st.integers(1, 1440))
def test_lengths_are_read_as_frab_writes_them(minutes):
    assert minutes_of(f"{minutes // 60}:{minutes % 60:02d}") == minutes


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    for given_data in (data, b"<schedule>" + data + b"</schedule>"):
        try:
            schedule_of(given_data)
        except Unreadable as refused:
            assert str(refused.sentence)
