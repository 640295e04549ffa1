"""Names fitted into boxes: how wide text is, where it may break, how large it can be."""

import unicodedata
from functools import lru_cache

NARROW = frozenset("iIl.,:;'|!()[]- ")
WIDE = frozenset("mMWwШЩЖЮФЫшщжюфы@%&—")
BLANK = 0.32


class _Widths(dict[str, float]):
    """Letters' widths in their font size, each reckoned once."""

    def __missing__(self, letter: str) -> float:
        self[letter] = width = _em(letter)
        return width


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


_width_of = _Widths().__getitem__


def em_width(text: str) -> float:
    """About how wide text is, in its font size; Han is square, the rest as bold Noto Sans runs."""
    return sum(map(_width_of, text))


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
    pieces = _pieces(name)
    widest = max([wide for _, wide in pieces], default=0.0)
    size = min(largest, height)
    while size >= smallest:
        if widest * size <= width:
            lines = _lines(pieces, width / size)
            if len(lines) * size * 1.15 <= height:
                return size, lines
        size = int(size * 0.88)
    rows = int(height / (smallest * 1.15))
    if rows < 1 or width < 3 * smallest:
        return 0, ()
    return smallest, _shortened(name, width / smallest, rows)


def wrapped(name: str, ems: float) -> tuple[str, ...] | None:
    """The name in lines no wider than so many ems; None when a word is too wide for that."""
    pieces = _pieces(name)
    return None if any(wide > ems for _, wide in pieces) else _lines(pieces, ems)


def _lines(pieces: list[tuple[str, float]], ems: float) -> tuple[str, ...]:
    """Pieces in lines, none of them wider than a line."""
    lines: list[str] = []
    line, used = "", 0.0
    for word, wide in pieces:
        blank = BLANK if word[0] == " " else 0.0
        if line and used + blank + wide > ems:
            lines.append(line)
            line, used = word.lstrip(), wide
        else:
            line, used = line + word, used + blank + wide
    return (*lines, line) if line else tuple(lines)


def _pieces(name: str) -> list[tuple[str, float]]:
    """Words with the blank before them and how wide they are without it; Han may break between any two."""
    pieces: list[tuple[str, float]] = []
    for word in name.split():
        blank = " " if pieces else ""
        if word.isascii() or not any("\u3000" <= letter <= "\u9fff" for letter in word):
            pieces.append((blank + word, em_width(word)))
        else:
            pieces += [
                ((blank if i == 0 else "") + letter, _width_of(letter)) for i, letter in enumerate(word)
            ]
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
        used += _width_of(letter)
        if used > ems:
            return max(count, 1)
    return len(text)
