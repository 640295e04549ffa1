"""Words and sentences of a paper as values for the press: cleaned, with direction, language and script."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from expo.languages import LanguageMap, direction, language_of, pick
from expo.press.lettering import Words, clean, printable, script_of, words_of

LONGEST = 2000
"""Letters of one text: what somebody needs may be told at length."""
LONG = 14
"""Letters in a row from which on the press looks whether a line can hold them."""
BETWEEN = " · "
_ISOLATED = re.compile("[\u2066-\u2068]([^\u2069]*)\u2069")
_HAN = re.compile("([\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+)")
_IN_A_ROW = re.compile(rf"[^\s\-‐–/]{{{LONG},}}")

Run = dict[str, Any]
"""Words of one direction."""


@dataclass(frozen=True)
class Pen:
    """Writes in the language of a paper; None or no run at all where nothing is left to print."""

    language: str

    def text(self, text: str | None, language: str = "") -> Run | None:
        """What somebody typed, in the direction of its letters."""
        return _typed(text, language or self.language) if text else None

    def named(self, texts: LanguageMap | str | None) -> Run | None:
        """A text, or a language map in the paper's language if it has it."""
        if isinstance(texts, str):
            return self.text(texts)
        return self.text(pick(texts, self.language), language_of(texts, self.language))

    def sentence(self, words: str) -> Sequence[Run]:
        """A sentence of ours; names that it isolates have a direction of their own."""
        return _sentence(words, self.language)

    def row(self, *parts: Run | Sequence[Run] | None, between: str = BETWEEN) -> list[Run]:
        """Runs and sentences one after the other; what is not there leaves no gap."""
        found: list[Run] = []
        for part in filter(None, parts):
            found += self.sentence(between) if found else ()
            found.extend([part] if isinstance(part, dict) else part)
        return found


@lru_cache(4096)
def _typed(text: str, language: str) -> Run | None:
    shown = printable(clean(text, LONGEST))[0]
    return _as_run(words_of(shown, language)) if shown else None


@lru_cache(4096)
def _sentence(words: str, language: str) -> Sequence[Run]:
    found = []
    for place, part in enumerate(_ISOLATED.split(words)):
        shown = printable(clean(part, LONGEST))[0]
        if place % 2:
            found += [_as_run(words_of(shown, language))] if shown else []
        else:
            spaced = f"{' ' * part[:1].isspace()}{shown}{' ' * part[-1:].isspace() if shown else ''}"
            found += [_as_run(run) for run in _by_script(spaced, language)]
    return tuple(found)


def _by_script(text: str, language: str) -> list[Words]:
    """Chinese apart from figures and Latin names: only one of them has a bold typeface."""
    parts = _HAN.split(text) if language == "zh" else [text]
    return [Words(part, direction(language), language, script_of(part)) for part in parts if part]


def _as_run(words: Words) -> Run:
    is_long = words.script != "hani" and bool(_IN_A_ROW.search(words.text))
    return words.as_data() | {"long": is_long}
