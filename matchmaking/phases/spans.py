"""Phases by their dates: which are open on a day, and what is wrong with the dates somebody typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from expo.words import Sentence, say

PHASES = ("profiles", "recommendations", "requests", "agenda", "onsite")
"""In the order in which they begin. A phase may go on while the next ones run."""

NAMES: dict[str, Sentence] = {
    "profiles": say("Profiles"),
    "recommendations": say("Recommendations"),
    "requests": say("Requests"),
    "agenda": say("Agenda"),
    "onsite": say("On site"),
}
WHAT: dict[str, Sentence] = {
    "profiles": say("Say what you look for and what you offer."),
    "recommendations": say("Look through whom we recommend to you, and why."),
    "requests": say("Ask for meetings, and answer those who ask you."),
    "agenda": say("The organiser makes the agenda from what was agreed and asked for."),
    "onsite": say("Go to your meetings at the event."),
}


@dataclass(frozen=True)
class Span:
    """A phase from the first day to the last, both included, at the venue; None: no limit."""

    phase: str
    opens_on: date | None = None
    closes_on: date | None = None

    def standing(self, today: date) -> str:
        """'before', 'open' or 'over'."""
        if self.opens_on and today < self.opens_on:
            return "before"
        return "over" if self.closes_on and today > self.closes_on else "open"


def every(spans: Mapping[str, Span]) -> dict[str, Span]:
    """All phases in order; those nobody set dates for are always open."""
    return {phase: spans.get(phase, Span(phase)) for phase in PHASES}


def current(spans: Mapping[str, Span], today: date) -> str | None:
    """The phase people are in: of those that are open and have dates the one that began last."""
    found = [
        phase
        for phase, span in every(spans).items()
        if (span.opens_on or span.closes_on) and span.standing(today) == "open"
    ]
    return found[-1] if found else None


def wrong(spans: Mapping[str, Span]) -> list[tuple[str, Sentence]]:
    """(phase, what is wrong with its dates): ends before it begins, or begins before the one before it."""
    found, latest = [], None
    for phase, span in every(spans).items():
        if span.opens_on and span.closes_on and span.closes_on < span.opens_on:
            found.append((phase, say("It ends before it begins.")))
        if span.opens_on and latest and latest.opens_on and span.opens_on < latest.opens_on:
            found.append((phase, say("It begins before the phase “%(name)s”.", name=NAMES[latest.phase])))
        latest = span if span.opens_on else latest
    return found


def refusal(span: Span, standing: str) -> Sentence:
    """Why something that belongs to a phase is not possible outside it, with the day that matters."""
    if standing == "before":
        return say(
            "The phase “%(name)s” begins on %(day)s. Come back then.",
            name=NAMES[span.phase],
            day=span.opens_on,
        )
    return say("The phase “%(name)s” ended on %(day)s.", name=NAMES[span.phase], day=span.closes_on)


def aside(span: Span, standing: str) -> Sentence:
    """The same for organisers, whom no phase binds."""
    if standing == "before":
        return say(
            "The phase “%(name)s” begins on %(day)s; until then much may change. You can act all the same.",
            name=NAMES[span.phase],
            day=span.opens_on,
        )
    return say(
        "The phase “%(name)s” ended on %(day)s. You can act all the same.",
        name=NAMES[span.phase],
        day=span.closes_on,
    )
