"""Secrets that we hand out: 32 random bytes, of which we keep only the digest."""

from hashlib import sha256
from secrets import token_urlsafe


def fresh_token() -> str:
    """256 random bits as text that is safe in an address."""
    return token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored. A token is random, so a plain SHA-256 cannot be guessed backwards."""
    return sha256(token.encode()).hexdigest()
