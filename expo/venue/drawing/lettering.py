"""Names fitted into boxes: how wide text is, where it may break, how large it can be."""

import re
import unicodedata
from functools import lru_cache

_WORDS = re.compile(r"\S+")
NARROW = frozenset("iIl.,:;'|!()[]- ")
WIDE = frozenset("mMWwШЩЖЮФЫшщжюфы@%&—")


@lru_cache(maxsize=4096)
def em_width(text: str) -> float:
    """About how wide text is, in its font size; Han is square, the rest as bold Noto Sans runs."""
    return sum(map(_em, text))


def _em(letter: str) -> float:
    if letter in NARROW:
        return 0.32
    if letter in WIDE:
        return 0.88
    code = ord(letter)
    if code >= 0x1100 and unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if 0x600 <= code < 0x780:
        return 0.0 if unicodedata.combining(letter) else 0.5
    return 0.68 if letter.isupper() else 0.58


def is_rtl(text: str) -> bool:
    """Whether text runs from right to left, as its first letter with a direction says."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


@lru_cache(maxsize=8192)
def fitted(name: str, width: int, height: int, smallest: int, largest: int) -> tuple[int, tuple[str, ...]]:
    """The largest font size (cm) at which a name fits a box (cm), and its lines; shortened if need be.

    Size 0 and no lines when not even a few letters fit at the smallest size.
    """
    size = min(largest, height)
    while size >= smallest:
        lines = wrapped(name, width / size)
        if lines is not None and len(lines) * size * 1.15 <= height:
            return size, lines
        size = int(size * 0.88)
    rows = int(height / (smallest * 1.15))
    if rows < 1 or width < 3 * smallest:
        return 0, ()
    return smallest, _shortened(name, width / smallest, rows)


def wrapped(name: str, ems: float) -> tuple[str, ...] | None:
    """The name in lines no wider than so many ems; None when a word is too wide for that."""
    lines: list[str] = []
    line, used = "", 0.0
    for word in _pieces(name):
        wide = em_width(word.strip())
        if wide > ems:
            return None
        if line and used + em_width(word) > ems:
            lines.append(line.strip())
            line, used = word.lstrip(), wide
        else:
            line, used = line + word, used + em_width(word)
    return (*lines, line.strip()) if line.strip() else tuple(lines)


def _pieces(name: str) -> list[str]:
    """Words with the blank before them; Han may break between any two characters."""
    pieces = []
    for match in _WORDS.finditer(name):
        word, blank = match.group(), " " if pieces else ""
        if any("\u3000" <= letter <= "\u9fff" for letter in word):
            pieces += [blank + word[0], *word[1:]]
        else:
            pieces.append(blank + word)
    return pieces


def _shortened(name: str, ems: float, rows: int) -> tuple[str, ...]:
    """As many lines as there is room for, the last one ending in an ellipsis."""
    lines: list[str] = []
    rest = name
    while rest and len(lines) < rows:
        take = _fitting(rest, ems - (0.8 if len(lines) == rows - 1 else 0))
        space = rest.rfind(" ", 0, take + 1)
        cut = space if take < len(rest) and space > take // 2 else take
        lines.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    if rest and lines:
        lines[-1] = lines[-1].rstrip(" ,.-") + "…"
    return tuple(lines)


def _fitting(text: str, ems: float) -> int:
    used = 0.0
    for count, letter in enumerate(text):
        used += _em(letter)
        if used > ems:
            return max(count, 1)
    return len(text)
