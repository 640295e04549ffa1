"""Signs at a stand: the fascia board across its front, the sign at its door."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from expo.languages import direction, language_of, pick
from expo.press import Job
from expo.press.colours import HUES, ink_on
from expo.press.lettering import clean, printable, words_of

FASCIA, DOOR = "fascia", "door"
PAPERS = {"A4": (210, 297), "A3": (297, 420)}
"""Width and depth in mm, upright."""
CODE_SHARE = {FASCIA: 0.3, DOOR: 0.24}
"""Of the sheet's height, for the code."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who gets a sign: its stands' label, names, own languages in order; zone and hall in the house's."""

    code: str
    label: str
    name: Mapping[str, str]
    own: tuple[str, ...]
    hue: int
    letter: str
    zone: str
    hall: str


def size_of(kind: str, paper: str) -> tuple[int, int]:
    """Width and height of the sheet in mm."""
    width, height = PAPERS[paper]
    return (height, width) if kind == FASCIA else (width, height)


def sign_of(number: int, holder: Holder, edition: str, language: str) -> dict[str, Any]:
    """A sign as the press reads it: the name in the house's language and as the exhibitor writes it."""
    text, first = pick(holder.name, language), language_of(holder.name, language)
    other = next(
        (code for code in (*holder.own, "en") if holder.name.get(code) and holder.name[code] != text), None
    )
    fill = HUES[(holder.hue - 1) % 8 + 1]
    return {
        "number": number,
        "code": _words(holder.label, "en"),
        "name": _words(text or holder.code, first),
        "second": _words(holder.name[other], other) if other else None,
        "fill": fill,
        "ink": ink_on(fill),
        "zone": _words(f"{holder.letter}  {holder.zone}", language),
        "hall": _words(holder.hall, language),
        "foot": _words(edition, language),
    }


def signs_job(kind: str, paper: str, signs: list[dict[str, Any]], edition: str, language: str) -> Job:
    """The job that sets these signs, one to a sheet."""
    width, height = size_of(kind, paper)
    return Job(
        "sign",
        {
            "title": edition,
            "language": language,
            "direction": direction(language),
            "width": width,
            "height": height,
            "code_share": CODE_SHARE[kind],
            "signs": signs,
        },
    )


def _words(text: str, language: str) -> dict[str, str]:
    return words_of(printable(clean(text))[0], language).as_data()
