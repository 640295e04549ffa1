"""Every point has an origin, and the origins add up."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from expo.points.counting import Fact, carried, count, remembers, total
from expo.points.rule import read

RULE = read(
    {
        "version": 4, "years": "3", "years_cap": "10", "area": "0.08", "spend": "0.5", "violations": "-2",
        "tier_gold": "20", "tier_gold_name": "Gold", "violation_late-build": "-5", "violations_years": 2,
        "own_green": "4", "own_green_name": "Green stand", "own_green_cap": "6",
    }
)  # fmt: skip


def brief(lines):
    return [(line["source"], line["kind"], line["figure"], line["rate"], line["points"]) for line in lines]


def test_each_source_counts_by_its_rate_and_a_cap_takes_away_what_is_beyond():
    facts = [
        *[Fact("years", Decimal(1), note=f"fair-{year}") for year in range(4)],
        Fact("area", Decimal(36)),
        Fact("spend", Decimal("120500.40")),
        Fact("sponsorship", Decimal(1), "gold", basis="record"),
        Fact("violations", Decimal(1), "late-build", basis="record"),
        Fact("violations", Decimal(1), basis="record"),
        Fact("own", Decimal(2), "green", basis="record"),
    ]
    lines = count(RULE, facts)
    assert brief(lines) == [
        *[("years", "", "1", "3", 3)] * 4,
        ("years", "cap", "12", "10", -2),
        ("area", "", "36", "0.08", 2.88),
        ("spend", "", "120500.4", "0.5", 60.25),
        ("sponsorship", "gold", "1", "20", 20),
        ("violations", "late-build", "1", "-5", -5),
        ("violations", "", "1", "-2", -2),
        ("own", "green", "2", "4", 8),
        ("own", "cap", "8", "6", -2),
    ]
    assert {line["version"] for line in lines} == {4}
    assert total(lines) == Decimal("92.13")


@given(
    st.lists(
        st.builds(
            Fact,
            st.sampled_from(["years", "area", "spend", "sponsorship", "violations", "own", "given", "odd"]),
            st.decimals(-10_000, 10**12, places=2),
            st.sampled_from(["", "gold", "green", "unknown"]),
        ),
        max_size=8,
    )
)
def test_no_source_gives_more_than_its_cap(facts):
    lines = count(RULE, facts)
    years = sum(Decimal(str(line["points"])) for line in lines if line["source"] == "years")
    green = sum(
        Decimal(str(line["points"]))
        for line in lines
        if line["source"] == "own" and (line["kind"] == "green" or line["name"] == "Green stand")
    )
    assert (abs(years) <= 10, abs(green) <= 6) == (True, True)


def test_points_without_facts_are_carried_over_as_what_they_stood_for():
    old = read({"years": "3", "area": "0.08", "spend": "1", "violations": "-2"})
    origin = [
        {"source": "years", "points": 12},
        {"source": "area", "points": 2.88},
        {"source": "spend", "points": 5},
        {"source": "violations", "points": -2},
        {"source": "jury", "points": 1.5},
    ]
    facts = carried(origin, old, house_years=1)
    assert [(fact.source, fact.figure) for fact in facts] == [
        ("years", 3), ("spend", 5000), ("violations", 1), ("given", Decimal("1.5"))]  # fmt: skip
    once = count(old, facts)
    assert carried(once, RULE, house_years=1) == facts
    assert total(count(old, [*facts, Fact("years", Decimal(1))])) == Decimal("16.5")


def test_a_violation_is_remembered_as_long_as_the_rule_says():
    opening = date(2024, 2, 29)
    assert remembers(RULE, date(2010, 1, 1), opening, here=True) is True
    assert remembers(RULE, date(2022, 3, 1), opening, here=False) is True
    assert remembers(RULE, date(2022, 2, 1), opening, here=False) is False
    assert remembers(read({}), date(2024, 2, 1), opening, here=False) is False
