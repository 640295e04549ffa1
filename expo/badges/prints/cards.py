"""Cards that stand on a table: who speaks at the podium, which table this is."""

from collections.abc import Sequence

from flask import current_app
from sqlmodel import Session

from expo.badges.imposing import Unfit, unfit
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums import queries as forums
from expo.languages import direction, language_of, pick
from expo.press import Job, Sheets, press_of
from expo.press.colours import HUES
from expo.press.lettering import Words, clean, printable, words_of
from expo.words import say

SIZES = {"A4": (210.0, 297.0), "A5": (210.0, 148.0), "wide": (297.0, 210.0)}
"""Width and height in mm before folding."""
MOST = 600
MOST_LINES = 3
HUE = HUES[1]


def speakers(session: Session, edition: Edition, language: str) -> list[list[Words]]:
    """A card for everybody who speaks: the name, its other script, and whom they speak for."""
    found = []
    for row in forums.people_names(session, edition):
        first = words_of(pick(row.name, language), language_of(row.name, language))
        other = next((text for text in row.name.values() if text and text != first.text), "")
        lines = [first.text, other, row.organisation]
        found.append([words for text in lines if (words := _words(text, language))])
    return [one for one in found if one]


def tables(word: str, first: int, last: int, language: str) -> list[list[Words]]:
    """A card for each table of a range."""
    return [
        [one for one in (_words(f"{word} {n}".strip(), language),) if one] for n in range(first, last + 1)
    ]


def own_lines(text: str, language: str) -> list[list[Words]]:
    """A card for each line; strokes ( | ) part what stands under one another."""
    cards = [line.split("|")[:MOST_LINES] for line in text.splitlines() if line.strip()]
    return [[words for part in one if (words := _words(part, language))] for one in cards]


def _words(text: str, language: str) -> Words | None:
    shown = printable(clean(text))[0]
    return words_of(shown, language) if shown else None


def cards_pdf(
    edition: Edition, language: str, size: str, cards: Sequence[Sequence[Words]]
) -> tuple[bytes, list[Unfit]]:
    """The cards, and what did not fit. Refused for none or too many. Needs an application."""
    cards = [one for one in cards if one]
    if not cards:
        raise Refused(say("There is no card to print: nobody speaks yet, or no line was written."))
    if len(cards) > MOST:
        raise Refused(say("At most %(most)s cards are printed at once.", most=MOST))
    width, height = SIZES[size]
    sheets: Sheets = press_of(current_app.extensions["expo_settings"].instance).pdf(
        Job(
            "card",
            {
                "title": pick(edition.name, language),
                "language": language,
                "direction": direction(language),
                "width": width,
                "height": height,
                "fill": HUE,
                "cards": [
                    {"number": n, "lines": [words.as_data() for words in one]} for n, one in enumerate(cards)
                ],
            },
        )
    )
    return sheets.document, unfit(sheets.told)
