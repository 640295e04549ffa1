"""Checks of forums, talks, people on stage and the hours they can be had."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from graphlib import CycleError, TopologicalSorter
from typing import Any

from expo.forums.hours import rest_minutes
from expo.words import say as _t
from matchmaking.folder.lookup import Lookup
from matchmaking.folder.parse import Record
from matchmaking.folder.values import write_datetime

MOST_CYCLES = 50
Span = tuple[datetime, datetime]


def check(edition: Lookup) -> None:
    """Run all checks of the programme."""
    _check_main_forum(edition)
    _check_ways(edition)
    hours = {day["date"]: _stretches(day) for day in edition.settings.days if day["programme_from"]}
    for talk in edition.rows("talks"):
        _check_length(edition, talk, hours)
        _check_fixed_start(edition, talk, hours)
        _check_parts(edition, talk)
    _check_order(edition)
    _check_availability(edition)
    _check_fixed_clashes(edition)


def _check_main_forum(edition: Lookup) -> None:
    forums = edition.rows("forums")
    mains = [forum for forum in forums if forum["is_main"]]
    if forums and not mains:
        edition.add("forums", Record(0, {}), "is_main", "", _t("One forum must be the main event; none is."))
    for forum in mains[1:]:
        reason = _t("The main event is already in row %(row)s; there is exactly one.", row=mains[0].row)
        edition.add("forums", forum, "is_main", "yes", reason)


def _check_ways(edition: Lookup) -> None:
    buildings = {room["building"] for room in edition.rows("rooms")}
    seen: set[tuple[str, str]] = set()
    for way in edition.rows("ways"):
        pair = (min(way["one"], way["other"]), max(way["one"], way["other"]))
        for column in ("one", "other"):
            if way[column] and not buildings & {way[column], None, ""}:
                reason = _t("No room is in a building of that name.")
                edition.add("ways", way, column, way[column], reason)
        if pair[0] == pair[1]:
            edition.add("ways", way, "other", way["other"], _t("A way leads to another building."))
        elif pair in seen:
            edition.add("ways", way, "other", way["other"], _t("This way is there twice."))
        seen.add(pair)


def _stretches(day: dict[str, Any]) -> list[Span]:
    """The day's programme, cut by its breaks."""

    since, until = day["programme_from"], day["programme_until"]
    past_midnight = until <= since
    start, spans = datetime.combine(day["date"], since), []
    end = datetime.combine(day["date"] + timedelta(days=past_midnight), until)
    midnight = datetime.combine(day["date"], time())
    for pair in day["breaks"]:
        minutes = rest_minutes(*map(time.fromisoformat, pair), since, past_midnight)
        rest = [midnight + timedelta(minutes=minute) for minute in minutes]
        spans.append((start, min(end, rest[0])))
        start = max(start, rest[1])
    return [(a, b) for a, b in [*spans, (start, end)] if a < b]


def _check_length(edition: Lookup, talk: Record, hours: dict) -> None:
    if talk["minutes"] is None or not edition.has_settings:
        return
    day = talk["on_date"] or (talk["fixed_start"].date() if talk["fixed_start"] else None)
    if talk["on_date"] and talk["on_date"] not in hours:
        edition.add("talks", talk, "on_date", talk["on_date"], _t("There is no programme on this day."))
        return
    days = [hours[day]] if day in hours else list(hours.values())
    if not days:
        edition.add(
            "talks", talk, "minutes", talk["minutes"], _t("No day of the edition has programme hours.")
        )
        return
    length = timedelta(minutes=talk["minutes"])
    if all(length > spans[-1][1] - spans[0][0] for spans in days if spans):
        edition.add("talks", talk, "minutes", talk["minutes"], _t("The talk is longer than its day."))
    elif all(length > end - start for spans in days for start, end in spans):
        edition.add(
            "talks", talk, "minutes", talk["minutes"], _t("The talk is longer than any time between breaks.")
        )


def _check_fixed_start(edition: Lookup, talk: Record, hours: dict) -> None:
    start = talk["fixed_start"]
    if start is None or talk["minutes"] is None or not edition.has_settings:
        return
    end = start + timedelta(minutes=talk["minutes"])
    shown = write_datetime(start)
    day = _day_of(start, hours)
    if talk["on_date"] and talk["on_date"] != day:
        edition.add(
            "talks", talk, "fixed_start", shown, _t("The fixed start is not on the day that the row names.")
        )
    if day not in hours:
        edition.add("talks", talk, "fixed_start", shown, _t("There is no programme on this day."))
    elif not hours[day] or start < hours[day][0][0] or end > hours[day][-1][1]:
        edition.add("talks", talk, "fixed_start", shown, _t("The talk is not within the hours of its day."))
    elif not any(a <= start and end <= b for a, b in hours[day]):
        edition.add("talks", talk, "fixed_start", shown, _t("The talk runs into a break."))
    _check_clock(edition, "talks", talk, "fixed_start", start)


def _day_of(start: datetime, hours: dict) -> date:
    """The programme day of a time: its date, or the day before where that one's programme still runs."""
    before = start.date() - timedelta(days=1)
    runs_on = hours.get(before) and start < hours[before][-1][1]
    return before if runs_on else start.date()


def _check_clock(edition: Lookup, table: str, record: Record, column: str, local: datetime) -> None:
    """Where clocks are put forward, an hour of a day does not exist."""
    zone = edition.settings.zone_info
    if local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        edition.add(
            table,
            record,
            column,
            write_datetime(local),
            _t("This time does not exist: clocks are put forward."),
        )


def _check_parts(edition: Lookup, talk: Record) -> None:
    seen: set[str] = set()
    codes = [code for code, _ in talk["speakers"] or ()]
    edition.refers("talks", talk, "speakers", "speakers", codes)
    for code in codes:
        if code in seen:
            edition.add("talks", talk, "speakers", code, _t("This person has two parts in the same talk."))
        seen.add(code)


def _check_order(edition: Lookup) -> None:
    talks = edition.by_code["talks"]
    before = {code: {c for c in talk["after"] or () if c in talks} for code, talk in talks.items()}
    for _ in range(MOST_CYCLES):
        try:
            TopologicalSorter(before).prepare()
            return
        except CycleError as error:
            cycle = error.args[1]
            talk = min((talks[code] for code in cycle), key=lambda found: found.row)
            reason = _t("These talks wait for each other: %(talks)s.", talks=" → ".join(reversed(cycle)))
            edition.add("talks", talk, "after", talk["code"], reason)
            for code in cycle:
                before[code] -= set(cycle)


def _check_availability(edition: Lookup) -> None:
    for record in edition.rows("availability"):
        kind, start, end = record["kind"], record["from"], record["until"]
        if kind and record["code"]:
            edition.refers("availability", record, "code", f"{kind}s", [record["code"]])
        if start and end and start >= end:
            edition.add(
                "availability", record, "until", write_datetime(end), _t("The time ends before it begins.")
            )
        for column, local in (("from", start), ("until", end)):
            if local:
                _check_clock(edition, "availability", record, column, local)


def _check_fixed_clashes(edition: Lookup) -> None:
    """Talks with a fixed start: no person and no room can be in two of them at once."""
    people: dict[str, list[tuple[datetime, datetime, Record]]] = defaultdict(list)
    rooms: dict[str, list[tuple[datetime, datetime, Record]]] = defaultdict(list)
    for talk in edition.rows("talks"):
        if talk["fixed_start"] and talk["minutes"]:
            span = (talk["fixed_start"], talk["fixed_start"] + timedelta(minutes=talk["minutes"]), talk)
            for code in dict.fromkeys(code for code, _ in talk["speakers"] or ()):
                people[code].append(span)
            if talk["fixed_room"]:
                rooms[talk["fixed_room"]].append(span)
    for code, spans in people.items():
        for one, other in _clashes(spans):
            reason = _t(
                "This person is fixed in talk %(talk)s (row %(row)s) at the same time.",
                talk=str(one["code"]),
                row=one.row,
            )
            edition.add("talks", other, "speakers", code, reason)
    for code, spans in rooms.items():
        for one, other in _clashes(spans):
            reason = _t(
                "Talk %(talk)s (row %(row)s) is fixed in this room at the same time.",
                talk=str(one["code"]),
                row=one.row,
            )
            edition.add("talks", other, "fixed_room", code, reason)


def _clashes(spans: list[tuple[datetime, datetime, Record]]) -> list[tuple[Record, Record]]:
    """Each talk that begins while an earlier one still runs, with the one that runs longest."""
    found, running = [], None
    for start, end, talk in sorted(spans, key=lambda span: (span[0], span[2].row)):
        if running and start < running[0]:
            found.append((running[1], talk))
        if not running or end > running[0]:
            running = (end, talk)
    return found
