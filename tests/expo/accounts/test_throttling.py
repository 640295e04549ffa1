"""Trying too often is refused, and the count is shared by everybody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from expo.accounts import services
from expo.accounts.limits import LIMITS, Limit, key, minutes_left, network_of, window_start
from expo.accounts.models import Attempt
from expo.db import make_engine
from expo.errors import Throttled


def test_the_eleventh_try_on_one_account_is_refused_in_words(client):
    for _ in range(LIMITS["sign-in.account"].tries):
        client.post("/sign-in", data={"email": "aigul@example.org", "password": "guess after guess"})
    page = client.post("/sign-in", data={"email": "aigul@example.org", "password": "guess after guess"})
    assert page.status_code == 429
    assert "That was tried too often" in page.text
    other = client.post("/sign-in", data={"email": "other@example.org", "password": "guess after guess"})
    assert other.status_code == 200


def test_letters_to_one_address_are_limited(client):
    answers = [client.post("/reset", data={"email": "aigul@example.org"}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


def test_a_right_try_is_taken_back(session):
    for _ in range(30):
        services.count_try(session, "sign-in.account", "x")
        services.forgive(session, "sign-in.account", "x")
    assert [row.count for row in session.exec(select(Attempt)).all()] in ([0], [0, 0])


def test_many_connections_at_once_get_no_try_more_than_allowed(fresh_database):
    engine = make_engine(fresh_database)

    def one_try(_) -> bool:
        with Session(engine) as session:
            try:
                services.count_try(session, "code", "the same")
                return True
            except Throttled:
                return False
            finally:
                session.commit()

    with ThreadPoolExecutor(8) as pool:
        allowed = sum(pool.map(one_try, range(40)))
    engine.dispose()
    assert allowed in (10, 20)  # twenty when a window ended in between


def test_the_table_is_no_list_of_addresses(session):
    services.count_try(session, "sign-in.account", "aigul@example.org")
    (row,) = session.exec(select(Attempt)).all()
    assert "aigul" not in row.key


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (None, "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_a_household_counts_as_one(address, network):
    assert network_of(address) == network


@given(
    st.integers(1, 10**5),
    st.integers(10**9, 4 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
)
def test_every_instant_falls_into_the_window_that_began_last(seconds, instant):
    limit = Limit(1, seconds)
    passed = (instant - window_start(limit, instant)).total_seconds()
    assert 0 <= passed < seconds
    assert 1 <= minutes_left(limit, instant) <= seconds // 60 + 1


def test_keys_differ_by_kind_and_subject():
    assert len({key("a", "x"), key("a", "y"), key("b", "x")}) == 3
