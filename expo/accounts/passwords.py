"""Passwords: what is accepted, and Argon2 hashes of them."""

import unicodedata
from functools import cache
from secrets import token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from expo.words import Sentence, say

SHORTEST = 10
LONGEST = 200
# Long enough for us, and still among the first that anybody tries.
TRIED_FIRST = """
0123456789 0987654321 1029384756 1111111111 1122334455 1212121212 123123123123 1234512345 1234567890
12345678910 123456789a 1234567891 123456123456 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 9876543210 a123456789
abcdefghij abcd123456 administrator caravanserai changeme123 iloveyou12 iloveyou123 letmein123 password01
password12 password123 password1234 passw0rd123 qazwsxedcrfv qwerty12345 qwerty123456 qwertyuiop welcome123
qwertyuiop123 welcome1234 zxcvbnm123 йцукенгшщз пароль1234 пароль12345
"""
COMMON = frozenset(TRIED_FIRST.split())
hasher = PasswordHasher()


def normal(password: str) -> str:
    """One form for what different keyboards send for the same letters (NFKC, RFC 8265)."""
    return unicodedata.normalize("NFKC", password)


def problem(password: str, email: str) -> Sentence | None:
    """Why a password is not accepted, or None."""
    plain = normal(password).casefold()
    if len(plain) < SHORTEST:
        return say("Choose a password of at least %(least)s characters.", least=SHORTEST)
    if len(plain) > LONGEST:
        return say("A password may have at most %(most)s characters.", most=LONGEST)
    if plain in (email.casefold(), email.casefold().split("@")[0]):
        return say("Your e-mail address is the first thing anybody would try. Choose another password.")
    if plain in COMMON or len(set(plain)) < 3:
        return say("This password is among the first that anybody tries. Choose another one.")
    return None


def hashed(password: str) -> str:
    """An Argon2id hash with its salt and parameters."""
    return hasher.hash(normal(password))


def matches(known: str | None, password: str) -> bool:
    """Whether the hash is that of the password. Without a hash it takes just as long to say no."""
    try:
        hasher.verify(known or _nobodys(), normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return known is not None


def is_dated(known: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return hasher.check_needs_rehash(known)


@cache
def _nobodys() -> str:
    return hasher.hash(token_urlsafe(32))
