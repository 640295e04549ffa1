"""Kinds that may be one are found by slips of the pen, never where a number or a short word differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.catalogue.hs import normal_name
from matchmaking.profiles.doubles import Kind, likeness, near_doubles

NAMES = st.lists(
    st.sampled_from(["raw", "honey", "mountain", "250", "g", "jar", "series", "a", "b"]), max_size=6
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Raw honey, jar", "Honey: raw (jar)"),
        ("Natural hony, 250 g", "Natural honey 250g"),
        ("Combine harvesters", "Combine harvester"),
        ("Refrigertaors for shops", "Refrigerators for shops"),
    ],
)
def test_a_slip_or_another_order_of_words_is_near(one, other):
    assert likeness(normal_name(one), normal_name(other)) >= 85


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Honey, 250 g pack", "Honey, 500 g pack"),
        ("Turbojet parts, series A", "Turbojet parts, series B"),
        ("Dates, first grade", "Dates, second grade"),
        ("一级苹果汁饮料", "二级苹果汁饮料"),
        ("Honey", "Raw honey"),
        ("", "Honey"),
    ],
)
def test_other_goods_are_not_near(one, other):
    assert likeness(normal_name(one), normal_name(other)) == 0


@given(NAMES, st.randoms())
def test_likeness_is_the_same_from_both_sides_and_whole_for_shuffled_words(words, random):
    shuffled = random.sample(words, len(words))
    assert likeness(" ".join(words), " ".join(shuffled)) == 100
    other = [*words[1:], "honey"]
    assert likeness(" ".join(words), " ".join(other)) == likeness(" ".join(other), " ".join(words))


def test_only_kinds_of_one_class_and_origin_are_compared():
    def kind(key, hs, origin):
        return Kind(key, hs, origin, {"en": "Raw honey"}, 1)

    kinds = [kind("a", "040900", "KG"), kind("b", "040900", "KZ"), kind("c", "170200", "KG")]
    assert near_doubles(kinds) == []
    found = near_doubles([*kinds, kind("d", "040900", "KG")])
    assert [(pair.one.key, pair.other.key, pair.percent) for pair in found] == [("a", "d", 100)]
