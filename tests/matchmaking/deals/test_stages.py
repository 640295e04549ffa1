"""The table of stages: every type has its row, nothing follows the end, and the database holds the same."""

import pytest
from sqlmodel import select

from matchmaking.deals import wording
from matchmaking.deals.models import DealStage, DealStep
from matchmaking.deals.stages import AGREED, FIRST, NEXT, STAGES, TYPES, may_follow, stages_of


def test_every_type_and_stage_has_its_row_and_its_words():
    assert set(NEXT) == set(FIRST) == set(TYPES) == set(wording.TYPES)
    assert set(STAGES) == set(wording.STAGES) == set(wording.TONES)


@pytest.mark.parametrize("type_", ["purchase", "investment", "cooperation"])
def test_a_deal_goes_from_lead_to_payment(type_):
    way = ["lead", "intent", "memorandum", "contract", "delivered", "paid"]
    assert [may_follow(type_, one, then) for one, then in zip(way, way[1:], strict=False)] == [True] * 5


@pytest.mark.parametrize("type_", TYPES)
def test_no_stage_follows_itself_and_nothing_follows_the_end(type_):
    assert not any(may_follow(type_, stage, stage) for stage in STAGES)
    assert {may_follow(type_, end, stage) for end in ("lapsed", "cancelled") for stage in STAGES} == {False}
    assert {may_follow(type_, "paid", stage) for stage in STAGES} == (
        {True, False} if type_ == "retail" else {False}
    )


@pytest.mark.parametrize("type_", TYPES)
def test_steps_stay_within_what_a_type_knows(type_):
    assert {after for steps in NEXT[type_].values() for after in steps} <= set(stages_of(type_))
    assert set(FIRST[type_]) <= set(stages_of(type_))


def test_the_database_holds_the_same_table(session):
    stages = {(row.type, row.stage): row.counts for row in session.exec(select(DealStage))}
    steps = {(row.type, row.before, row.after) for row in session.exec(select(DealStep))}
    assert stages == {(type_, stage): stage in AGREED for type_ in TYPES for stage in NEXT[type_]}
    assert steps == {(t, one, then) for t in TYPES for one, after in NEXT[t].items() for then in after}
