"""Words for the press: whatever was typed, only words and their direction are left."""

import pytest

from expo.press.pen import LONG, Pen

EN, UR = Pen("en"), Pen("ur")


def texts(runs) -> list[str]:
    return [run["t"] for run in runs]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Silk\x00 \u202eRoad\u202c\n Ltd.", "Silk Road Ltd."),
        ('#read("/etc/passwd")', '#read("/etc/passwd")'),
        ("*_$@<label>\\ `x`", "*_$@<label>\\ `x`"),
        ("Tea \U0001f375", "Tea"),
    ],
)
def test_what_was_typed_is_printed_as_it_is_without_letters_that_steer(typed, printed):
    assert EN.text(typed)["t"] == printed


@pytest.mark.parametrize("typed", ["", None, "\u200b", "\U0001f375"])
def test_of_nothing_nothing_is_left(typed):
    assert EN.text(typed) is None


def test_names_have_the_direction_and_language_of_their_own_letters():
    urdu, other = EN.named({"ur": "زینب"}), UR.named({"ru": "Айгерим"})
    assert (urdu["d"], urdu["l"], urdu["s"]) == ("rtl", "ur", "arab")
    assert (other["d"], other["l"], other["s"]) == ("ltr", "ru", "latn")


def test_names_that_a_sentence_isolates_are_runs_of_their_own():
    runs = UR.sentence("پیشکش \u2068HS 0901 (12).\u2069 اور \u2068چین\u2069")
    assert texts(runs) == ["پیشکش ", "HS 0901 (12).", " اور ", "چین"]
    assert [run["d"] for run in runs] == ["rtl", "ltr", "rtl", "rtl"]


def test_a_name_with_marks_of_isolation_of_its_own_ends_nothing_but_itself():
    assert texts(UR.sentence("الف \u2068a\u2069b\u2069 ب")) == ["الف ", "a", "b ب"]


def test_chinese_is_told_apart_from_figures_which_have_a_bold_typeface_of_their_own():
    runs = Pen("zh").sentence("2023 年 6 月")
    assert [(run["t"], run["s"]) for run in runs] == [
        ("2023 ", "latn"), ("年", "hani"), (" 6 ", "latn"), ("月", "hani"),
    ]  # fmt: skip


def test_rows_leave_no_gap_for_what_is_not_there():
    runs = EN.row(EN.text("Tea"), None, [], EN.sentence("Honey"))
    assert texts(runs) == ["Tea", " · ", "Honey"]


def test_only_words_that_may_be_too_long_for_a_line_are_measured():
    assert [EN.text(text)["long"] for text in ("tea house", "w" * LONG, "丝绸之路" * 9)] == [
        False,
        True,
        False,
    ]
