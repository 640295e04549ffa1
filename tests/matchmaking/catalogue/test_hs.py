"""Codes of the Harmonised System and product kinds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.languages import LANGUAGES
from matchmaking.catalogue.hs import (
    chapter_name,
    chapter_of,
    kind_key,
    normal_name,
    section_of,
    shared_level,
    tidy,
    valid_hs,
)
from matchmaking.catalogue.hs_names import CHAPTERS, SECTIONS


def test_there_are_96_chapters_in_21_sections_that_leave_no_gap():
    assert sorted(CHAPTERS) == [f"{n:02}" for n in range(1, 98) if n != 77]
    assert len(SECTIONS) == 21
    assert [s.first for s in SECTIONS] == [1, *[s.last + 1 for s in SECTIONS[:-1]]]
    assert SECTIONS[-1].last == 97


def test_sections_have_a_name_of_their_own_in_every_language():
    for language in LANGUAGES:
        assert len({s.name[language] for s in SECTIONS}) == 21


def test_chapters_have_names_of_their_own():
    assert len(set(CHAPTERS.values())) == 96


@pytest.mark.parametrize("code", ["01", "0409", "040900", "870323", "97"])
def test_codes_of_two_four_and_six_digits_are_valid(code):
    assert valid_hs(code)


@pytest.mark.parametrize(
    "code",
    ["", "1", "00", "77", "7700", "98", "990000", "040", "04090", "0409000", "04.09", "٠٤٠٩", "abcd", "04\n"],
)
def test_everything_else_is_not(code):
    assert not valid_hs(code)


def test_a_typed_code_is_tidied():
    assert tidy(" 8703.23 ") == "870323"
    assert tidy("04 09 00") == "040900"


def test_a_code_knows_its_chapter_and_section():
    assert (chapter_of("040900"), chapter_name("040900")) == ("04", "Dairy, eggs and honey")
    assert [section_of(c).numeral for c in ("040900", "1507", "71", "760200", "97")] == [
        "I",
        "III",
        "XIV",
        "XV",
        "XXI",
    ]


def test_an_unknown_code_is_refused():
    with pytest.raises(ValueError, match="'77'"):
        section_of("77")


@pytest.mark.parametrize(
    ("one", "other", "digits"),
    [
        ("040900", "040900", 6),
        ("040900", "0409", 4),
        ("040900", "040620", 2),
        ("04", "040620", 2),
        ("04", "05", 0),
    ],
)
def test_codes_share_what_their_levels_share(one, other, digits):
    assert shared_level(one, other) == shared_level(other, one) == digits


def test_one_kind_is_one_subheading_origin_and_name():
    key = kind_key("200799", "KG", "Jam, CHERRY")
    assert key == kind_key("200799", "kg", " jam  cherry ")
    assert len(key) == 26
    others = {kind_key("200791", "KG", "Jam, cherry"), kind_key("200799", "UZ", "Jam, cherry")}
    assert key not in others | {kind_key("200799", "KG", "Jam, apricot")}


def test_a_kind_needs_all_six_digits():
    with pytest.raises(ValueError, match="4 digits"):
        kind_key("2007", "KG", "Jam")


def test_names_are_compared_in_every_script():
    assert normal_name("樱桃 果酱") != normal_name("苹果 果酱")
    assert normal_name("की चाय") != normal_name("का चाय")
    assert normal_name("Ｊａｍ") == "jam"
    assert normal_name("МЁД") == normal_name("мёд")


@given(st.text())
def test_a_normal_name_stays_as_it_is(name):
    assert normal_name(normal_name(name)) == normal_name(name)
