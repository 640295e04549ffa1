"""Which stage may follow which."""

import pytest

from matchmaking.deals.models import STAGES
from matchmaking.deals.stages import AGREED, NEXT, may_follow
from matchmaking.deals.wording import STAGES as WORDS
from matchmaking.deals.wording import TONES


def test_every_stage_has_its_row_and_its_words():
    assert set(NEXT) == set(STAGES) == set(WORDS) == set(TONES)


def test_stages_lead_to_known_stages_only():
    assert {stage for following in NEXT.values() for stage in following} <= set(STAGES)


def test_a_deal_goes_from_lead_to_payment():
    way = ("lead", "intent", "memorandum", "contract", "delivered", "paid")
    assert [may_follow(one, other) for one, other in zip(way, way[1:], strict=False)] == [True] * 5


@pytest.mark.parametrize("stage", ["paid", "lapsed", "cancelled"])
def test_nothing_follows_the_end(stage):
    assert NEXT[stage] == frozenset()


def test_no_stage_follows_itself_and_none_leads_back():
    order = {stage: number for number, stage in enumerate(STAGES)}
    assert [(a, b) for a in STAGES for b in NEXT[a] if order[b] <= order[a]] == []


def test_leads_and_what_came_to_nothing_are_no_outcome():
    assert set(STAGES) - AGREED == {"lead", "lapsed", "cancelled"}
