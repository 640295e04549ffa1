"""Cards that stand on a table: who speaks at the podium, which table this is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlmodel import Session

from expo.badges.imposing import Unfit, unfit
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums import queries as forums
from expo.languages import direction, language_of, pick
from expo.press import Job
from expo.press.apart import apart
from expo.press.colours import HUES
from expo.press.lettering import Words, clean, printable, words_of
from expo.words import say

SIZES = {"A4": (210.0, 297.0), "A5": (210.0, 148.0), "wide": (297.0, 210.0)}
"""Width and height in mm before folding."""
MOST = 1000
MOST_LINES = 3
HUE = HUES[1]


@dataclass(frozen=True)
class Line:
    """A line of a card: `share` of its height, at most `size` points high."""

    words: Words
    share: float
    size: float
    is_strong: bool = False

    def as_data(self) -> dict[str, Any]:
        """As the press reads it."""
        return {
            "words": self.words.as_data(),
            "share": self.share,
            "size": self.size,
            "strong": self.is_strong,
        }


Card = Sequence[Line]


def speakers(session: Session, edition: Edition, language: str) -> list[Card]:
    """A card for everybody who speaks: the name, its other script, and whom they speak for."""
    found = []
    for row in forums.people_names(session, edition):
        first = words_of(pick(row.name, language), language_of(row.name, language))
        other = next((text for text in row.name.values() if text and text != first.text), "")
        found.append(_named((first.text, other, row.organisation), language))
    return found


def tables(word: str, numbers: Iterable[str], below: str, language: str) -> list[Card]:
    """A card for each table: what tables are called, its number as large as it can be, and a line below."""
    shares = ((0.17, 26, True), (0.7, 240, True), (0.13, 16, False))
    found = []
    for number in numbers:
        lines = zip((word, number, below), shares, strict=True)
        found.append([Line(words, *look) for text, look in lines if (words := _words(text, language))])
    return found


def own_lines(text: str, language: str) -> list[Card]:
    """A card for each line; strokes ( | ) part what stands under one another."""
    return [_named(line.split("|")[:MOST_LINES], language) for line in text.splitlines() if line.strip()]


def _named(texts: Iterable[str], language: str) -> Card:
    """The first text large, the others below it."""
    first, *others = [words for text in texts if (words := _words(text, language))] or [None]
    if not first:
        return []
    below = [Line(words, 0.45 / len(others), 44) for words in others]
    return [Line(first, 0.55 if below else 1, 110, is_strong=True), *below]


def _words(text: str, language: str) -> Words | None:
    shown = printable(clean(text))[0]
    return words_of(shown, language) if shown else None


def cards_pdf(edition: Edition, language: str, size: str, cards: Sequence[Card]) -> tuple[bytes, list[Unfit]]:
    """The cards, and what did not fit. Refused for none or too many. Needs an application."""
    cards = [one for one in cards if one]
    if not cards:
        raise Refused(say("There is no card to print: nobody speaks yet, or no line was written."))
    if len(cards) > MOST:
        raise Refused(say("At most %(most)s cards are printed at once.", most=MOST))
    width, height = SIZES[size]
    job = Job(
        "card",
        {
            "title": pick(edition.name, language),
            "language": language,
            "direction": direction(language),
            "width": width,
            "height": height,
            "fill": HUE,
            "cards": [
                {"number": n, "lines": [line.as_data() for line in one]} for n, one in enumerate(cards)
            ],
        },
    )
    with apart(current_app.extensions["expo_settings"].instance) as press:
        sheets = press.pdf(job)
    return sheets.document, unfit(sheets.told)
