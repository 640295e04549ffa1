"""Words under which people are found, whatever they are called and whatever is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.checkin.finding import Known, as_query, as_vector, closeness, lexemes_of, sought

PEOPLE = {
    "li": Known({"zh": "李小龙"}, "青岛诺信", "PE00001", "li@example.org"),
    "petr": Known({"ru": "Пётр Иванов"}, "ОсОО «Ала-Тоо»", "PE00002"),
    "zainab": Known({"ur": "زینب احمد خان"}, "Chamber", "PE00042"),
    "neill": Known({"en": "Jean-Luc O'Neill"}, "Müller & Co.", "PE00003"),
}


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("李小", "li"), ("小龙", "li"), ("xiao long", "li"), ("lixiao", "li"), ("诺信", "li"),
        ("li@ex", "li"),
        ("иван", "petr"), ("ivanov", "petr"), ("Petr", "petr"), ("ала", "petr"),
        ("زینب", "zainab"), ("zainab", "zainab"),
        ("Zaynab", "zainab"), ("pe42", "zainab"), ("pe-0042", "zainab"),
        ("o'neill", "neill"), ("oneill", "neill"), ("JEAN", "neill"), ("muller", "neill"), ("luk", "neill"),
    ],
)  # fmt: skip
def test_each_is_found_and_is_the_closest(words, who):
    wanted = sought(words)
    rank = {name: closeness(wanted, known) for name, known in PEOPLE.items()}
    assert rank[who] > 0
    assert max(rank, key=lambda name: rank[name]) == who


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_written_makes_words_and_questions(name, words):
    lexemes = lexemes_of(Known({"en": name}, words, "PE1", words))
    assert all(weight in "ABCD" and word for word, weight in lexemes.items())
    assert len(as_vector(lexemes)) < 40_000
    as_query(sought(words))


@given(st.text(st.characters(categories=("Lu", "Ll", "Lo")), min_size=2, max_size=20))
def test_everybody_is_found_by_the_whole_name(name):
    known = Known({"en": name}, "", "PE1")
    wanted = sought(name)
    assert not wanted or closeness(wanted, known) > 0
