"""The one letter that tells a party everything new: who asks, who agreed, what to answer first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from expo.words import Sentence, say, say_many

MOST_NAMES = 8
Name = dict[str, str]
LINES: dict[str, Sentence] = {
    "ended": say_many(
        "This meeting cannot take place: %(names)s", "These meetings cannot take place: %(names)s", "count"
    ),
    "unplaced": say_many(
        "You agreed to meet, but the agenda had no time left for it: %(names)s",
        "You agreed to meet, but the agenda had no time left for these: %(names)s",
        "count",
    ),
    "expiring": say_many(
        "Please answer soon, the request lapses otherwise: %(names)s",
        "Please answer soon, these requests lapse otherwise: %(names)s",
        "count",
    ),
    "asked": say_many("Would like to meet you: %(names)s", "Would like to meet you: %(names)s", "count"),
    "proposed": say_many("Proposes another time: %(names)s", "Propose other times: %(names)s", "count"),
    "agreed": say_many("Agrees to meet you: %(names)s", "Agree to meet you: %(names)s", "count"),
    "message": say_many("Wrote to you: %(names)s", "Wrote to you: %(names)s", "count"),
    "lapsed": say_many(
        "Your request found no answer in time: %(names)s",
        "Your requests found no answer in time: %(names)s",
        "count",
    ),
    "offered": say_many(
        "We suggest that you ask instead: %(names)s", "We suggest that you ask instead: %(names)s", "count"
    ),
}
"""By kind, in the order of the letter. A no is none of them."""
ALONE: dict[str, Sentence] = {
    "begun": say("Requests for meetings are open now: look whom you could meet, and ask."),
    "ended_phase": say(
        "Requests for meetings are closed. What was agreed and asked for goes into the agenda."
    ),
    "warned": say(
        "There was a complaint about your messages. Please write politely; after another one you may write"
        " no more."
    ),
    "silenced": say("After complaints the organiser no longer lets you write messages. Ask there."),
}
TO_ANSWER = ("asked", "proposed", "expiring")


def subject(event: str, told: Mapping[str, Sequence[Name]]) -> Sentence:
    """What the letter is about, above all what waits for an answer."""
    waiting = len({str(name) for kind in TO_ANSWER for name in told.get(kind, ())})
    if waiting:
        return say_many(
            "%(event)s: %(count)s request for a meeting waits for your answer",
            "%(event)s: %(count)s requests for meetings wait for your answer",
            "count",
            event=event,
            count=waiting,
        )
    return say("%(event)s: news of your meetings", event=event)


def lines(told: Mapping[str, Sequence[Name]]) -> list[Sentence]:
    """A line a kind; of long lists the first names and how many more there are."""
    alone = [sentence for kind, sentence in ALONE.items() if kind in told]
    return alone + [_line(line, told[kind]) for kind, line in LINES.items() if told.get(kind)]


def _line(sentence: Sentence, names: Sequence[Name]) -> Sentence:
    shown: list[Any] = list(names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        shown.append(f"+ {len(names) - MOST_NAMES}")
    return replace(sentence, values={"names": shown, "count": len(names)})


def frame(event: str, party: Name) -> tuple[Sentence, Sentence]:
    """How the letter begins, and what leads to the page."""
    return (
        say("Hello,\n\nthis is new for %(party)s at %(event)s:", party=party, event=event),
        say("Answer, propose times and write here:"),
    )
