"""An embargo ends at one instant, for everybody, whatever the clocks do."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.clock import now
from expo.errors import Refused
from matchmaking.deals import services
from matchmaking.deals.embargo import instant
from tests.make import an_edition
from tests.matchmaking.deals.making import a_deal

BERLIN, SHANGHAI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("typed", "zone", "utc"),
    [
        ("2023-06-18T10:00", SHANGHAI, "2023-06-18T02:00"),
        ("2023-06-18 10:00:30", SHANGHAI, "2023-06-18T02:00:30"),
        ("2023-06-18T10:00+02:00", SHANGHAI, "2023-06-18T08:00"),
        ("2023-06-18T10:00Z", SHANGHAI, "2023-06-18T10:00"),
        ("2023-03-26T01:59", BERLIN, "2023-03-26T00:59"),
        ("2023-03-26T03:00", BERLIN, "2023-03-26T01:00"),
        ("2023-10-29T02:30", BERLIN, "2023-10-29T01:30"),  # the later of the two
        ("2023-10-29T03:00", BERLIN, "2023-10-29T02:00"),
    ],
)
def test_the_clock_of_the_venue_is_meant(typed, zone, utc):
    assert instant(typed, zone).astimezone(UTC) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "typed", ["soon", "2023-06-18", "2023-13-01T10:00", "0001-01-01T00:00", "9999-12-31T23:59", "2023-W25-7"]
)
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(Refused, match="Write the end of the embargo"):
        instant(typed, SHANGHAI)


def test_an_hour_that_clocks_skip_is_refused():
    with pytest.raises(Refused, match="clocks are put forward"):
        instant("2023-03-26T02:30", BERLIN)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_an_instant_or_refused(typed):
    with suppress(Refused):
        assert instant(typed, BERLIN).utcoffset() is not None


def test_figures_are_out_at_the_very_instant_and_not_before(session):
    edition = an_edition(session, timezone="Europe/Berlin")
    a_deal(session, edition)
    end = instant("2023-10-29T02:30", BERLIN)
    services.approve(session, edition, services.prepare(session, edition, 1, end), 2)
    session.expire_all()
    microsecond = timedelta(microseconds=1)
    shown = [services.published(session, edition, at) for at in (end - microsecond, end, end + microsecond)]
    assert [row is not None for row in shown] == [False, True, True]


def test_no_cache_shows_the_public_page_before_or_hides_it_after(client, session):
    edition = an_edition(session, is_public=True)
    a_deal(session, edition)
    services.approve(session, edition, services.prepare(session, edition, 1), 2)
    later = services.prepare(session, edition, 1, now() + timedelta(hours=1))
    services.approve(session, edition, later, 2)
    page = client.get(f"/{edition.code}/outcomes")
    assert page.headers["Cache-Control"] == "no-store"
    assert "ETag" not in page.headers
    assert services.published(session, edition).number == 1
    assert services.published(session, edition, now() + timedelta(hours=2)).number == 2
