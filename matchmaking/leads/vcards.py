"""Business cards as vCard 4.0 (RFC 6350)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

FOLD_AT = 75
"""Octets a line may have, RFC 6350 section 3.2."""
CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Card:
    """What a card says. `names` in up to four scripts, by language; the first is the one to show."""

    uid: str
    names: dict[str, str]
    organisation: str
    position: str
    country: str
    email: str
    language: str
    note: str
    changed_at: datetime


def cards(found: Iterable[Card]) -> str:
    """The cards, one below the other, as a file."""
    return "".join(card_of(one) for one in found)


def card_of(card: Card) -> str:
    """One card. A name in several scripts is one property with alternatives (ALTID, section 5.4)."""
    lines = ["BEGIN:VCARD", "VERSION:4.0", f"UID:{card.uid}", "KIND:individual"]
    several = len(card.names) > 1
    for language, name in card.names.items():
        lines.append(f"FN;ALTID=1;LANGUAGE={language}:{escaped(name)}" if several else f"FN:{escaped(name)}")
    if card.organisation:
        lines.append(f"ORG:{escaped(card.organisation)}")
    if card.position:
        lines.append(f"TITLE:{escaped(card.position)}")
    if card.email:
        lines.append(f"EMAIL;TYPE=work:{escaped(card.email)}")
    if card.country:
        lines.append(f"ADR;TYPE=work:;;;;;;{escaped(card.country)}")
    if card.language:
        lines.append(f"LANG:{card.language}")
    if card.note:
        lines.append(f"NOTE:{escaped(card.note)}")
    lines += [f"REV:{card.changed_at:%Y%m%dT%H%M%SZ}", "END:VCARD"]
    return "".join(folded(line) for line in lines)


def escaped(text: str) -> str:
    """A value as section 3.4 wants it: no bare comma, semicolon, backslash or line break."""
    plain = CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    for sign in ("\\", ",", ";"):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> str:
    """A line with its end, broken after 75 octets but never within a character."""
    pieces, piece, size = [], "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > FOLD_AT:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + octets
    return "\r\n".join([*pieces, piece]) + "\r\n"
