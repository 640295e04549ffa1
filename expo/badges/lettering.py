"""How wide words are in the fonts that print them, and the largest size at which a name fits its badge."""

from dataclasses import dataclass
from functools import cache, lru_cache

from expo.packaged import packaged_path

FONTS = (
    "noto-sans/NotoSans[wdth,wght].ttf",
    "noto-sans-sc/NotoSansSC-Regular.otf",
    "naskh/NotoNaskhArabic-Variable.ttf",
)
BOLD = {"wght": 700}
MM_PER_POINT = 25.4 / 72
HYPHENS = "-‐–/"
"""Lines may break after these."""


@dataclass(frozen=True)
class Fit:
    """A font size in points and the lines that words take at it; `is_cut`: even the smallest is too large."""

    points: int
    lines: int
    is_cut: bool = False


@cache
def _font(name: str):
    """(character → glyph, glyph → advance in 1/1000 em) of a packaged font in bold."""
    from fontTools.ttLib import TTFont

    font = TTFont(packaged_path(name), lazy=True)
    location = BOLD if "fvar" in font else None
    return font.getBestCmap() or {}, font.getGlyphSet(location=location), 1000 / font["head"].unitsPerEm


@lru_cache(maxsize=20_000)
def _advance(letter: str) -> float:
    """Of one letter in its font, in 1/1000 em; a full em where no font has it."""
    for name in FONTS:
        characters, glyphs, scale = _font(name)
        if ord(letter) in characters:
            return glyphs[characters[ord(letter)]].width * scale
    return 1000.0


def width_mm(text: str, points: float) -> float:
    """How wide `text` runs in bold. Joined Arabic letters are narrower than this sum, never wider."""
    return sum(map(_advance, text)) / 1000 * points * MM_PER_POINT


def is_han(letter: str) -> bool:
    """Whether lines may break on either side of the letter."""
    return "\u2e80" <= letter <= "\u9fff" or "\uf900" <= letter <= "\uffef"


def is_arabic(text: str) -> bool:
    """Whether text runs from right to left."""
    return any("\u0600" <= letter <= "\u08ff" or "\ufb50" <= letter <= "\ufeff" for letter in text)


def pieces(text: str) -> list[str]:
    """What cannot be broken: words, their parts between hyphens, and single Han characters."""
    found: list[str] = []
    for word in text.split():
        start = True
        for letter in word:
            if start or is_han(letter) or is_han(found[-1][-1]) or found[-1][-1] in HYPHENS:
                found.append(" " + letter if start and found else letter)
            else:
                found[-1] += letter
            start = False
    return found


def line_count(text: str, points: float, width: float) -> int | None:
    """How many lines of `width` mm the text takes; None when a piece of it is wider than a line."""
    lines, used = 1, 0.0
    for piece in pieces(text):
        alone, wide = width_mm(piece.strip(), points), width_mm(piece, points)
        if alone > width:
            return None
        if used + wide > width:
            lines, used = lines + 1, alone
        else:
            used += wide
    return lines


@lru_cache(maxsize=20_000)
def fitted(text: str, width: float, height: float, leading: float, sizes: tuple[int, ...]) -> Fit:
    """The largest of `sizes` (points, largest first) at which the text fits a box (mm).

    `leading` is the height of a line in font sizes.
    """
    for points in sizes:
        lines = line_count(text, points, width)
        if lines is not None and lines * points * leading * MM_PER_POINT <= height:
            return Fit(points, lines)
    smallest = sizes[-1]
    return Fit(smallest, max(1, int(height / (smallest * leading * MM_PER_POINT))), is_cut=True)
