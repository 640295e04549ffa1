"""Letters of the day: to whoever did not come, and to everybody after the fair; plain and friendly."""

from collections.abc import Sequence

from expo.words import Sentence, say

MISSED_SUBJECT = say("You were missed at a meeting: %(event)s")
MISSED = say(
    "Hello %(name)s,\n\nyour meeting with %(them)s at %(when)s, table %(table)s, could not take place because"
    " nobody of you came. If something came up, tell the matchmaking desk: it excuses you and may find"
    " another time. Please say early when you cannot come to a meeting; somebody else is glad of the time."
)
AFTER_SUBJECT = say("Whom you met at %(event)s")
AFTER = say("Hello %(name)s,\n\nthank you for coming to %(event)s. These are the meetings you had:")
ASKED = say("Say how they were, and record what you agreed on:")


def listed(names: Sequence[str], most: int = 60) -> str:
    """Names as lines of a letter; of very many the first."""
    return "\n".join(f"– {name}" for name in names[:most])


def missed(event: str, name: str, them: str, when: str, table: int) -> tuple[Sentence, Sentence]:
    """(subject, body) of the letter to a side that did not come."""
    return (
        Sentence(MISSED_SUBJECT.message, {"event": event}),
        Sentence(MISSED.message, {"name": name, "them": them, "when": when, "table": table}),
    )


def after(event: str, name: str) -> tuple[Sentence, Sentence]:
    """(subject, beginning) of the letter after the fair."""
    return (
        Sentence(AFTER_SUBJECT.message, {"event": event}),
        Sentence(AFTER.message, {"event": event, "name": name}),
    )
