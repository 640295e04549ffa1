"""The chain of events: an intact one is told from a touched one, whatever was touched."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from matchmaking.deals.chain import GENESIS, Break, Event, canonical, digest, first_break, micros_of, seal

START = datetime(2023, 6, 15, 9, tzinfo=UTC)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
PAYLOADS = st.lists(st.dictionaries(st.text(max_size=6), VALUES, max_size=4), min_size=1, max_size=6)
SEVERAL = PAYLOADS.filter(lambda several: len(several) > 1)


def chained(payloads, old: int = 0) -> list[Event]:
    """A chain; its first `old` events are sealed by the scheme of the first releases."""
    previous, events = GENESIS, []
    for number, payload in enumerate(payloads, 1):
        at = START + timedelta(seconds=number)
        body, micros = canonical(payload), micros_of(at)
        if number <= old:
            mark = digest(number, number, "recorded", payload, at, previous)
        else:
            mark = seal(number, number, "recorded", micros, 7, body, previous)
        scheme = 1 if number <= old else 2
        events.append(Event(number, scheme, number, "recorded", micros, 7, body, previous, mark))
        previous = mark
    return events


def end_of(events) -> tuple[int, str]:
    return events[-1].sequence, events[-1].hash


def turned(text: str, place: int) -> str:
    """A text with one character changed."""
    place %= len(text)
    return text[:place] + ("1" if text[place] == "0" else "0") + text[place + 1 :]


@given(PAYLOADS, st.integers(0, 6))
def test_what_nobody_touched_is_intact(payloads, old):
    events = chained(payloads, old)
    assert first_break(events, end_of(events)) is None


@given(PAYLOADS, st.data())
def test_any_single_changed_byte_is_found_where_it_was_changed(payloads, data):
    events = chained(payloads)
    at = data.draw(st.integers(0, len(events) - 1))
    event = events[at]
    place = data.draw(st.integers(0, 1000))
    touched = data.draw(
        st.sampled_from(
            [
                event._replace(body=turned(event.body, place)),
                event._replace(body=event.body + " "),
                event._replace(deal_number=event.deal_number + 1),
                event._replace(user_id=event.user_id + 1),
                event._replace(kind=turned(event.kind, place)),
                event._replace(micros=event.micros + 1),
                event._replace(scheme=1),
                event._replace(sequence=event.sequence + 1),
                event._replace(hash=turned(event.hash, place)),
                event._replace(previous_hash=turned(event.previous_hash, place)),
            ]
        )
    )
    found = first_break([*events[:at], touched, *events[at + 1 :]], end_of(events))
    assert found is not None
    assert found.sequence == at + 1


@given(SEVERAL, st.data())
def test_a_changed_event_of_the_first_releases_is_found(payloads, data):
    events = chained(payloads, old=len(payloads))
    at = data.draw(st.integers(0, len(events) - 1))
    touched = events[at]._replace(body=canonical({"added": [payloads[at]]}))
    assert first_break([*events[:at], touched, *events[at + 1 :]]) == Break(at + 1, "content")


@given(SEVERAL, st.data())
def test_a_dropped_event_is_found(payloads, data):
    events = chained(payloads)
    at = data.draw(st.integers(0, len(events) - 2))
    assert first_break(events[:at] + events[at + 1 :], end_of(events)) == Break(at + 1, "missing")


@given(SEVERAL, st.data())
def test_a_tail_that_was_cut_off_is_found_by_the_head(payloads, data):
    events = chained(payloads)
    kept = data.draw(st.integers(0, len(events) - 1))
    assert first_break(events[:kept], end_of(events)) == Break(kept + 1, "tail")


def test_a_head_that_was_moved_is_found():
    events = chained([{}, {}])
    assert first_break(events, (2, "f" * 64)) == Break(2, "head")
    assert first_break(events, (1, events[0].hash)) == Break(1, "head")


@given(SEVERAL, st.data())
def test_events_that_changed_places_are_found(payloads, data):
    events = chained(payloads)
    at = data.draw(st.integers(0, len(events) - 2))
    events[at], events[at + 1] = events[at + 1], events[at]
    assert first_break(events) == Break(at + 1, "missing")


def test_whoever_rewrites_an_event_and_its_seal_breaks_the_next_one():
    events = chained([{"total": 1}, {"total": 2}, {"total": 3}])
    body = canonical({"total": 999})
    mark = seal(2, 2, "recorded", events[1].micros, 7, body, events[1].previous_hash)
    events[1] = events[1]._replace(body=body, hash=mark)
    assert first_break(events) == Break(3, "link")


def test_a_chain_of_nothing_is_intact():
    assert first_break([], (0, GENESIS)) is None


def test_the_same_instant_in_another_zone_has_the_same_seal():
    here = START.astimezone(tz=None)
    assert digest(1, 1, "recorded", {}, here, GENESIS) == digest(1, 1, "recorded", {}, START, GENESIS)
    assert micros_of(here) == micros_of(START) == 1_686_819_600_000_000
