"""The directory is filtered, counted and ordered."""

from matchmaking.catalogue.directory import Entry, counts, in_order, narrowed

HONEY = Entry(1, "EX1", {"en": "Honey", "zh": "蜂蜜"}, "KG", "food", ("A", "B"))
STEEL = Entry(2, "EX2", {"en": "Steel", "zh": "钢"}, "KZ", "metals", ("A",))
APPLE = Entry(3, "EX3", {"en": "Apple", "zh": "苹果"}, "KZ", "food")
ALL = in_order([HONEY, STEEL, APPLE], "en")


def codes(entries) -> list[str]:
    return [entry.code for entry in entries]


def test_names_come_in_the_order_of_the_language():
    assert codes(ALL) == ["EX3", "EX1", "EX2"]
    assert [entry.letter for entry in ALL] == ["A", "H", "S"]
    assert [entry.letter for entry in in_order(ALL, "zh")] == ["F", "G", "P"]


def test_filters_narrow_together():
    assert codes(narrowed(ALL, {"country": "KZ"})) == ["EX3", "EX2"]
    assert codes(narrowed(ALL, {"country": "KZ", "sector": "food"})) == ["EX3"]
    assert codes(narrowed(ALL, {"zone": "B"})) == ["EX1"]
    assert codes(narrowed(ALL, {"letter": "S", "zone": ""})) == ["EX2"]


def test_each_choice_says_how_many_it_would_show():
    found = counts(ALL, {"country": "KZ"})
    assert found["country"] == {"": 3, "KG": 1, "KZ": 2}
    assert found["sector"] == {"": 2, "food": 1, "metals": 1}
    assert found["zone"] == {"": 2, "A": 1}
    assert list(found["letter"].items()) == [("", 2), ("A", 1), ("S", 1)]
