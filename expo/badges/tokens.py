"""The signed code on a badge: short, checkable offline with the public key, nothing personal in clear.

Layout: person (4 bytes) · version (4 bits) and serial (12 bits), big-endian, then an Ed25519 signature
(64 bytes): 70 bytes in all, written in base64url without padding.
"""

import base64
import binascii
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

VERSION = 1
MOST_SERIAL = 0xFFF
_LAYOUT = struct.Struct(">IH")


@dataclass(frozen=True)
class Token:
    """What a badge says: whose it is, and which print of the badge (1 … 4095)."""

    person_id: int
    serial: int


def issue(token: Token, key: Ed25519PrivateKey) -> str:
    """The text to print as a QR code. ValueError for a serial that does not fit."""
    if not 0 < token.serial <= MOST_SERIAL:
        raise ValueError(f"serial {token.serial} does not fit into 12 bits")
    body = _LAYOUT.pack(token.person_id, VERSION << 12 | token.serial)
    return base64.urlsafe_b64encode(body + key.sign(body)).rstrip(b"=").decode()


def read(text: str, key: Ed25519PublicKey) -> Token | None:
    """The token if the signature is ours; None for anything else, however broken."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        body, signature = raw[: _LAYOUT.size], raw[_LAYOUT.size :]
        key.verify(signature, body)
        person_id, marks = _LAYOUT.unpack(body)
    except (ValueError, binascii.Error, InvalidSignature, struct.error):
        return None
    return Token(person_id, marks & MOST_SERIAL) if marks >> 12 == VERSION else None
