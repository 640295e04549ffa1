"""What stands on one badge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from expo.badges.design import Design
from expo.badges.signs import SIGNS
from expo.languages import language_of
from expo.press.colours import ink_on
from expo.press.lettering import Words, clean, printable, words_of


@dataclass(frozen=True)
class Bearer:
    """Who a badge is for. `position`, `organisation` are as given; `country` is its name ('' for none),
    `answers` what they answered to questions that badges print, in one line."""

    kind: str
    code: str
    name: Mapping[str, str]
    language: str
    position: str = ""
    organisation: str = ""
    country: str = ""
    answers: str = ""


@dataclass(frozen=True)
class Row:
    """A talk of one's own programme: time, title, room."""

    when: str
    what: str
    place: str


@dataclass(frozen=True)
class Frame:
    """What is the same on all badges of a print: edition, dates and the words of kinds, in its language."""

    edition: str
    dates: str
    language: str
    kinds: Mapping[str, str]
    code_says: str = "%s"
    line: str = ""
    back_title: str = ""
    back_lines: Sequence[str] = ()


@dataclass(frozen=True)
class Card:
    """A badge ready to be set, and the letters that no typeface has."""

    data: dict[str, Any]
    missing: str


def names(name: Mapping[str, str], language: str, own: str) -> tuple[Words, Words | None, str]:
    """The name as readers of `language` know it; then as its bearer, who speaks `own`, writes it.

    A variant in letters that no typeface has stands back; what is missing of all of them is told. Pictures
    (emoji) are no letters: a name is whole without them.
    """
    cleaned = {code: clean(text) for code, text in name.items()}
    cleaned = {code: text for code, text in cleaned.items() if text}
    ready = {code: printable(text) for code, text in cleaned.items()}
    whole = {code: text for code, (text, missing) in ready.items() if text and not _letters_of(missing)}
    usable = whole or {code: text for code, (text, _missing) in ready.items() if text}
    missing = "" if whole else "".join(dict.fromkeys(m for _text, gone in ready.values() for m in gone))
    chosen = language_of(usable, language)
    if not chosen:
        return words_of("", language), None, missing
    order = [code for code in (own, "en", *usable) if code != chosen and usable.get(code)]
    other = next((code for code in order if usable[code] != usable[chosen]), None)
    second = words_of(usable[other], other) if other else None
    return words_of(usable[chosen], chosen), second, missing


def _letters_of(missing: str) -> str:
    """The letters and marks of what no typeface has; of a name without them something is lost."""
    return "".join(one for one in missing if category(one)[0] in "LMN")


def make_card(number: int, bearer: Bearer, frame: Frame, design: Design, code_svg: str) -> Card:
    """A badge of a design; `number` says which one of its print, `code_svg` is its QR code."""
    name, second, missing = names(bearer.name, frame.language, bearer.language)
    if not name.text:
        name = words_of(bearer.code, "en")
    words: dict[str, Words] = {"name": name}
    if second:
        words["second"] = second
    plain = {
        "position": bearer.position, "organisation": bearer.organisation, "country": bearer.country,
        "answers": bearer.answers, "code": bearer.code, "edition": frame.edition, "dates": frame.dates,
        "line": frame.line,
    }  # fmt: skip
    for what, text in plain.items():
        shown, lost = printable(clean(text))
        missing += lost
        if shown:
            words[what] = words_of(shown, frame.language)
    fill, sign = design.colours[bearer.kind], SIGNS[bearer.kind]
    data = {
        "number": number,
        "band": words_of(frame.kinds[bearer.kind], frame.language).as_data(),
        "fill": fill,
        "ink": ink_on(fill),
        "shape": sign.outline,
        "words": {what: one.as_data() for what, one in words.items()},
        "code": code_svg,
        "code_says": frame.code_says % bearer.code,
        "back": _back(frame, ()),
    }
    return Card(data, "".join(dict.fromkeys(missing)))


def with_programme(card: Card, frame: Frame, rows: Sequence[Row]) -> Card:
    """The same badge with its bearer's own talks on the back."""
    return Card(card.data | {"back": _back(frame, rows)}, card.missing)


def _set(text: str, language: str) -> dict[str, str]:
    return words_of(printable(clean(text))[0], language).as_data()


def _back(frame: Frame, rows: Sequence[Row]) -> dict[str, Any]:
    return {
        "title": _set(frame.back_title, frame.language),
        "lines": [_set(line, frame.language) for line in frame.back_lines],
        "rows": [
            {
                "when": _set(row.when, frame.language),
                "what": _set(row.what, frame.language),
                "place": _set(row.place, frame.language),
            }
            for row in rows
        ],
    }
