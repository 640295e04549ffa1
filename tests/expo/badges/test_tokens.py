"""Codes on badges: short, ours alone, and refused when anything in them is touched."""

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from expo.badges.tokens import MOST_SERIAL, Token, issue, read

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TOKENS = st.builds(Token, st.integers(1, 2**32 - 1), st.integers(1, MOST_SERIAL))


@given(TOKENS)
def test_what_was_issued_is_read_back(token):
    assert read(issue(token, KEY), KEY.public_key()) == token


@given(TOKENS, st.integers(0, 69), st.integers(1, 255))
def test_any_changed_byte_is_refused(token, place, change):
    raw = bytearray(base64.urlsafe_b64decode(issue(token, KEY) + "=="))
    raw[place] ^= change
    assert read(base64.urlsafe_b64encode(raw).decode().rstrip("="), KEY.public_key()) is None


@given(st.text())
def test_any_other_text_is_refused(text):
    assert read(text, KEY.public_key()) is None


def test_a_code_of_another_house_is_refused():
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(32))
    assert read(issue(Token(7, 1), stranger), KEY.public_key()) is None


def test_a_code_has_seventy_bytes():
    assert len(base64.urlsafe_b64decode(issue(Token(2**32 - 1, MOST_SERIAL), KEY) + "==")) == 70
