"""What exhibitors are written about money and permits, as sentences to be translated."""

from collections.abc import Mapping
from typing import Any

from expo.words import Sentence, say, say_many


def reminder(level: int, values: Mapping[str, Any]) -> tuple[Sentence, Sentence]:
    """Subject and body of a reminder. values: name, number, open, due, days, reference, link, edition."""
    subjects = {
        1: say("Invoice %(number)s is due", **values),
        2: say("Second reminder of invoice %(number)s", **values),
        3: say("Last reminder of invoice %(number)s", **values),
    }
    bodies = {
        1: say(
            "Hello,\n\nperhaps it was overlooked: of invoice %(number)s to %(name)s, %(open)s is open "
            "since %(due)s.\n\nPlease transfer it with the reference %(reference)s. If you have paid "
            "meanwhile, this letter needs no answer.\n\nThe invoice and the account to pay to:\n\n"
            "%(link)s\n\n%(edition)s",
            **values,
        ),
        2: say_many(
            "Hello,\n\nwe have written about it before: of invoice %(number)s to %(name)s, %(open)s is open, "
            "%(days)s day after it was due on %(due)s.\n\nPlease transfer it now with the reference "
            "%(reference)s, or tell us what stands in the way.\n\n%(link)s\n\n%(edition)s",
            "Hello,\n\nwe have written about it before: of invoice %(number)s to %(name)s, %(open)s is open, "
            "%(days)s days after it was due on %(due)s.\n\nPlease transfer it now with the reference "
            "%(reference)s, or tell us what stands in the way.\n\n%(link)s\n\n%(edition)s",
            "days",
            **values,
        ),
        3: say_many(
            "Hello,\n\nin spite of two reminders %(open)s of invoice %(number)s to %(name)s is open, "
            "%(days)s day after it was due on %(due)s.\n\nUntil it is paid we cannot hand over the stand. "
            "Please transfer it at once with the reference %(reference)s.\n\n%(link)s\n\n%(edition)s",
            "Hello,\n\nin spite of two reminders %(open)s of invoice %(number)s to %(name)s is open, "
            "%(days)s days after it was due on %(due)s.\n\nUntil it is paid we cannot hand over the stand. "
            "Please transfer it at once with the reference %(reference)s.\n\n%(link)s\n\n%(edition)s",
            "days",
            **values,
        ),
    }
    return subjects[level], bodies[level]


def permit(state: str, values: Mapping[str, Any]) -> tuple[Sentence, Sentence]:
    """Subject and body of a decision about a permit. values: kind, number, name, text, link, edition."""
    subjects = {
        "granted": say("Permit granted: %(kind)s", **values),
        "refused": say("Permit refused: %(kind)s", **values),
        "returned": say("Your permit application needs a change: %(kind)s", **values),
    }
    bodies = {
        "granted": say(
            "Hello,\n\n%(name)s may build as applied for (%(kind)s, no. %(number)s). %(text)s\n\n"
            "The letter to show on the spot is in your portal:\n\n%(link)s\n\n%(edition)s",
            **values,
        ),
        "refused": say(
            "Hello,\n\nthe application of %(name)s (%(kind)s, no. %(number)s) is refused. The reason:\n\n"
            "%(text)s\n\n%(link)s\n\n%(edition)s",
            **values,
        ),
        "returned": say(
            "Hello,\n\nthe application of %(name)s (%(kind)s, no. %(number)s) is open for you to change:\n\n"
            "%(text)s\n\nChange it here and send it once more:\n\n%(link)s\n\n%(edition)s",
            **values,
        ),
    }
    return subjects[state], bodies[state]
