"""Codes on badges: short, an edition's own, and refused with a reason when anything in them is touched."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from expo.badges.keys import edition_key
from expo.badges.tokens import LENGTH, MOST_SERIAL, Flaw, Key, OtherEdition, Ring, Token, issue, read

HOUSE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
EDITION, OTHER = 7, 8


def public(edition_id, number, *, retired=False):
    return Key(number, edition_key(HOUSE, edition_id, number).public_key().public_bytes_raw(), retired)


RING = Ring(
    (public(EDITION, 0), public(EDITION, 1, retired=True), *(public(EDITION, n) for n in range(2, 20))),
    (OtherEdition("elsewhere", {"en": "Elsewhere"}, (public(OTHER, 1), public(OTHER, 2))),),
)
NUMBERS = st.sampled_from([0, *range(2, 20)])
TOKENS = st.builds(Token, st.integers(1, 2**32 - 1), st.integers(1, MOST_SERIAL))


def signed(token, number, edition_id=EDITION):
    return issue(token, edition_key(HOUSE, edition_id, number), number)


@given(TOKENS, NUMBERS)
def test_what_was_issued_with_any_key_of_the_edition_is_read_back(token, number):
    assert read(signed(token, number), RING) == token


@given(TOKENS, NUMBERS, st.integers(0, 69), st.integers(1, 255))
def test_any_changed_byte_is_refused(token, number, place, change):
    raw = bytearray(base64.urlsafe_b64decode(signed(token, number) + "=="))
    raw[place] ^= change
    assert read(base64.urlsafe_b64encode(raw).decode().rstrip("="), RING) in (Flaw.TAMPERED, Flaw.UNREADABLE)


@given(st.text() | st.binary())
def test_any_other_text_is_not_one_of_ours(text):
    assert read(text, RING) == Flaw.UNREADABLE


@given(st.text(alphabet="ABCabc019-_", min_size=LENGTH, max_size=LENGTH).filter(lambda t: t[5] not in "Aa"))
def test_a_text_of_our_form_that_nobody_signed_is_tampered_with(text):
    assert read(text, RING) in (Flaw.TAMPERED, Flaw.UNREADABLE)


def test_a_badge_of_another_edition_is_told_from_a_forged_one():
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(32))
    assert read(signed(Token(7, 1), 1, OTHER), RING) == Flaw.FOREIGN
    assert read(issue(Token(7, 1), stranger, 2), RING) == Flaw.TAMPERED


def test_a_badge_of_a_withdrawn_key_is_told_so():
    assert read(signed(Token(7, 1), 1), RING) == Flaw.RETIRED


def test_a_code_has_seventy_bytes():
    code = signed(Token(2**32 - 1, MOST_SERIAL), 19)
    assert (len(code), len(base64.urlsafe_b64decode(code + "=="))) == (LENGTH, 70)


def test_one_badge_has_one_text():
    code = signed(Token(7, 1), 2)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = letters.index(code[-1])
    spare = [letters[last ^ bits] for bits in range(1, 16)]
    assert {read(code[:-1] + letter, RING) for letter in spare} == {Flaw.TAMPERED}


@pytest.mark.parametrize("around", ["{}\r\n", " {}", "\t{}\n"])
def test_what_scanners_add_around_a_code_does_no_harm(around):
    assert read(around.format(signed(Token(7, 1), 2)), RING) == Token(7, 1)


@pytest.mark.parametrize("token", [Token(1, 0), Token(1, 4096), Token(-1, 1), Token(2**32, 1)])
def test_what_does_not_fit_is_not_issued(token):
    with pytest.raises(ValueError, match="does not fit"):
        signed(token, 2)
