"""Words as they can be printed: no letter that steers the line or that no typeface has."""

import unicodedata
from dataclasses import dataclass

from expo.languages import way_of
from expo.press.typefaces import lacking

LONGEST = 300
"""Letters of one field; nobody's name is longer."""
MOST_MARKS = 3
"""Marks above and below one letter; more is a prank."""
_JOINERS = "\u200c\u200d"
"""Urdu and Persian need them between letters."""


@dataclass(frozen=True)
class Words:
    """Text with direction, language and script (arab, hani or latn: how high its lines are)."""

    text: str
    direction: str
    language: str
    script: str

    def as_data(self) -> dict[str, str]:
        """As the press reads it."""
        return {"t": self.text, "d": self.direction, "l": self.language or "en", "s": self.script}


def clean(text: str, longest: int = LONGEST) -> str:
    """One line without control letters: nothing that turns, hides or piles up what stands beside it."""
    kept: list[str] = []
    marks = 0
    for letter in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if kind in ("Zs", "Zl", "Zp") or letter in "\t\n\r":
            kept.append(" ")
        elif letter in _JOINERS or (kind[0] != "C" and marks <= MOST_MARKS):
            kept.append(letter)
    return " ".join("".join(kept).split())[:longest].strip(_JOINERS + " ")


def printable(text: str) -> tuple[str, str]:
    """What of a clean text our typefaces can print, and the letters they lack."""
    missing = lacking(text.translate({ord(joiner): None for joiner in _JOINERS}))
    left = "".join(letter for letter in text if letter not in missing) if missing else text
    return " ".join(left.split()), missing


def script_of(text: str) -> str:
    """How high lines of a text are: Arabic letters are the highest, Chinese ones are square."""
    if any("\u0600" <= letter <= "\u08ff" or "\ufb50" <= letter <= "\ufdff" for letter in text):
        return "arab"
    han = sum("\u2e80" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff" for letter in text)
    return "hani" if han * 2 > len(text) else "latn"


def words_of(text: str, language: str) -> Words:
    """A printable text, ready to be set."""
    return Words(text, way_of(text), language, script_of(text))
