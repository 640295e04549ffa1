"""Editing by hand: acts, what they break, two people at once, undoing, and keeping the result as a run."""

import pytest

from expo.allocation import queries, rules, services
from expo.allocation.services.comparing import plan_named
from expo.allocation.services.drafting import Act, Overtaken
from expo.errors import Refused
from tests.expo.allocation.rows import a_fair, a_firm
from tests.signing import a_user


@pytest.fixture
def fair(session):
    return a_fair(session)


def published(session, fair):
    run = services.solve(session, fair.edition, 1, 100)
    services.publish(session, run)
    return run


def opened(session, fair, ref="now"):
    return services.open_draft(session, fair.edition, plan_named(session, fair.edition, ref), "Draft")


def do(session, fair, draft, verb, version=None, user=None, **more):
    units = {unit.code: unit for unit in services.units_of(session, fair.edition)}
    areas = services.areas_of(session, fair.edition)
    seen = draft.version if version is None else version
    return str(services.act(session, draft, seen, Act(verb, **more), units, areas, {}, user))


def broken(session, draft) -> list[str]:
    return [
        str(rules.in_words(each, lambda code: code)) for each in services.verdict(session, draft).now.broken
    ]


def test_a_booth_is_moved_traded_taken_off_and_brought_back(session, fair):
    a_firm(session, fair, "X", wishes=[("stand", "A-01")])
    a_firm(session, fair, "Y", wishes=[("stand", "B-06")])
    published(session, fair)
    draft = opened(session, fair)
    assert do(session, fair, draft, "move", exhibitor="X", stand="A-03") == "X goes from A-01 to A-03."
    assert do(session, fair, draft, "move", exhibitor="X", stand="B-06") == "X and Y trade their places."
    assert draft.placements == {"X": ["B-06"], "Y": ["A-03"]}
    assert do(session, fair, draft, "off", exhibitor="Y") == "Y is taken off the plan."
    assert do(session, fair, draft, "undo") == "Undone: Y is taken off the plan."
    assert do(session, fair, draft, "undo") == "Undone: X and Y trade their places."
    assert do(session, fair, draft, "redo") == "Done again: X and Y trade their places."
    assert (draft.placements, draft.version) == ({"X": ["B-06"], "Y": ["A-03"]}, 6)
    assert queries.occupied(session, fair.edition) == {"X": ["A-01"], "Y": ["B-06"]}


def test_points_wishes_and_broken_rules_are_told_at_once(session, fair):
    a_firm(session, fair, "X", area_m2=18, wishes=[("stand", "A-01")])
    published(session, fair)
    draft = opened(session, fair)
    assert broken(session, draft) == []
    do(session, fair, draft, "place", exhibitor="X", stands=("A-03", "A-05"))
    found = services.verdict(session, draft)
    assert (found.wishes, [e.code for e in found.effects]) == (-1, ["X"])
    assert broken(session, draft) == [
        "The stands of X do not hang together in one zone: A-03 A-05.",
        "X does not have the shape asked for (any).",
    ] or broken(session, draft)[0].startswith("The stands of X do not hang together")
    do(session, fair, draft, "lock", exhibitor="X")
    assert broken(session, draft) == []


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ({"verb": "move", "exhibitor": "X", "stand": "Q-1"}, "There is no stand Q-1"),
        ({"verb": "move", "exhibitor": "NOBODY", "stand": "A-02"}, "There is no exhibitor NOBODY"),
        ({"verb": "give", "exhibitor": "X", "stand": "B-06"}, "is taken by Y"),
        ({"verb": "take", "exhibitor": "X", "stand": "B-06"}, "does not have stand B-06"),
        ({"verb": "swap", "exhibitor": "X", "other": "X"}, "Name two exhibitors"),
        ({"verb": "place", "exhibitor": "X"}, "Name the stands"),
        ({"verb": "redo"}, "nothing to redo"),
        ({"verb": "dance"}, "Nothing is called dance"),
    ],
)
def test_what_makes_no_sense_is_refused(session, fair, act, told):
    a_firm(session, fair, "X", wishes=[("stand", "A-01")])
    a_firm(session, fair, "Y", wishes=[("stand", "B-06")])
    published(session, fair)
    draft = opened(session, fair)
    with pytest.raises(Refused, match=told):
        do(session, fair, draft, **act)
    assert (draft.version, draft.steps) == (0, [])


def test_of_two_people_the_second_learns_who_was_faster_and_what_was_done(session, fair):
    a_firm(session, fair, "X", wishes=[("stand", "A-01")])
    published(session, fair)
    draft, ada = opened(session, fair), a_user(session, name="Ada")
    do(session, fair, draft, "move", version=0, user=ada, exhibitor="X", stand="A-02")
    with pytest.raises(Overtaken, match=r"Ada changed this draft meanwhile \(X goes from A-01 to A-02"):
        do(session, fair, draft, "move", version=0, exhibitor="X", stand="A-03")
    assert draft.placements == {"X": ["A-02"]}


def test_a_draft_becomes_a_run_with_its_parent_and_its_locks_are_published(session, fair):
    a_firm(session, fair, "X", wishes=[("stand", "A-01")])
    parent = published(session, fair)
    draft = opened(session, fair, f"r{parent.id}")
    do(session, fair, draft, "move", exhibitor="X", stand="B-03")
    do(session, fair, draft, "lock", exhibitor="X")
    run = services.keep_draft(session, draft)
    assert (run.kind, run.parent_id, run.violations, run.placements) == (
        "hand",
        parent.id,
        0,
        {"X": ["B-03"]},
    )
    assert run.bound >= run.objective
    services.publish(session, run)
    assert [row.stands for row in queries.locked(session, fair.edition)] == ["B-03"]
    with pytest.raises(Refused, match="edited by hand"):
        services.replay(session, run)


def test_a_lock_opened_on_purpose_gives_way_but_one_made_since_does_not(session, fair):
    firm = a_firm(session, fair, "X", wishes=[("stand", "A-01")])
    published(session, fair)
    services.lock(session, firm)
    draft = opened(session, fair)
    with pytest.raises(Refused, match="is settled. Unlock it first"):
        do(session, fair, draft, "move", exhibitor="X", stand="B-03")
    do(session, fair, draft, "unlock", exhibitor="X")
    do(session, fair, draft, "move", exhibitor="X", stand="B-03")
    run = services.keep_draft(session, draft)
    services.give_stand(session, fair.stands["A-05"], a_firm(session, fair, "Y"))
    services.publish(session, run)
    assert queries.occupied(session, fair.edition) == {"X": ["B-03"], "Y": ["A-05"]}
    late = opened(session, fair)
    do(session, fair, late, "move", exhibitor="X", stand="B-05")
    moved = services.keep_draft(session, late)
    services.lock(session, firm)
    with pytest.raises(Refused, match="X was given another place since this run"):
        services.publish(session, moved)


def test_a_plan_that_breaks_rules_is_kept_but_not_published(session, fair):
    a_firm(session, fair, "X", area_m2=18)
    published(session, fair)
    draft = opened(session, fair)
    do(session, fair, draft, "place", exhibitor="X", stands=("A-02",))
    run = services.keep_draft(session, draft)
    assert [each.rule for each in services.broken_rules(session, run)] == ["area"]
    with pytest.raises(Refused, match="breaks 1 rule,.*lock the places"):
        services.publish(session, run)
