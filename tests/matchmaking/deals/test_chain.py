"""The chain of events: an intact one is told from a touched one, whatever was touched."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from matchmaking.deals.chain import GENESIS, Event, digest, first_break

START = datetime(2023, 6, 15, 9, tzinfo=UTC)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
PAYLOADS = st.lists(st.dictionaries(st.text(max_size=6), VALUES, max_size=4), min_size=1, max_size=6)


def chained(payloads) -> list[Event]:
    previous, events = GENESIS, []
    for number, payload in enumerate(payloads, 1):
        at = START + timedelta(seconds=number)
        seal = digest(number, number, "recorded", payload, at, previous)
        events.append(Event(number, number, "recorded", payload, at, previous, seal))
        previous = seal
    return events


def turned(seal: str, place: int) -> str:
    """A seal with one digit changed."""
    place %= len(seal)
    return seal[:place] + ("1" if seal[place] == "0" else "0") + seal[place + 1 :]


@given(PAYLOADS)
def test_what_nobody_touched_is_intact(payloads):
    assert first_break(chained(payloads)) is None


@given(PAYLOADS, st.data())
def test_any_change_of_an_event_is_found_where_it_was_made(payloads, data):
    events = chained(payloads)
    at = data.draw(st.integers(0, len(events) - 1))
    event = events[at]
    touched = data.draw(
        st.sampled_from(
            [
                replace(event, payload=event.payload | {"added": 1}),
                replace(event, deal_number=event.deal_number + 1),
                replace(event, kind="moved"),
                replace(event, at=event.at + timedelta(microseconds=1)),
                replace(event, sequence=event.sequence + 1),
                replace(event, hash=turned(event.hash, data.draw(st.integers(0, 63)))),
                replace(event, previous_hash=turned(event.previous_hash, data.draw(st.integers(0, 63)))),
            ]
        )
    )
    assert first_break([*events[:at], touched, *events[at + 1 :]]) == at + 1


@given(PAYLOADS.filter(lambda several: len(several) > 1), st.data())
def test_a_dropped_event_is_found(payloads, data):
    events = chained(payloads)
    at = data.draw(st.integers(0, len(events) - 2))
    assert first_break(events[:at] + events[at + 1 :]) == at + 1


@given(PAYLOADS.filter(lambda several: len(several) > 1), st.data())
def test_events_that_changed_places_are_found(payloads, data):
    events = chained(payloads)
    at = data.draw(st.integers(0, len(events) - 2))
    events[at], events[at + 1] = events[at + 1], events[at]
    assert first_break(events) == at + 1


def test_whoever_rewrites_an_event_and_its_seal_breaks_the_next_one():
    events = chained([{"total": 1}, {"total": 2}, {"total": 3}])
    payload = {"total": 999}
    seal = digest(2, 2, "recorded", payload, events[1].at, events[1].previous_hash)
    events[1] = replace(events[1], payload=payload, hash=seal)
    assert first_break(events) == 3


def test_a_chain_of_nothing_is_intact():
    assert first_break([]) is None


def test_the_same_instant_in_another_zone_has_the_same_seal():
    here = START.astimezone(tz=None)
    assert digest(1, 1, "recorded", {}, here, GENESIS) == digest(1, 1, "recorded", {}, START, GENESIS)
