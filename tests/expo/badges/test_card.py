"""What stands on a badge fits it, whatever people are called."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from expo.badges.card import GAP_MM, INNER_MM, NAME_SIZES, WHO_MM, make_card, names
from expo.badges.lettering import fitted, line_count, pieces, width_mm

LETTERS = some.text(alphabet="abcXYZмЖД王李مد-· ", min_size=1, max_size=60).filter(str.strip)


def a_card(**given):
    values = {
        "kind": "buyer",
        "code": "PE0001",
        "name": {"en": "Yang Min", "zh": "杨敏"},
        "own_language": "zh",
        "position": "Buyer",
        "organisation": "Nuoxin",
        "country": "China",
        "token": "x",
        "language": "en",
    }
    return make_card(**values | given)


@given(LETTERS, LETTERS, LETTERS)
@settings(max_examples=60, deadline=None)
def test_the_words_of_a_badge_are_never_higher_than_their_place(name, other, house):
    card = a_card(name={"en": name, "ru": other}, organisation=house)
    lines = [line for line in (card.name, card.second, card.organisation) if line]
    assert sum(line.height for line in lines) + 8 + (len(lines) - 1) * GAP_MM <= WHO_MM + 0.001


@given(LETTERS)
@settings(max_examples=60, deadline=None)
def test_words_are_broken_without_losing_a_letter(text):
    assert "".join(pieces(text)).split() == text.split()


def test_a_short_name_is_set_as_large_as_names_get():
    first, second = names({"en": "Yang Min", "zh": "杨敏"}, "en", "zh")
    assert (first.points, second and second.text) == (NAME_SIZES[0], "杨敏")


def test_a_long_name_is_set_smaller_and_not_cut():
    first, _ = names({"en": "Krishnamurthy Venkataraghavan-Subramaniam"}, "en", "en")
    assert first.points < NAME_SIZES[0]
    assert line_count(first.text, first.points, INNER_MM) in (2, 3)


def test_readers_of_chinese_see_the_chinese_name_first():
    first, second = names({"en": "Yang Min", "zh": "杨敏"}, "zh", "zh")
    assert (first.text, second and second.text) == ("杨敏", "Yang Min")


def test_a_name_known_in_one_language_is_printed_once():
    assert names({"en": "Anna"}, "ru", "ru")[1] is None


@pytest.mark.parametrize(("text", "direction"), [("زینب احمد", "rtl"), ("Zainab", "ltr"), ("杨敏", "ltr")])
def test_words_run_in_the_direction_of_their_script(text, direction):
    assert a_card(name={"en": text}).name.direction == direction


def test_han_is_square_and_latin_narrower():
    assert width_mm("中", 72) == pytest.approx(25.4)
    assert width_mm("i", 72) < width_mm("m", 72) < 25.4


def test_what_fits_at_no_size_is_told():
    assert fitted("m" * 200, 80, 20, 1.2, (20, 10)).is_cut
