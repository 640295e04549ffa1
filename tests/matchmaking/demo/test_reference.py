"""The reference edition has the figures of the case and is the same for the same seed."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from expo.money import exponent
from matchmaking.catalogue.hs import kind_key, valid_hs
from matchmaking.demo.files import files
from matchmaking.demo.reference import reference
from matchmaking.folder.services import read_files
from matchmaking.requests.grid import grid


def parts(cell) -> list[str]:
    return [part for part in str(cell).split(";") if part]


def test_the_same_seed_writes_the_same_folder_and_another_seed_another(made):
    assert files(reference(2023)) == files(made)
    assert files(reference(7))["products.csv"] != files(made)["products.csv"]


@pytest.mark.parametrize("seed", [2023, 5, 11])
def test_the_import_finds_nothing_wrong_with_it(made, seed):
    chosen = made if seed == 2023 else reference(seed)
    _, problems = read_files({name: text.encode() for name, text in files(chosen).items()})
    assert [(found.file, found.row, str(found.reason)) for found in problems.listed] == []


def test_it_has_the_figures_of_the_case(made):
    tables = made.tables
    kinds = {kind_key(p["hs"], p["origin"], p["name_en"]) for p in tables["products"] if p["origin"] != "CN"}
    assert len(tables["exhibitors"]) == 330
    assert len({row["country"] for row in tables["exhibitors"]}) == 34
    assert sum(zone["gross_m2"] for zone in tables["zones"]) == made.settings["gross_m2"] == 44_000
    assert len(kinds) > 10_000
    assert len(tables["buyers"]) == 600
    assert Counter(forum["kind"] for forum in tables["forums"]) == {
        "ceremony": 1,
        "forum": 6,
        "matchmaking": 1,
    }
    assert [len(tables[name]) for name in ("talks", "people", "halls", "rooms")] == [120, 3000, 4, 10]
    assert 1_450 <= len(tables["stands"]) <= 1_550


def test_the_meeting_slots_are_those_that_buyers_count_in(made):
    from zoneinfo import ZoneInfo

    slots = grid(made.settings["meetings"], ZoneInfo("Asia/Shanghai"))
    absent = {int(slot) for buyer in made.tables["buyers"] for slot in parts(buyer["unavailable_slots"])}
    assert (len(slots), sum(slot.is_morning for slot in slots[:18])) == (54, 8)
    assert absent <= set(range(1, 55))
    assert 150 <= sum(bool(buyer["unavailable_slots"]) for buyer in made.tables["buyers"]) <= 250


def test_every_zone_leaves_room_for_a_good_allocation(made):
    for zone in made.tables["zones"]:
        for raw in (False, True):
            stands = [
                s for s in made.tables["stands"] if s["zone"] == zone["code"] and (s["kind"] == "raw") == raw
            ]
            room = sum(float(s["width_m"]) * float(s["depth_m"]) for s in stands)
            wanted = sum(
                e["area_m2"]
                for e in made.tables["exhibitors"]
                if parts(e["zones"])[0] == zone["code"] and (e["shape"] == "raw") == raw
            )
            assert 0.6 * room < wanted <= 0.92 * room


def test_points_add_up_from_where_they_come(made):
    for row in made.tables["exhibitors"]:
        origin = [float(part.partition(":")[2]) for part in parts(row["points_origin"])]
        assert round(sum(origin), 2) == row["points"]


def test_rivals_and_partners_are_as_many_as_in_the_case(made):
    rows = made.tables["exhibitors"]
    rivals = {frozenset((row["code"], other)) for row in rows for other in parts(row["rivals"])}
    partners = {
        frozenset((row["code"], wish[7:]))
        for row in rows
        for wish in parts(row["wishes"])
        if "beside" in wish
    }
    assert (len(rivals), len(partners)) == (109, 26)
    assert rivals.isdisjoint(partners)
    assert len({row["lead"] for row in rows if row["lead"]}) == 6


def test_every_good_is_a_real_subheading_with_a_price_its_currency_can_express(made):
    for row in made.tables["products"]:
        assert valid_hs(row["hs"])
        assert row["price"] > 0
        assert -row["price"].as_tuple().exponent <= exponent(row["currency"])


def test_no_two_organisations_share_a_name_in_a_country(made):
    rows = made.tables["exhibitors"] + made.tables["buyers"]
    assert len({(row["name_en"].casefold(), row["country"]) for row in rows}) == len(rows)


SCRIPTS = {
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ru": re.compile("[а-яА-ЯёЁ]"),
    "ur": re.compile("[\u0600-\u06ff]"),
}


@pytest.mark.parametrize("language", ["zh", "ru", "ur"])
def test_every_text_of_a_programme_or_a_product_is_in_its_own_script(made, language):
    wanted = {"talks": ("title", "abstract"), "forums": ("name", "description"), "halls": ("name",)}
    wanted |= {
        "rooms": ("name",),
        "zones": ("name", "description"),
        "products": ("name",),
        "needs": ("text",),
    }
    for table, columns in wanted.items():
        for row in made.tables[table]:
            for column in columns:
                assert SCRIPTS[language].search(row[f"{column}_{language}"]), (table, row["code"])


def test_titles_are_all_different_and_each_forum_has_its_own(made):
    talks = made.tables["talks"]
    for language in ("en", "zh", "ru", "ur"):
        assert len({talk[f"title_{language}"] for talk in talks}) == 120
    assert (
        min(Counter(talk["forum"] for talk in talks if talk["forum"] not in ("OPEN", "MATCH")).values()) == 19
    )


def test_people_star_about_a_dozen_talks_if_any(made):
    starred = [len(parts(person["stars"])) for person in made.tables["people"] if person["stars"]]
    assert 11 <= sum(starred) / len(starred) <= 13
    assert len(starred) > 2_000


def test_settings_come_out_as_toml_that_reads_back_equal(made):
    import tomllib

    text = files(replace(made, tables={}))["edition.toml"]
    assert tomllib.loads(text) == made.settings
