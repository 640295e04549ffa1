"""Calendars are read back by a reader of its own: every instant, every text, in every zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from expo.forums.feeds.calendar import schedule_ics
from expo.forums.feeds.lines import escaped, folded
from expo.forums.feeds.parts import clean, links_of
from tests.expo.forums.making import a_programme, an_item

LINKS = links_of("https://expo.example", "qingdao-2023")
ZONES = (
    "UTC", "Europe/Berlin", "Europe/Dublin", "Asia/Tehran", "Asia/Shanghai", "Australia/Lord_Howe",
    "America/St_Johns", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Apia",
)  # fmt: skip


def written(zone: str, start: datetime, minutes: int = 60) -> bytes:
    info = ZoneInfo(zone)
    item = an_item(1, start.astimezone(info), (start + timedelta(minutes=minutes)).astimezone(info))
    plain = a_programme(item)
    return schedule_ics(replace(plain, fair=replace(plain.fair, timezone=zone)), LINKS)


def instant_of(data: bytes, name: str) -> datetime:
    """What a reader makes of a time, by the VTIMEZONE that came with it rather than by its own tables."""
    calendar = Calendar.from_ical(data)
    time = calendar.walk("VEVENT")[0][name]
    if "TZID" not in time.params:
        return time.dt.astimezone(UTC)
    (zone,) = calendar.walk("VTIMEZONE")
    local = time.dt.replace(tzinfo=None)
    held = max(
        (part for part in zone.subcomponents if part["DTSTART"].dt <= local),
        key=lambda one: one["DTSTART"].dt,
    )
    return (local - held["TZOFFSETTO"].td).replace(tzinfo=UTC)


@given(
    st.sampled_from(ZONES),
    st.integers(0, 20 * 365 * 24 * 60).map(
        lambda minute: datetime(2015, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    ),
)
def test_every_instant_comes_back_by_the_clock_that_is_written(zone, start):
    data = written(zone, start)
    before = _just_put_back(zone, start)
    if not before:
        assert instant_of(data, "DTSTART") == start


def _just_put_back(zone: str, start: datetime) -> bool:
    """The first pass of an hour that comes twice: a reader must know the rule of RFC 5545 for it."""
    here = start.astimezone(ZoneInfo(zone))
    return here.utcoffset() != here.replace(fold=1).utcoffset()


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Europe/Berlin", datetime(2023, 10, 29, 1, 30, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2023, 4, 1, 15, 10, tzinfo=UTC)),
        ("Asia/Tehran", datetime(2021, 9, 21, 19, 45, tzinfo=UTC)),
    ],
)
def test_the_second_pass_of_an_hour_is_told_apart(zone, start):
    assert start.astimezone(ZoneInfo(zone)).fold == 1
    assert f"DTSTART:{start:%Y%m%dT%H%M%SZ}".encode() in written(zone, start)
    assert instant_of(written(zone, start), "DTSTART") == start


@pytest.mark.parametrize("zone", ["Europe/Dublin", "Asia/Tehran", "Australia/Lord_Howe"])
def test_a_zone_is_written_once_and_only_where_it_is_used(zone):
    data = written(zone, datetime(2021, 6, 1, 9, tzinfo=UTC))
    assert [str(one["TZID"]) for one in Calendar.from_ical(data).walk("VTIMEZONE")] == [zone]
    assert b"VTIMEZONE" not in written("UTC", datetime(2021, 6, 1, 9, tzinfo=UTC))


@given(st.text(), st.text())
def test_any_text_comes_back(title, abstract):
    start = datetime(2023, 6, 15, 1, tzinfo=UTC)
    item = an_item(1, start, start + timedelta(hours=1), title={"en": title}, abstract={"en": abstract})
    data = schedule_ics(a_programme(item), LINKS)
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(event["SUMMARY"])
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    said = clean(abstract).replace("\r\n", "\n").replace("\r", "\n").replace("\x7f", "")
    assert str(event.get("DESCRIPTION", "")).replace("\r\n", "\n") == (said if said.strip() else "")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)))
def test_folding_tears_no_character_apart(lines):
    data = folded(lines)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    for line in data.split(b"\r\n"):
        line.decode()
    assert data.replace(b"\r\n ", b"").decode().split("\r\n")[:-1] == [*lines] or any(
        line.startswith(" ") for line in lines
    )


def test_marks_of_the_format_are_escaped():
    assert escaped("a;b,c\\d\r\ne\x0b") == "a\\;b\\,c\\\\d\\ne"
