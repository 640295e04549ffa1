"""The countries, and their names in the reader's language."""

from expo.countries import COUNTRIES, countries_by_name


def test_taiwan_hong_kong_and_kosovo_are_regions_and_the_union_is_none():
    assert {"TW", "HK", "XK"} <= COUNTRIES
    assert not {"EU", "UN", "ZZ"} & COUNTRIES


def test_countries_stand_in_the_order_of_their_names():
    named = countries_by_name("ru")
    assert [name for _, name in named] == sorted(name for _, name in named)
    assert dict(named)["KG"] == "Киргизия"
