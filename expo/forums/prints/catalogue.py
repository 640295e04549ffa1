"""All papers of the programme by name, for printing many at once; rooms above register theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlmodel import Session

from expo.editions.models import Edition
from expo.forums.prints.booklet import folded_pdf, programme_pdf
from expo.forums.prints.doors import doors_pdf
from expo.forums.prints.people import chairs_pdf, speakers_pdf
from expo.forums.prints.timetable import timetable_pdf
from expo.words import Sentence, say

Make = Callable[..., bytes]


@dataclass(frozen=True)
class PaperKind:
    """A paper: its name, what it is for, and `make(session, edition, language, version=, since=)`."""

    name: str
    title: Sentence
    note: Sentence
    make: Make


BATCH: dict[str, PaperKind] = {}
"""Every paper that can be printed in a batch, in the order of the page."""


def register(name: str, title: Sentence, note: Sentence, make: Make) -> None:
    """Add a paper to those that can be printed in a batch."""
    BATCH[name] = PaperKind(name, title, note, make)


def make(session: Session, edition: Edition, name: str, language: str, **options: Any) -> bytes:
    """One paper in a language; options: version, since. KeyError for an unknown name."""
    return BATCH[name].make(session, edition, language, **options)


register(
    "timetable-a3",
    say("Timetable on A3"),
    say("A sheet a day, rooms across, hours down."),
    partial(timetable_pdf, paper="A3"),
)
register(
    "timetable-a2",
    say("Timetable on A2"),
    say("The same for the wall, in larger type."),
    partial(timetable_pdf, paper="A2"),
)
register(
    "programme",
    say("Booklet"),
    say("A5, with contents, forums and an index of speakers."),
    programme_pdf,
)
register(
    "programme-folded",
    say("Booklet to be folded"),
    say("Two pages on a side of A4: print on both sides, flip on the short edge, fold, staple."),
    folded_pdf,
)
register(
    "doors-a4",
    say("Door signs on A4"),
    say("A sign for every room and day, to be read from five metres."),
    partial(doors_pdf, paper="A4"),
)
register(
    "doors-a3",
    say("Door signs on A3"),
    say("The same with more talks on a sheet."),
    partial(doors_pdf, paper="A3"),
)
register(
    "speakers",
    say("Speakers' sheets"),
    say("For everybody on stage: own talks, rooms, times, languages, whom they share the stage with."),
    speakers_pdf,
)
register(
    "chairs",
    say("Chairs' sheets"),
    say("For every forum and day: order, minutes, names in all scripts, and a column for the clock."),
    chairs_pdf,
)
