"""Texts that the board's script speaks; {names} are filled in there."""

from expo.words import Sentence, say

SAID: dict[str, Sentence] = {
    "pool": say("Without a place"),
    "grabbed": say(
        "{talk} picked up. Arrow keys move it, Page Up and Page Down change the day, Enter drops it, "
        "Escape puts it back."
    ),
    "over": say("{room}, {time}, {day}."),
    "over_pool": say("Back among the talks without a place."),
    "free": say("Free."),
    "taken": say("Taken by {other}."),
    "busy": say("{person} is in {other} then."),
    "back": say("Put back."),
    "pinned": say("{talk} is pinned. Unpin it before you move it."),
    "moved": say("{talk}: {room}, {time}, {day}."),
    "taken_off": say("{talk} has no place any more."),
    "many": say("{count} talks moved."),
    "chosen": say("{count} chosen"),
    "unplaced": say("{count} talks without a place"),
    "minutes": say("{count} min"),
    "here": say("Here too: {names}"),
    "carries": say("{name} (holds {talk})"),
    "by_other": say("{who}: {talk} → {room}, {time}, {day}."),
    "by_other_off": say("{who} has taken {talk} off the timetable."),
    "by_other_many": say("{who} changed {count} talks."),
    "lost": say("The connection is lost. What you see may be old; trying again."),
    "found": say("Connected again."),
    "length": say("{talk}: {count} minutes, until {time}."),
    "edge": say("Draw to change the length"),
    "outside": say("That is outside the days of the programme."),
    "nothing_wrong": say("Nothing is wrong."),
    "nothing_free": say("No better place was found."),
    "wanted": say("You wanted {talk}: {place}"),
    "in_pool": say("no place yet"),
    "is_pinned": say("{talk} is pinned where it is."),
    "is_free": say("{talk} may be moved again."),
    "pinned_word": say("pinned"),
    "wrong_word": say("breaks a rule"),
    "two": say("Choose exactly two talks with a place to swap them."),
}
