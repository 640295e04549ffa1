"""What somebody typed into a search box, as words, codes and countries."""

import unicodedata
from functools import cache

from babel import Locale

from expo.languages import BABEL_LOCALES
from matchmaking.catalogue.hs import tidy

MOST_WORDS = 6
LONGEST = 100
_FEWEST_LETTERS = 3  # of an alphabet; a Chinese country may have two


def words_of(typed: str) -> tuple[str, ...]:
    """The words to look for, folded as search columns are; HS codes lose their dots."""
    folded = unicodedata.normalize("NFKC", typed[:LONGEST]).casefold()
    return tuple(dict.fromkeys(_word(word) for word in folded.split()[:MOST_WORDS]))


def _word(word: str) -> str:
    plain = tidy(word)
    return plain if plain.isascii() and plain.isdigit() else word


def pattern(word: str) -> str:
    """A LIKE pattern for texts that hold the word anywhere."""
    escaped = word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"


def hs_range(word: str) -> tuple[str, str] | None:
    """The span of six-digit codes that begin with the word; None where it is no HS code.

    A span rather than a pattern, so that an index serves it under any collation.
    """
    if not (word.isascii() and word.isdigit() and 2 <= len(word) <= 6):
        return None
    return word.ljust(6, "0"), word.ljust(6, "9")


def countries_like(word: str) -> frozenset[str]:
    """The codes of countries whose name holds the word in any language of the house."""
    if len(word) < (_FEWEST_LETTERS if word.isascii() or not _is_chinese(word) else 2):
        return frozenset()
    return frozenset(code for code, names in _country_names().items() if word in names)


def _is_chinese(word: str) -> bool:
    return "\u3400" <= word[0] <= "\u9fff"


@cache
def _country_names() -> dict[str, str]:
    tables = [Locale.parse(name).territories for name in BABEL_LOCALES.values()]
    return {
        str(code): "\n".join(table[code] for table in tables if code in table).casefold()
        for code in tables[0]
        if len(str(code)) == 2
    }
