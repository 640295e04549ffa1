"""Numbers as people type them in their language: digits, a decimal mark, thousands in threes, no more."""

import re
from decimal import Decimal

MOST_DIGITS = 40
_SAME = {
    **{chr(start + digit): str(digit) for start in (0x660, 0x6F0, 0xFF10) for digit in range(10)},
    "٫": ".", "．": ".", "٬": ",", "，": ",", "−": "-", "－": "-",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ",
}  # fmt: skip
"""Arabic-Indic, Urdu and full-width digits and marks: what keyboards of our languages write on purpose."""
_ALIKE = str.maketrans(_SAME)
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_SPACED = re.compile(r"-?[0-9]{1,3}( [0-9]{3})+(\.[0-9]+)?")


def read_decimal(text: str, language: str) -> Decimal:
    """The number that was typed. Russian writes 1 234,5; the others 1,234.5; everybody may write 1234.5.

    ValueError for anything else: 1e3, 1_000, NaN, 1,5 in English, which could mean two things.
    """
    plain = text.strip().translate(_ALIKE)
    if language == "ru" and "." not in plain:
        plain = plain.replace(",", ".")
    elif language != "ru" and _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if _SPACED.fullmatch(plain):
        plain = plain.replace(" ", "")
    if len(plain) > MOST_DIGITS or not _PLAIN.fullmatch(plain):
        raise ValueError(text)
    return Decimal(plain)


def read_integer(text: str, language: str) -> int:
    """The whole number that was typed. ValueError for anything else."""
    number = read_decimal(text, language)
    if number != number.to_integral_value():
        raise ValueError(text)
    return int(number)


def hidden_number(text: str | None) -> int:
    """A whole number that a hidden field brought along; 0 for anything else, also for one too large."""
    plain = text or ""
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 10 else 0
