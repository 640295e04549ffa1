"""References that payers quote: ISO 11649 creditor references with check digits, and finding them in text."""

import re

_QUOTED = re.compile(r"RF\d{2}[0-9A-Z]{1,21}")
_DIGITS = 7


def _remainder(text: str) -> int:
    """The text modulo 97 with letters as two digits, A = 10 (ISO 7064 MOD 97-10)."""
    return int("".join(str(int(letter, 36)) for letter in text)) % 97


def reference(edition_id: int, number: int) -> str:
    """The reference of an invoice: RF, two check digits, seven digits of the edition and of the number."""
    body = f"{edition_id:0{_DIGITS}d}{number:0{_DIGITS}d}"
    return f"RF{98 - _remainder(body + 'RF00'):02d}{body}"


def is_valid(text: str) -> bool:
    """Whether it is a creditor reference whose check digits are right."""
    return bool(_QUOTED.fullmatch(text)) and _remainder(text[4:] + text[:4]) == 1


def grouped(text: str) -> str:
    """In fours, as it is printed and typed."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def found_in(text: str) -> list[str]:
    """The valid references of this house in what a payer wrote, however it is spaced."""
    bare = re.sub(r"[\s.:/-]", "", text.upper())
    length = 4 + 2 * _DIGITS
    starts = (found.start() for found in re.finditer("RF", bare))
    return [bare[at : at + length] for at in starts if is_valid(bare[at : at + length])]


def numbers_in(text: str, edition_code: str) -> list[int]:
    """Invoice numbers as they stand on the paper, EDITION-00012, in what a payer wrote."""
    pattern = re.escape(edition_code.upper()) + r"\s*-\s*(\d{5,7})(?!\d)"
    return [int(found) for found in re.findall(pattern, text.upper())]
