"""Nobody works a small figure out of what is published."""

from hypothesis import given
from hypothesis import strategies as st

from matchmaking.deals.discretion import OTHER, discreet, discreet_figures, hidden_of

LEAST = st.integers(0, 6)
ROWS = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 50)), max_size=8).map(
    lambda rows: [(f"K{n}", count, minor) for n, (count, minor) in enumerate(rows)]
)


def test_small_groups_go_into_other_and_one_alone_takes_company():
    rows = [("CN", 40, 900), ("KZ", 5, 80), ("PK", 4, 70), ("RU", 1, 60)]
    assert discreet(rows, 3) == [("CN", 40, 900), ("KZ", 5, 80), (OTHER, 5, 130)]
    assert discreet(rows[:2], 3) == rows[:2]
    assert discreet(rows, 0) == rows


def test_of_two_one_is_the_rest_so_neither_is_told():
    assert discreet([("abroad", 1, 60), ("home", 40, 900)], 3) == []


@given(ROWS, LEAST)
def test_published_parts_add_up_and_none_is_small(rows, least):
    found = discreet(rows, least)
    if found:
        assert [sum(row[at] for row in found) for at in (1, 2)] == [
            sum(row[at] for row in rows) for at in (1, 2)
        ]
    assert all(count >= least for _key, count, _minor in found)


@given(ROWS, LEAST)
def test_every_hidden_worth_could_be_another_one(rows, least):
    """For each hidden group there is another ledger with the same publication and another worth for it."""
    hidden = hidden_of(rows, least)
    pot = sum(minor for key, _count, minor in rows if key in hidden)
    for key in hidden if pot and len(hidden) > 1 else ():
        mine = next(minor for name, _count, minor in rows if name == key)
        others = [row for row in rows if row[0] in hidden - {key}]
        giver = key if mine else next(name for name, _count, minor in others if minor)
        taker = others[0][0] if mine else key
        change = {giver: -1, taker: 1}
        another = [(name, count, minor + change.get(name, 0)) for name, count, minor in rows]
        assert discreet(another, least) == discreet(rows, least)
        assert {row[0]: row[2] for row in another}[key] != mine


@given(ROWS, LEAST)
def test_a_single_hidden_group_is_published_nowhere(rows, least):
    if len(hidden_of(rows, least)) == 1:
        assert discreet(rows, least) == []


def told(country, groups=(), **more):
    values = {
        "count": sum(row[1] for row in country), "minor": sum(row[2] for row in country), "annual_minor": 0,
        "by": {"country": country}, "groups": groups, "before": [], "largest": None,
    }  # fmt: skip
    return {"currency": "CNY", "types": {"purchase": values | more}}


COUNTRIES = [("CN", 40, 900), ("KZ", 5, 80), ("PK", 1, 70), ("RU", 2, 60), ("IN", 2, 50), ("UZ", 1, 40)]


def test_a_group_less_its_members_gives_nobody_away():
    """ONE holds Kazakhstan, which is told, and Pakistan alone of those that are not."""
    groups = {"ONE": {"KZ", "PK"}, "TWO": {"KZ", "PK", "RU"}, "ALL": {"CN", "KZ", "PK", "RU", "IN", "UZ"}}
    rows = [["ALL", 51, 1200, 6], ["ONE", 6, 150, 2], ["TWO", 8, 210, 3]]
    found = discreet_figures(told(COUNTRIES, rows), groups, 3)["types"]["purchase"]
    assert [one[0] for one in found["groups"]] == ["ALL", "TWO"]


def test_two_groups_together_give_nobody_away_either():
    """MORE less TWO would be Pakistan."""
    lands = [*COUNTRIES, ("TJ", 1, 30)]
    groups = {"MORE": {"KZ", "PK", "RU", "IN"}, "TWO": {"KZ", "RU", "IN"}}
    rows = [["MORE", 10, 260, 4], ["TWO", 9, 190, 3]]
    found = discreet_figures(told(lands, rows), groups, 3)["types"]["purchase"]
    assert [one[0] for one in found["groups"]] == ["MORE"]
    assert [row[0] for row in found["by"]["country"]] == ["CN", "KZ", OTHER]


def test_chapters_are_not_told_where_a_section_less_its_chapters_would_tell():
    by = {"country": [("CN", 9, 9)], "section": [["I", 9, 9]], "chapter": [["02", 8, 8], ["04", 1, 1]]}
    found = discreet_figures(told([("CN", 9, 9)], by=by), {}, 3)["types"]["purchase"]["by"]
    assert (found["section"], found["chapter"]) == ([["I", 9, 9]], [])


def test_a_type_of_so_few_deals_is_counted_but_its_sum_is_held_back():
    found = discreet_figures(told([("CN", 2, 9)]), {}, 3)["types"]["purchase"]
    assert (found["count"], found["minor"], found["held_back"], found["by"]) == (2, 0, True, {"country": []})
