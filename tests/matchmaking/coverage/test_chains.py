"""Chains as lines of text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.errors import Refused
from matchmaking.catalogue.hs import valid_hs
from matchmaking.coverage.chains import Stage, kept, read, taken, written
from matchmaking.coverage.starting import STARTING

names = st.text(st.characters(whitelist_categories=("L", "N")), min_size=1, max_size=20)
codes = st.lists(st.sampled_from(["72", "7601", "840999", "01"]), min_size=1, max_size=4, unique=True)


@given(st.lists(st.builds(lambda n, c: Stage({"en": n}, tuple(c)), names, codes), min_size=1, max_size=12))
def test_what_is_written_is_read_again(stages):
    assert read(written(stages, "en"), "en") == tuple(stages)
    assert taken(kept(stages)) == tuple(stages)


def test_names_in_other_languages_stay_with_their_codes():
    before = (Stage({"en": "Metals", "zh": "金属"}, ("72", "76")),)
    assert read("Metal: 72, 76\nMachines： 84.07，85", "en", before) == (
        Stage({"en": "Metal", "zh": "金属"}, ("72", "76")),
        Stage({"en": "Machines"}, ("8407", "85")),
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "A chain has at least one stage."),
        ("Metals", "Line 1: write the name, a colon, and the codes."),
        ("Metals: 72\n: 73", "Line 2: write the name, a colon, and the codes."),
        ("Metals: 72, 7a", "Line 1: 7a is no HS code."),
        ("Metals: 77", "Line 1: 77 is no HS code."),
        ("Metals:", "Line 1: name between 1 and 60 codes."),
        ("\n".join(["Metals: 72"] * 13), "A chain has at most 12 stages."),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text, sentence):
    with pytest.raises(Refused) as refused:
        read(text, "en")
    assert str(refused.value.sentence) == sentence


def test_a_stage_is_touched_by_wider_and_narrower_codes():
    stage = Stage({}, ("7208", "76"))
    asked = ("72", "7208", "720810", "7209", "7601", "84")
    assert [stage.touches(hs) for hs in asked] == [True, True, True, False, True, False]
    assert [stage.holds(hs) for hs in asked] == [False, True, True, False, True, False]


def test_the_starting_set_is_made_of_codes_that_exist():
    every = [code for chain in STARTING for stage in chain.stages for code in stage.codes]
    assert [code for code in every if not valid_hs(code)] == []
