"""The signed code on a badge: short, checkable offline with public keys, nothing personal in clear.

Layout: person (4 bytes) · mark of the key (4 bits) and serial (12 bits), big-endian; an Ed25519 signature
(64 bytes): 70 bytes in all, written in base64url without padding. The mark says which of an edition's keys
to try, so that one signature is checked, however often keys were changed.
"""

import base64
import binascii
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

MOST_SERIAL = 0xFFF
MOST_PERSON = 0xFFFF_FFFF
_LAYOUT = struct.Struct(">IH")
SIZE = _LAYOUT.size + 64
LENGTH = 94
"""Letters of base64url that 70 bytes take."""
_HOUSE_MARK, _FIRST_MARK, _MARKS = 1, 2, 14


class Flaw(StrEnum):
    """Why a text is no badge of this edition."""

    UNREADABLE = "unreadable"
    """Not one of ours: any other text, bytes or length."""
    TAMPERED = "tampered"
    """Our form, but nobody's signature."""
    FOREIGN = "foreign"
    """Signed for another edition."""
    RETIRED = "retired"
    """Signed with a key that was withdrawn."""


@dataclass(frozen=True)
class Token:
    """What a badge says: whose it is, and which of this person's badges (1 … 4095)."""

    person_id: int
    serial: int


@dataclass(frozen=True)
class Key:
    """A public key (32 bytes). Number 0 is the house's own, of badges from before editions had keys."""

    number: int
    public_key: bytes
    retired: bool = False


@dataclass(frozen=True)
class OtherEdition:
    """Another edition of the house, known so that its badges are told from forged ones."""

    code: str
    name: dict[str, str]
    keys: tuple[Key, ...]


@dataclass(frozen=True)
class Ring:
    """The keys of an edition, withdrawn ones too, and those of the others."""

    keys: tuple[Key, ...]
    others: tuple[OtherEdition, ...] = ()


def mark_of(number: int) -> int:
    """The four bits that stand for a key: 1 for the house's, then 2 … 15 over and over; 0 for none."""
    return _HOUSE_MARK if number == 0 else _FIRST_MARK + (number - 1) % _MARKS


def issue(token: Token, key: Ed25519PrivateKey, number: int) -> str:
    """The text to print as a QR code, signed with the key of that number.

    ValueError for a serial or a person that does not fit.
    """
    if not 0 < token.serial <= MOST_SERIAL or not 0 <= token.person_id <= MOST_PERSON:
        raise ValueError(f"{token} does not fit into a code")
    body = _LAYOUT.pack(token.person_id, mark_of(number) << 12 | token.serial)
    return base64.urlsafe_b64encode(body + key.sign(body)).rstrip(b"=").decode()


def raw_of(text: str | bytes) -> bytes | None:
    """The 70 bytes behind a text of our form, spaces and line ends of scanners aside; None for any other."""
    try:
        letters = (text.encode("ascii") if isinstance(text, str) else text).strip()
        if len(letters) != LENGTH:
            return None
        raw = base64.b64decode(letters + b"==", altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    return raw if len(raw) == SIZE and raw[4] >> 4 else None


def read(text: str | bytes, ring: Ring) -> Token | Flaw:
    """What the text of a code says, or what is wrong with it. Never raises, whatever the text."""
    raw = raw_of(text)
    if raw is None:
        return Flaw.UNREADABLE
    letters = text.encode() if isinstance(text, str) else text
    if base64.urlsafe_b64encode(raw).rstrip(b"=") != letters.strip():
        return Flaw.TAMPERED  # the last letter has bits to spare: one badge has one text
    key = _signer(raw, ring.keys)
    if key is None:
        return Flaw.FOREIGN if any(_signer(raw, other.keys) for other in ring.others) else Flaw.TAMPERED
    if key.retired:
        return Flaw.RETIRED
    person_id, marks = _LAYOUT.unpack(raw[: _LAYOUT.size])
    return Token(person_id, marks & MOST_SERIAL)


def _signer(raw: bytes, keys: Iterable[Key]) -> Key | None:
    mark = raw[4] >> 4
    return next((key for key in keys if mark_of(key.number) == mark and _verified(raw, key)), None)


def _verified(raw: bytes, key: Key) -> bool:
    try:
        _public(key.public_key).verify(raw[_LAYOUT.size :], raw[: _LAYOUT.size])
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=1000)
def _public(raw: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw)
