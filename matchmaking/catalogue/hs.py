"""Codes of the Harmonised System, and when two products are of one kind.

The structure (21 sections, chapters 01 to 97 without 77, headings of four digits, subheadings of six) is
that of the World Customs Organization's convention; longer codes are national and are not accepted.
"""

import hashlib
import re
import unicodedata

from .hs_names import CHAPTERS, SECTIONS, Section

_SHAPE = re.compile(r"[0-9]{2}(?:[0-9]{2}){0,2}")
_BETWEEN_WORDS = frozenset("PSZC")


def valid_hs(code: str) -> bool:
    """Whether the code has 2, 4 or 6 digits and its chapter exists. "01.02" is not valid: `tidy` it first."""
    return bool(_SHAPE.fullmatch(code)) and code[:2] in CHAPTERS


def tidy(code: str) -> str:
    """A code as people type it ("8703.23", "8703 23") without its dots and spaces."""
    return re.sub(r"[\s.]+", "", code)


def chapter_of(code: str) -> str:
    """The two digits of the chapter."""
    _insist(code)
    return code[:2]


def chapter_name(code: str) -> str:
    """The chapter's English short name."""
    return CHAPTERS[chapter_of(code)]


def section_of(code: str) -> Section:
    """The section the code belongs to."""
    chapter = int(chapter_of(code))
    return next(s for s in SECTIONS if s.first <= chapter <= s.last)


def shared_level(one: str, other: str) -> int:
    """How many digits two codes have in common by level: 6, 4, 2 or 0."""
    return max((n for n in (2, 4, 6) if len(one) >= n <= len(other) and one[:n] == other[:n]), default=0)


def kind_key(hs6: str, origin: str, name: str) -> str:
    """The key that products of one kind share: same subheading, country of origin and normalised name.

    The name is compared without case, accents of form (full width, ligatures), punctuation and spacing; the
    key is "hs6-origin-" and 16 hexadecimal digits, so that it fits an indexed column whatever the name.
    """
    _insist(hs6)
    if len(hs6) != 6:
        raise ValueError(f"{hs6} has {len(hs6)} digits; a product kind needs 6")
    digest = hashlib.sha256(normal_name(name).encode()).hexdigest()[:16]
    return f"{hs6}-{origin.upper()}-{digest}"


def normal_name(name: str) -> str:
    """A product name as it is compared: "  Jam, CHERRY " and "jam cherry" are one.

    Letters, digits and vowel signs stay (Devanagari writes vowels as marks); punctuation, symbols, spaces
    and control characters part words. Folding can leave a form that composes again, hence the second round.
    """
    folded = name
    for _ in range(2):
        folded = unicodedata.normalize("NFKC", folded).casefold()
    folded = unicodedata.normalize("NFKC", folded)
    return " ".join(
        "".join(" " if unicodedata.category(c)[0] in _BETWEEN_WORDS else c for c in folded).split()
    )


def _insist(code: str) -> None:
    if not valid_hs(code):
        raise ValueError(f"{code!r} is no code of the Harmonised System")
