"""The calendar that people subscribe to."""

from datetime import UTC, datetime

from icalendar import Calendar

from expo.forums.feeds.calendar import schedule_ics
from expo.forums.feeds.parts import links_of
from expo.forums.history import Appearance, revisions
from tests.expo.forums.making import a_programme, an_item, at

LINKS = links_of("https://expo.example", "qingdao-2023")
FIRST, SECOND = datetime(2023, 5, 1, 8, tzinfo=UTC), datetime(2023, 5, 9, 8, tzinfo=UTC)


def test_a_talk_says_when_in_the_time_zone_of_the_venue():
    body = schedule_ics(a_programme(an_item(1, at(15, 9), at(15, 10))), LINKS)
    calendar = Calendar.from_ical(body)
    event = calendar.walk("VEVENT")[0]
    assert b"DTSTART;TZID=Asia/Shanghai:20230615T090000" in body
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert (event["UID"], event["STATUS"], event["SEQUENCE"]) == (
        "00000000-0000-0000-0000-000000000001",
        "CONFIRMED",
        0,
    )
    assert event["DTSTAMP"].dt == FIRST
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in body
    assert body.count(b"PRODID:") == 1


def test_a_moved_talk_counts_its_changes_and_a_removed_one_is_cancelled():
    times = (at(15, 9), at(15, 10), at(15, 11))
    history = revisions(
        [FIRST, SECOND],
        [
            Appearance(0, 1, 1, times[0], times[1]),
            Appearance(0, 2, 1, times[1], times[2]),
            Appearance(0, 3, 2, times[0], times[1]),
            Appearance(1, 1, 1, times[1], times[2]),
            Appearance(1, 3, 2, times[0], times[1]),
        ],
    )
    programme = a_programme(
        an_item(1, times[1], times[2]), an_item(3, times[0], times[1]), version="2", released_at=SECOND
    )
    events = Calendar.from_ical(
        schedule_ics(programme, LINKS, "en", history, [an_item(2, times[1], times[2])])
    ).walk("VEVENT")
    told = {
        int(event["URL"][-1]): (event["SEQUENCE"], event["STATUS"], event["LAST-MODIFIED"].dt)
        for event in events
    }
    assert told == {1: (1, "CONFIRMED", SECOND), 3: (0, "CONFIRMED", FIRST), 2: (1, "CANCELLED", SECOND)}


def test_a_talk_that_comes_back_is_confirmed_again():
    history = revisions(
        [FIRST, SECOND, SECOND],
        [Appearance(0, 1, 1, at(15, 9), at(15, 10)), Appearance(2, 1, 1, at(15, 9), at(15, 10))],
    )
    assert (history[1].sequence, history[1].cancelled) == (2, False)


def test_the_same_programme_is_the_same_calendar():
    programme = a_programme(an_item(1, at(15, 9), at(15, 10)))
    assert schedule_ics(programme, LINKS) == schedule_ics(programme, LINKS)


def test_other_words_count_as_a_change_but_not_as_a_move():
    place = 1, at(15, 9), at(15, 10)
    history = revisions([FIRST, SECOND], [Appearance(0, 1, *place, "a"), Appearance(1, 1, *place, "b")])
    assert (history[1].sequence, history[1].changed_at, history[1].moved_at) == (1, SECOND, None)
