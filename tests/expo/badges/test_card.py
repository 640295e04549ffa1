"""What stands on a badge, whatever people are called."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from expo.badges.card import Bearer, Frame, make_card, names
from expo.badges.design import Design
from expo.badges.signs import SIGNS
from expo.press.lettering import LONGEST, clean, printable, script_of, words_of

FRAME = Frame("Expo", "15 June", "en", {kind: kind for kind in SIGNS})


def a_card(**given):
    values = {"kind": "buyer", "code": "PE0001", "name": {"en": "Yang Min", "zh": "杨敏"}, "language": "zh"}
    return make_card(0, Bearer(**values | given), FRAME, Design(), "<svg/>")


def shown(card, what):
    return card.data["words"].get(what, {}).get("t")


def test_readers_of_chinese_see_the_chinese_name_first():
    first, second, _ = names({"en": "Yang Min", "zh": "杨敏"}, "zh", "zh")
    assert (first.text, second and second.text) == ("杨敏", "Yang Min")


def test_a_name_known_in_one_language_is_printed_once():
    assert names({"en": "Anna"}, "ru", "ru")[1] is None


@pytest.mark.parametrize(("text", "direction"), [("زینب احمد", "rtl"), ("Zainab", "ltr"), ("杨敏", "ltr")])
def test_words_run_in_the_direction_of_their_script(text, direction):
    assert a_card(name={"en": text}).data["words"]["name"]["d"] == direction


def test_a_name_without_letters_gives_way_to_the_number():
    assert shown(a_card(name={"en": " \u200b "}), "name") == "PE0001"


def test_a_name_in_letters_that_no_typeface_has_stands_back():
    card = a_card(name={"en": "ნინო", "ru": "Нино"})
    assert (shown(card, "name"), card.missing) == ("Нино", "")


def test_a_picture_in_a_name_costs_nobody_the_name():
    card = a_card(name={"en": "Anna 😀 Weber", "ur": "اینا"})
    assert (shown(card, "name"), shown(card, "second"), card.missing) == ("Anna Weber", "اینا", "")


def test_letters_that_cannot_be_printed_are_told():
    card = a_card(name={"en": "Nino ნ 😀"})
    assert (shown(card, "name"), set(card.missing)) == ("Nino", {"ნ", "😀"})


@given(some.text(max_size=400))
@settings(max_examples=80, deadline=None)
def test_no_word_holds_what_steers_the_line(text):
    kept = clean(text)
    assert len(kept) <= LONGEST
    assert not set(kept) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\0\n\r\t\x1b"
    )
    assert clean(kept) == kept


def test_a_pile_of_marks_is_taken_down():
    assert clean("Z" + "\u0301" * 60) == "\u0179" + "\u0301" * 3


def test_joiners_of_urdu_stay():
    assert printable(clean("می\u200cخواهم"))[0] == "می\u200cخواهم"


@pytest.mark.parametrize(
    ("text", "script"), [("Жанна", "latn"), ("欧阳文慧", "hani"), ("Dr. زینب", "arab"), ("AB 文", "latn")]
)
def test_scripts_are_told_apart_by_how_high_their_lines_are(text, script):
    assert (script_of(text), words_of(text, "en").script) == (script, script)
