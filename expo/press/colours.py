"""Colours of kinds, and whether words can be read on them."""

import re

INK, WHITE = "#000000", "#ffffff"
HUES = {
    1: "#174a8f", 2: "#b83a06", 3: "#008457", 4: "#f3c118", 5: "#78104f", 6: "#58bcf5",
    7: "#a3b44a", 8: "#f290a4",
}  # fmt: skip
"""The hues of signs as they are printed (print.css)."""
READABLE = 4.5
"""The contrast that WCAG 2.2 (1.4.3) asks of text."""
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def is_colour(text: str) -> bool:
    """Whether a text is a colour as #rrggbb."""
    return bool(_HEX.fullmatch(text))


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2) of #rrggbb, 0 … 1."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 … 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def ink_on(colour: str) -> str:
    """White or ink, whichever is read better."""
    return WHITE if contrast(WHITE, colour) >= contrast(INK, colour) else INK
