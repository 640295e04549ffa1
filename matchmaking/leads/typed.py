"""Whether somebody who types a badge's number holds the badge: they also type how its name begins."""

import unicodedata
from collections.abc import Iterable

LEAST, LEAST_DENSE = 3, 1
"""So many letters are asked for; one where a single sign is a syllable or word."""


def folded(text: str) -> str:
    """Letters without case, accents and signs between them."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def is_dense(text: str) -> bool:
    """Whether the text is written in Chinese, Japanese or Korean signs."""
    return any(
        unicodedata.name(sign, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL")) for sign in text
    )


def enough(letters: str) -> bool:
    """Whether so many letters were typed that they say something."""
    return len(folded(letters)) >= (LEAST_DENSE if is_dense(letters) else LEAST)


def begins_a_name(letters: str, names: Iterable[str]) -> bool:
    """Whether a word of one of the names, or the whole of it, begins so. Short words may be typed whole."""
    typed = folded(letters)
    words = [folded(word) for name in names for word in (name, *name.replace("-", " ").split())]
    if not typed:
        return False
    if enough(letters):
        return any(word.startswith(typed) for word in words)
    return any(word == typed for word in words)
