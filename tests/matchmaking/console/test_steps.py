"""The dashboard names one next step, and never one that cannot be begun."""

from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as some

from matchmaking.console.steps import Facts, steps

NOTHING = Facts({}, 0, 0, 0, 0, 0, "", 0, 0, 0, 0, {}, 0)
COUNT = some.integers(0, 50)
FACTS = some.builds(
    Facts,
    exhibitors=some.dictionaries(some.sampled_from(["draft", "submitted", "accepted"]), COUNT),
    stands=COUNT,
    runs=COUNT,
    placed=COUNT,
    talks=COUNT,
    slots=COUNT,
    version=some.sampled_from(["", "0.1"]),
    people=COUNT,
    badges=COUNT,
    printed=COUNT,
    buyers=COUNT,
    meetings=some.dictionaries(some.sampled_from(["planned", "held"]), COUNT),
    deals=COUNT,
)


def states(**known) -> list[str]:
    return [step.state for step in steps(Facts(**asdict(NOTHING) | known))]


@given(FACTS)
def test_at_most_one_step_is_the_next(facts):
    found = [step.state for step in steps(facts)]
    assert found.count("now") <= 1
    assert set(found) <= {"done", "now", "todo", "blocked"}
    assert "now" in found or "todo" not in found


def test_a_new_edition_begins_with_its_halls():
    assert states() == ["now"] + 7 * ["blocked"]


def test_applications_come_after_the_stands():
    assert states(stands=10, exhibitors={"submitted": 3})[:3] == ["done", "now", "blocked"]


def test_an_edition_that_is_over_has_nothing_left_to_do():
    everything = states(
        exhibitors={"accepted": 5}, stands=9, runs=1, placed=5, talks=4, slots=4, version="0.1", people=7,
        badges=7, printed=7, buyers=3, meetings={"held": 6}, deals=2,
    )  # fmt: skip
    assert everything == 8 * ["done"]


def test_a_late_application_is_the_next_step_again():
    found = states(stands=9, exhibitors={"accepted": 5, "submitted": 1}, placed=5)
    assert found[1:3] == ["now", "done"]
