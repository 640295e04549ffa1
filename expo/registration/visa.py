"""Letters of invitation: the words in four languages, and passports that only the house can read."""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import date

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from expo.words import Sentence, say

NAMES: dict[str, Sentence] = {
    "asked": say("To be looked at"),
    "signed": say("Signed"),
    "refused": say("Refused"),
    "revoked": say("Revoked"),
    "taken back": say("Taken back"),
}
TONES = {"asked": "wait", "signed": "good", "refused": "bad", "revoked": "bad", "taken back": "off"}
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that are read for one another."""


@dataclass(frozen=True)
class Passport:
    """What a passport says; dates as YYYY-MM-DD, `nationality` an ISO code."""

    name: str
    number: str
    nationality: str
    born_on: str
    issued_on: str
    expires_on: str


def fresh_code() -> str:
    """Twelve letters and digits (60 random bits) under which a letter is checked."""
    return "".join(secrets.choice(LETTERS) for _ in range(12))


def tidy_code(typed: str) -> str:
    """A code as it was printed, however it was typed."""
    return "".join(filter(str.isalnum, typed)).upper()[:20]


def key_of(secret: str) -> bytes:
    """The key for passports, derived from the house's secret (HKDF, RFC 5869)."""
    derive = HKDF(SHA256(), length=32, salt=b"caravanserai", info=b"passports")
    return derive.derive(secret.encode())


def seal(key: bytes, passport: Passport, code: str) -> bytes:
    """A passport encrypted (AES-256-GCM) for the letter of this code: a nonce of twelve bytes comes first."""
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(key).encrypt(nonce, json.dumps(asdict(passport)).encode(), code.encode())


def unseal(key: bytes, sealed: bytes | None, code: str) -> Passport | None:
    """The passport; None where it is kept no longer, or was sealed by another house."""
    if not sealed:
        return None
    try:
        return Passport(**json.loads(AESGCM(key).decrypt(sealed[:12], sealed[12:], code.encode())))
    except (InvalidTag, ValueError, TypeError):
        return None


def wrong_with(passport: Passport, arrives: date, leaves: date, today: date) -> Sentence | None:
    """Why no letter can be written with these dates; None when it can."""
    born, issued, expires = (
        date.fromisoformat(text) for text in (passport.born_on, passport.issued_on, passport.expires_on)
    )
    if not born < issued <= today < expires:
        return say("The dates of the passport cannot be: born, issued, then valid until a day to come.")
    if not arrives <= leaves:
        return say("The day of arrival comes before the day of departure.")
    if expires < leaves:
        return say("The passport expires before the departure.")
    if (leaves - arrives).days > 90:
        return say("A letter covers 90 days at most.")
    return None
