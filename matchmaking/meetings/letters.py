"""The letter that tells a party what changed in its agenda."""

from collections.abc import Sequence

from expo.words import Sentence, say, say_many

KINDS: dict[str, Sentence] = {
    "new": say("New: %(when)s, table %(table)s, with %(name)s."),
    "elsewhere": say(
        "New, since the time you agreed on could not be kept: %(when)s, table %(table)s, with %(name)s."
    ),
    "moved": say("Changed, now: %(when)s, table %(table)s, with %(name)s."),
    "cancelled": say("Called off: %(when)s with %(name)s."),
}


def subject(event: str, count: int) -> Sentence:
    """What the letter is about."""
    return say_many(
        "%(event)s: %(count)s change in your meetings",
        "%(event)s: %(count)s changes in your meetings",
        "count",
        event=event,
        count=count,
    )


def line(kind: str, when: str, table: int, name: str) -> Sentence:
    """One change: kind is one of KINDS."""
    return Sentence(KINDS[kind].message, {"when": when, "table": str(table), "name": name})


def body(name: str, lines: Sequence[Sentence], link: str) -> list[Sentence | str]:
    """The letter, paragraph by paragraph; the calendar entries go with it."""
    return [
        say("Dear %(name)s,", name=name),
        *lines,
        say("Everything else stays as it was. Your whole agenda: %(link)s", link=link),
        say("The files with this letter put the changes into your calendar."),
    ]
