"""What is on at a moment, and the pages that show it."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from expo.forums.moments import rooms_at
from tests.expo.forums.making import HALL, SIDE, an_item, at
from tests.expo.forums.test_views import a_released_edition
from tests.page import problems
from tests.signing import sign_in


def test_a_room_shows_what_is_on_what_comes_and_what_was_cancelled():
    items = [an_item(1, at(15, 9), at(15, 10)), an_item(2, at(15, 10, 30), at(15, 11))]
    gone = an_item(3, at(15, 9, 15), at(15, 9, 45))
    hall, side = rooms_at(at(15, 9, 20), [HALL, SIDE], items, [gone], frozenset({2}))
    assert (hall.current, hall.next, hall.left) == ((), (), 0)
    assert [(one.item.id, one.state) for one in side.current] == [(1, ""), (3, "cancelled")]
    assert [(one.item.id, one.state) for one in side.next] == [(2, "moved")]
    assert (side.passed, side.left) == (20, 40)


@given(st.lists(st.integers(0, 2000), max_size=12), st.integers(0, 2000))
def test_what_is_on_is_never_what_comes_next(starts, minute):
    begin = at(15, 8)
    items = [
        replace(an_item(n, begin + timedelta(minutes=s), begin + timedelta(minutes=s + 30)))
        for n, s in enumerate(starts, 1)
    ]
    (row,) = rooms_at(begin + timedelta(minutes=minute), [SIDE], items, ahead=99)
    current, later = ({one.item.id for one in some} for some in (row.current, row.next))
    assert current & later == set()
    assert row.passed + row.left in (0, 30)


def test_the_pages_say_what_is_on_and_look_at_another_time_only_for_organisers(client, session):
    edition = a_released_edition(session, 6)
    for address in ("now", "now/R0"):
        page = client.get(f"/{edition.code}/{address}?at=2023-06-15T09:10").text
        assert problems(page) == []
        assert "Talk 0" not in page
    assert client.get(f"/{edition.code}/now/NONE").status_code == 404
    sign_in(client, session, role="organiser", edition=edition)
    for address in ("now", "now/R0", "screen/all", "screen/R0"):
        page = client.get(f"/{edition.code}/{address}?at=2023-06-15T09:10").text
        assert "Talk 0" in page
        assert "20 minutes left" in page
    assert client.get(f"/{edition.code}/now?at=soon").status_code == 400


def test_a_screen_asks_again_for_nothing_new(client, session):
    edition = a_released_edition(session)
    first = client.get(f"/{edition.code}/screen/all")
    again = client.get(f"/{edition.code}/screen/all", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code in (200, 304)  # 200 where a minute began between the two
    assert client.get("/nowhere/screen/all").status_code == 404


def test_a_moment_beyond_the_calendar_is_none(client, session):
    edition = a_released_edition(session)
    sign_in(client, session, "organiser", edition)
    for asked in ("0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "soon"):
        assert client.get(f"/{edition.code}/now", query_string={"at": asked}).status_code == 400
