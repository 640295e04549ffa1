"""Boxes: what a gate must know of a person, sealed so that only the person's badge opens it.

A lost phone tells nobody's name: the key comes from the 70 bytes of the badge's code (HKDF-SHA256, RFC 5869,
salted with the edition's code), the box is AES-256-GCM with its nonce in front, and its name is a digest of
the same bytes.
"""

import base64
import json
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from expo.badges.tokens import raw_of

NAME_SALT = b"gate id"
PURPOSE = b"gate record"
NAME_BYTES = 9
NONCE_BYTES = 12


def name_of(raw: bytes) -> str:
    """What a badge's box is called: 12 letters that say nothing without the badge."""
    return base64.urlsafe_b64encode(sha256(NAME_SALT + raw).digest()[:NAME_BYTES]).decode()


def sealed(token: str, edition: str, record: Mapping[str, Any]) -> tuple[str, str]:
    """The name and the box (base64) of a record for the badge with this code."""
    raw = raw_of(token)
    assert raw is not None
    nonce = secrets.token_bytes(NONCE_BYTES)
    plain = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    box = nonce + AESGCM(_key(raw, edition)).encrypt(nonce, plain, None)
    return name_of(raw), base64.b64encode(box).decode()


def opened(token: str, edition: str, box: str) -> dict[str, Any]:
    """The record in a box. ValueError or InvalidTag where the badge does not open it."""
    raw = raw_of(token)
    if raw is None:
        raise ValueError("no badge of ours")
    data = base64.b64decode(box)
    plain = AESGCM(_key(raw, edition)).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], None)
    return json.loads(plain)


def _key(raw: bytes, edition: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=edition.encode(), info=PURPOSE).derive(raw)
