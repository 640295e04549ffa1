"""What the checker and the forecast found, in sentences an organiser can act on."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from expo.forums.timetable.checker import Violation
from expo.forums.timetable.impossible import Reason
from expo.words import Sentence, say

_BROKEN: Mapping[str, Sentence] = {
    "unknown": say("%(talk)s: the talk or its room no longer exists."),
    "unplaced": say("%(talk)s has no place yet."),
    "break": say("%(talk)s runs into a break."),
    "day": say("%(talk)s lies outside its programme day."),
    "room_away": say("%(talk)s: room %(other)s is not available then."),
    "room_choice": say("%(talk)s may not be held in room %(other)s."),
    "equipment": say("%(talk)s: room %(other)s lacks the equipment it needs."),
    "booths": say("%(talk)s: room %(other)s has too few interpretation booths."),
    "layout": say("%(talk)s: room %(other)s cannot be furnished the way it needs."),
    "seats": say("%(talk)s: room %(other)s has too few seats for it."),
    "length": say("%(talk)s has no length."),
    "person_away": say("%(talk)s: %(other)s is not available then."),
    "lock": say("%(talk)s is not where it was pinned."),
    "fixed_start": say("%(talk)s does not start at its fixed time."),
    "fixed_room": say("%(talk)s is not in its fixed room %(other)s."),
    "order": say("%(talk)s starts before %(other)s has ended."),
    "room_twice": say("%(talk)s and %(other)s need the same room at the same time."),
    "turnover": say(
        "%(talk)s and %(other)s: %(gap)s minutes lie between them in their room, %(needed)s are needed."
    ),
    "alone": say("%(talk)s and %(other)s overlap, though nothing may run beside one of them."),
    "person_twice": say("%(talk)s and %(other)s need the same person at the same time."),
    "travel": say(
        "%(talk)s and %(other)s: somebody has %(gap)s minutes from one to the other and needs %(needed)s."
    ),
}

_CANNOT: Mapping[str, Sentence] = {
    "no_length": say("%(talks)s: a talk needs a length."),
    "unknown_room": say("%(talks)s: its fixed room does not exist."),
    "room_not_allowed": say("%(talks)s: its fixed room is not one of those allowed."),
    "no_room_equipped": say("%(talks)s: no room has the equipment, booths, layout and seats it needs."),
    "longer_than_any_stretch": say("%(talks)s is longer than any stretch of programme between breaks."),
    "people_never_together": say("%(talks)s: its people are never available together for long enough."),
    "never_at_fixed_start": say("%(talks)s cannot be held at its fixed time."),
    "no_room_free_long_enough": say("%(talks)s: no suitable room is free for long enough."),
    "pinned_room_twice": say("%(talks)s are fixed in the same room at the same time."),
    "pinned_person_twice": say("%(talks)s are fixed at the same time and need the same person."),
    "pinned_beside_alone": say("%(talks)s are fixed beside each other, though one must stand alone."),
    "pinned_order": say("%(talks)s are fixed in the wrong order."),
    "order_cycle": say("%(talks)s wait for each other in a circle."),
    "person_minutes_short": say(
        "%(person)s is needed for %(needed)s minutes and is there for %(there)s: %(talks)s."
    ),
    "room_minutes_short": say(
        "%(count)s talks can only be in %(rooms)s. With setting up they take %(needed)s minutes, and there "
        "are %(there)s: %(short)s are missing, the time of about %(less)s talks. Add rooms or hours, or "
        "shorten or leave out talks (%(talks)s)."
    ),
    "room_minutes_short_on": say(
        "%(count)s talks can only be on %(days)s in %(rooms)s. With setting up they take %(needed)s minutes, "
        "and there are %(there)s: %(short)s are missing, the time of about %(less)s talks. Add rooms or "
        "hours, or shorten, move or leave out talks (%(talks)s)."
    ),
}
MOST_NAMES = 6
Names = Mapping[str, Mapping[str, str]]
"""Language maps by "talk CODE", "room CODE", "person CODE"."""


def broken_in_words(violation: Violation, names: Names | None = None) -> Sentence:
    """A broken rule as a sentence; talks, rooms and people by name, or by their codes where none is given."""
    known = _BROKEN.get(violation.rule, say("%(talk)s breaks the rule “%(rule)s”."))
    return say(
        known.message,
        talk=_name(names, violation.talk, "talk"),
        other=_name(names, violation.other, "talk", "room", "person"),
        rule=violation.rule,
        gap=violation.gap,
        needed=violation.needed,
    )


def reason_in_words(
    reason: Reason, names: Names | None = None, at: Callable[[int], datetime] | None = None
) -> Sentence:
    """Why no timetable can hold everything, as a sentence with names; `at` says when a minute is."""
    figures: Mapping[str, Any] = reason.figures
    known = _CANNOT.get(reason.code, say("%(talks)s cannot all be placed."))
    days = sorted({at(first).date() for first, _ in figures.get("spans", ())}) if at else []
    if reason.code == "room_minutes_short" and days:
        known = _CANNOT["room_minutes_short_on"]
    usual = max(1, int(figures.get("needed", 0) or 0)) / max(1, len(reason.talks))
    return say(
        known.message,
        talks=_some(names, reason.talks, "talk"),
        rooms=_some(names, figures.get("rooms", ()), "room"),
        person=_name(names, figures.get("person", ""), "person"),
        days=days,
        count=len(reason.talks),
        less=-(-int(figures.get("short", 0) or 0) // max(1, round(usual))),
        **{key: figures.get(key, "") for key in ("needed", "there", "short")},
    )


def kept_reasons(
    kept: Iterable[Mapping[str, Any]], names: Names | None = None, at: Callable[[int], datetime] | None = None
) -> list[Sentence]:
    """The reasons that a solve keeps in its row, as sentences."""
    return [
        reason_in_words(Reason(one["code"], tuple(one["talks"]), one["figures"]), names, at) for one in kept
    ]


def _name(names: Names | None, code: Any, *kinds: str) -> Any:
    found = (names.get(f"{kind} {code}") for kind in kinds) if names and code else ()
    return next(filter(None, found), code)


def _some(names: Names | None, codes: Iterable[str], kind: str) -> list[Any]:
    """The first few names, and that there are more."""
    every = list(codes)
    shown = [_name(names, code, kind) for code in every[:MOST_NAMES]]
    return [*shown, "…"] if len(every) > MOST_NAMES else shown


_GIVES: Mapping[str, Sentence] = {
    "unpin": say("Take the pin off “%(talk)s”: it could be held in %(room)s from %(start)s to %(end)s."),
    "late": say("Let the day last until %(end)s, for “%(talk)s” in %(room)s."),
    "room_longer": say("Give %(who)s also from %(start)s to %(end)s, for “%(talk)s”."),
    "person_longer": say("Have %(who)s there from %(start)s to %(end)s, for “%(talk)s” in %(room)s."),
    "room_choice": say("Allow “%(talk)s” to be held in %(room)s, from %(start)s to %(end)s."),
    "bring": say("Bring what “%(talk)s” needs (equipment, booths) to %(room)s, from %(start)s to %(end)s."),
    "seats": say("Hold “%(talk)s” in %(room)s, though its seats or layout do not suffice, from %(start)s."),
    "shorten": say("Shorten “%(talk)s”: from %(start)s to %(end)s in %(room)s there is time for it."),
    "left_out": say("Leave out “%(talk)s”, or add a room or a day for it."),
}


def proposal_in_words(code: str, **values: object) -> Sentence:
    """What could give way, as a sentence; values: talk, who, room (names), start and end (times)."""
    return say(_GIVES[code].message, **values)
