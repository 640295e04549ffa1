"""What the checker and the forecast found, in sentences an organiser can act on."""

from collections.abc import Mapping

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
        "%(talks)s: somebody is needed for %(short)s minutes more than they are there."
    ),
    "room_minutes_short": say("%(short)s room minutes are missing for the talks there are."),
}


def broken_in_words(violation: Violation) -> Sentence:
    """A broken rule as a sentence; talks, rooms and people by their codes."""
    known = _BROKEN.get(violation.rule, say("%(talk)s breaks the rule “%(rule)s”."))
    return say(
        known.message,
        talk=violation.talk,
        other=violation.other,
        rule=violation.rule,
        gap=violation.gap,
        needed=violation.needed,
    )


def reason_in_words(reason: Reason) -> Sentence:
    """Why no timetable can hold everything, as a sentence."""
    known = _CANNOT.get(reason.code, say("%(talks)s cannot all be placed."))
    short = reason.figures.get("short", "")
    return say(known.message, talks=reason.talks[:6], short=short)


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
