"""A schedule of another system made to keep our rules: one talk a room, nobody in two places, days apart."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from expo.forums.incoming.values import Event, Odd, Person, Plan, Schedule, Taken
from expo.words import say

USUAL_SETUP_MIN = 5
LATE = time(23)
"""When a day begins that holds nothing but what is after its midnight."""


def plan_of(schedule: Schedule) -> Plan:
    """What can be stored. Events that cannot be where they are lose their place or a person."""
    odd = list(schedule.odd)
    free = _in_rooms(schedule.events, odd)
    days, apart = _days(schedule, [event for event in schedule.events if event.guid in free])
    for event in schedule.events:
        if event.guid in free and not any(
            start <= event.start and _end(event) <= end for start, end in apart
        ):
            free.discard(event.guid)
            sentence = say(
                "“%(title)s” goes on into the next day's programme; it has no place now.", title=event.title
            )
            odd.append(Odd(event.line, sentence))
    bound = _bound(schedule.events, free, odd)
    talks = tuple(
        Taken(
            event,
            event.guid in free,
            tuple(one for one in event.people if (event.guid, one.code) in bound),
            tuple(one for one in event.people if (event.guid, one.code) not in bound),
        )
        for event in schedule.events
    )
    placed = [event for event in schedule.events if event.guid in free]
    return Plan(schedule, days, talks, _setup(placed), tuple(sorted(odd, key=lambda one: one.line)))


def _end(event: Event) -> datetime:
    zone = event.start.tzinfo
    return (event.start.astimezone(UTC) + timedelta(minutes=event.minutes)).astimezone(zone)


def _most_apart(events: Iterable[Event]) -> set:
    """The guids of as many events as possible that do not overlap: always the one that ends first."""
    taken, free_from = set(), None
    for event in sorted(events, key=lambda one: (_end(one).astimezone(UTC), one.line)):
        if free_from is None or event.start.astimezone(UTC) >= free_from:
            taken.add(event.guid)
            free_from = _end(event).astimezone(UTC)
    return taken


def _in_rooms(events: Iterable[Event], odd: list[Odd]) -> set:
    by_room: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_room[event.room].append(event)
    free = set()
    for room, here in by_room.items():
        kept = _most_apart(here)
        free |= kept
        odd += [
            Odd(event.line, say("“%(title)s” overlaps another event in %(room)s; it has no place now.",
                                title=event.title, room=room))
            for event in here if event.guid not in kept
        ]  # fmt: skip
    return free


def _bound(events: Iterable[Event], free: set, odd: list[Odd]) -> set[tuple]:
    """(guid, code) of everybody who is at an event: who would be in two places stays with one of them."""
    by_person: dict[str, tuple[Person, list[Event]]] = {}
    for event in events:
        for person in event.people:
            by_person.setdefault(person.code, (person, []))[1].append(event)
    bound: set[tuple] = set()
    for person, theirs in by_person.values():
        kept = _most_apart(event for event in theirs if event.guid in free)
        bound |= {
            (event.guid, person.code) for event in theirs if event.guid in kept or event.guid not in free
        }
        odd += [
            Odd(event.line, say("%(name)s is elsewhere during “%(title)s”, which only names them now.",
                                name=person.name, title=event.title))
            for event in theirs if event.guid in free and event.guid not in kept
        ]  # fmt: skip
    return bound


def _days(
    schedule: Schedule, events: list[Event]
) -> tuple[tuple[tuple[date, time, time], ...], list[tuple[datetime, datetime]]]:
    """Each day's hours, from the events and the bounds that the file gives, none running into the next."""
    zone = ZoneInfo(schedule.zone)
    spans: dict[date, tuple[datetime, datetime]] = {}
    for event in events:
        start, end = spans.get(event.day, (event.start, _end(event)))
        spans[event.day] = min(start, event.start), max(end, _end(event))
    for day, (start, end) in schedule.bounds.items():
        if day in spans:
            spans[day] = min(spans[day][0], start), max(spans[day][1], end)
    days, apart = [], []
    order = sorted(spans)
    for number, day in enumerate(order):
        start, end = spans[day]
        if start.date() > day:  # nothing but a night
            start = datetime.combine(day, LATE, zone)
        latest = datetime.combine(start.date() + timedelta(days=1), start.time(), zone)
        if number + 1 < len(order):
            latest = min(latest, spans[order[number + 1]][0])
        end = min(end, latest)
        days.append((day, start.time().replace(tzinfo=None), end.time().replace(tzinfo=None)))
        apart.append((start, end))
    return tuple(days), apart


def _setup(events: list[Event]) -> int:
    """The fewest minutes between two events in a room, so that no place breaks the rule; 5 at most."""
    gaps = [USUAL_SETUP_MIN]
    by_room: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda one: one.start.astimezone(UTC)):
        by_room[event.room].append(event)
    for here in by_room.values():
        gaps += [
            int((later.start.astimezone(UTC) - _end(first).astimezone(UTC)).total_seconds() // 60)
            for first, later in zip(here, here[1:], strict=False)
        ]
    return max(0, min(gaps))
