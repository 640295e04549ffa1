"""What is typed into a search box is taken apart as people mean it."""

from hypothesis import given
from hypothesis import strategies as st

from matchmaking.catalogue.searching import MOST_WORDS, countries_like, hs_range, pattern, words_of


def test_words_are_folded_and_codes_lose_their_dots():
    assert words_of("  Honey ０４０９.00  МЁД honey ") == ("honey", "040900", "мёд")
    assert words_of("") == ()


def test_only_so_many_words_are_looked_for():
    assert len(words_of(" ".join(f"w{n}" for n in range(50)))) == MOST_WORDS


def test_the_signs_of_patterns_mean_themselves():
    assert pattern("50%_\\") == r"%50\%\_\\%"


def test_digits_are_the_span_of_codes_that_begin_with_them():
    assert hs_range("0409") == ("040900", "040999")
    assert hs_range("040900") == ("040900", "040900")
    assert [hs_range(word) for word in ("4", "0409001", "honey", "٠٤")] == [None] * 4


def test_a_country_is_known_by_its_name_in_any_language():
    assert countries_like("казахст") == {"KZ"}
    assert countries_like("پاکستان") == {"PK"}
    assert "CN" in countries_like("中国")
    assert countries_like("ch") == frozenset()


@given(st.text(max_size=200))
def test_any_text_can_be_searched_for(text):
    for word in words_of(text):
        assert word
        assert pattern(word).startswith("%")
        hs_range(word)
        countries_like(word)
