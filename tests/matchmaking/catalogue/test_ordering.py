"""Names stand where readers of each language look for them."""

from hypothesis import given
from hypothesis import strategies as st

from matchmaking.catalogue.ordering import OTHER, initial, letter_key, sort_key


def in_order(names: list[str], language: str) -> list[str]:
    return sorted(names, key=lambda name: sort_key({language: name}, language))


def initials(names: list[str], language: str) -> str:
    return "".join(initial({language: name}, language) for name in names)


def test_accents_case_and_quotes_do_not_move_a_name():
    names = ["“Éclair”", "apple", "Ånge", "zebra", "Eclat", "3 Rivers"]
    assert in_order(names, "en") == ["Ånge", "apple", "“Éclair”", "Eclat", "zebra", "3 Rivers"]
    assert initials(names, "en") == "EAAZE#"


def test_russian_keeps_short_i_apart_and_takes_yo_for_ye():
    names = ["Йод", "Ёлка", "Едок", "Жар", "Иволга", "«Альфа»"]
    assert in_order(names, "ru") == ["«Альфа»", "Едок", "Ёлка", "Жар", "Иволга", "Йод"]
    assert initials(names, "ru") == "ЙЕЕЖИА"


def test_chinese_goes_by_sound_and_mixes_with_latin_under_one_letter():
    names = ["重庆", "青岛", "北京", "Beta", "阿拉木图", "上海"]
    assert in_order(names, "zh") == ["阿拉木图", "Beta", "北京", "青岛", "上海", "重庆"]
    assert initials(names, "zh") == "ZQBBAS"


def test_a_character_outside_the_common_ones_stands_under_the_last_letter():
    assert initials(["瀚海", "食品"], "zh") == "#S"


def test_urdu_goes_by_its_own_alphabet():
    names = ["گلاب", "پاک", "ٹیک", "بہار", "آم", "تاج", "کراچی", "يار"]
    assert in_order(names, "ur") == ["آم", "بہار", "پاک", "تاج", "ٹیک", "کراچی", "گلاب", "يار"]
    assert initials(names, "ur") == "گپٹباتکی"


def test_a_name_without_the_language_stands_under_the_text_that_is_shown():
    assert initial({"en": "Honey"}, "ur") == "H"
    assert initial({}, "en") == OTHER


def test_letters_come_in_their_order_and_the_rest_last():
    assert sorted("ZA#Б", key=letter_key) == ["A", "Z", "Б", "#"]


@given(st.text(max_size=20), st.sampled_from(["en", "zh", "ru", "ur"]))
def test_any_text_has_one_letter_and_a_place(text, language):
    letter = initial({language: text}, language)
    assert letter == OTHER or letter.isalpha()
    assert sort_key({language: text}, language)[0] == letter_key(letter)
