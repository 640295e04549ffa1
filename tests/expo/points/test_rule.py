"""The rule for points, in the flat form it is kept in."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from expo.points.rule import Kind, Measure, Rule, faults, read, write

OLD = {"years": "3", "area": "0.08", "spend": "1", "sponsorship": "10", "violations": "-2"}
numbers = st.decimals(-1000, 1000, places=2)
measures = st.builds(Measure, numbers, st.none() | numbers)
keys = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True)


def kinds():
    one = st.builds(Kind, keys, st.text(min_size=1, max_size=9), numbers, st.none() | numbers)
    return st.lists(one, max_size=4, unique_by=lambda kind: kind.key).map(
        lambda found: tuple(sorted(found, key=lambda kind: kind.key))
    )


def test_a_rule_from_before_versions_counts_as_it_did():
    rule = read(OLD)
    assert (rule.version, rule.years.rate, rule.area.rate, rule.violation.rate) == (
        1, Decimal(3), Decimal("0.08"), Decimal(-2))  # fmt: skip
    assert (rule.years.cap, rule.tiers, rule.own, faults(rule)) == (None, (), (), [])


@given(
    st.builds(
        Rule, st.integers(1, 99), measures, measures, measures, measures, measures, st.integers(0, 50),
        kinds(), kinds(), kinds(),
    )
)  # fmt: skip
def test_what_is_written_is_read_again(rule):
    assert read(write(rule)) == rule


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=9) | st.integers() | st.none() | st.booleans()))
def test_whatever_a_folder_holds_is_a_rule(flat):
    assert read(write(read(flat))) == read(flat)


def test_nonsense_counts_nothing():
    rule = read({"years": "many", "area": "Infinity", "spend": "1e400", "tier_gold": "NaN", "version": "x"})
    assert (rule.years.rate, rule.area.rate, rule.spend.rate, rule.tiers, rule.version) == (0, 0, 0, (), 1)


def test_a_rule_that_cannot_be_used_says_why():
    twice = Kind("gold", "Gold", Decimal(1))
    wrong = Rule(
        tiers=(twice, twice),
        violations=(Kind("Late build", "Late", Decimal(5)),),
        violation=Measure(Decimal(1)),
    )
    assert [str(fault) for fault in faults(wrong)] == [
        "gold is there twice.",
        "Write a key in small letters, digits and hyphens, such as late-build: Late build.",
        "A violation takes points away: write a number below zero for Late build.",
        "A violation takes points away: write a number below zero.",
    ]
