"""Passwords and addresses, by themselves."""

import pytest
from argon2 import Type
from hypothesis import given
from hypothesis import strategies as st

from expo.accounts.addresses import own_path, tidy_email
from expo.accounts.passwords import hashed, matches, normal, problem
from tests.conftest import REAL_HASHER


def test_a_password_matches_its_own_hash_only():
    known = hashed("caravan by moonlight")
    assert (matches(known, "caravan by moonlight"), matches(known, "caravan by daylight")) == (True, False)


def test_the_same_letters_from_another_keyboard_match():
    composed, decomposed = "пароль из ста знакой", "пароль из ста знакои\u0306"
    assert composed != decomposed
    assert normal(composed) == normal(decomposed)


def test_hashes_are_as_costly_as_the_standard_asks():
    """RFC 9106, section 4, second recommended option: 3 passes, 64 MiB, 4 lanes."""
    real = REAL_HASHER
    assert (real.time_cost, real.memory_cost, real.parallelism, real.type) == (3, 65536, 4, Type.ID)


def test_without_a_hash_nothing_matches():
    assert not matches(None, "caravan by moonlight")
    assert not matches("not a hash", "caravan by moonlight")


@pytest.mark.parametrize(
    "password", ["seven camels at dusk", "驼铃在月光下慢慢地响起", "اونٹ چاندنی میں چلتے ہیں"]
)
def test_sentences_in_any_script_are_good_passwords(password):
    assert problem(password, "aigul@example.org") is None


def test_a_password_has_a_longest_length():
    assert "at most" in str(problem("ab1" * 100, "a@example.org"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Aigul@Example.ORG ", "aigul@example.org"),
        ("li@例え.jp", "li@xn--r8jz45g.jp"),
        ("a@expo.example", "a@expo.example"),
    ],
)
def test_an_address_has_one_form(typed, kept):
    assert tidy_email(typed) == kept


@given(st.text(max_size=40))
def test_a_path_of_our_own_starts_with_one_slash(wanted):
    found = own_path(wanted)
    assert found is None or (found.startswith("/") and found[1:2] not in ("/", "\\"))
