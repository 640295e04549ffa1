"""Deals packed by what they have in common."""

from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.deals.traits import ALL, BLOCK, Fact, Wanted, find, kind_of, repacked

KINDS = [32 * type_ + 2 * stage + counts for type_ in range(5) for stage in range(1, 9) for counts in (0, 1)]
A_DEAL = st.fixed_dictionaries(
    {
        "minor": st.integers(0, 10**17),
        "kind": st.sampled_from(KINDS),
        "country": st.sampled_from(("KZ", "CN", "")),
        "day": st.sampled_from(("2023-06-15", "2023-06-16")),
        "chapter": st.dictionaries(st.sampled_from(("04", "52")), st.integers(0, 10**17)),
    }
)
LEDGERS = st.dictionaries(st.integers(1, 3 * BLOCK), A_DEAL, max_size=12)


def facts(ledger):
    for number, deal in ledger.items():
        kind = deal["kind"]
        yield Fact(number, *ALL, deal["minor"], kind)
        yield from (Fact(number, name, deal[name], deal["minor"], kind) for name in ("country", "day"))
        yield from (Fact(number, "chapter", key, minor, kind) for key, minor in deal["chapter"].items())


def packed(ledger):
    return repacked([], [], facts(ledger))


def answer(ledger, wanted):
    rows = [row for row in packed(ledger) if row[:2] in wanted.places()]
    return find(sorted(rows, key=lambda row: row.block), wanted)


@settings(deadline=None)
@given(LEDGERS, st.sampled_from(("", "KZ", "PK")), st.sampled_from(("", "04")), st.booleans())
def test_what_is_found_is_what_looking_at_every_deal_finds(ledger, country, chapter, counted):
    asked = {"country": country, "chapter": chapter, "day": "2023-06-15"}
    found = answer(ledger, Wanted({name: [key] for name, key in asked.items() if key}, counted=counted))
    mine = {
        number: deal["chapter"][chapter] if chapter else deal["minor"]
        for number, deal in ledger.items()
        if country in ("", deal["country"])
        and deal["day"] == "2023-06-15"
        and (not chapter or chapter in deal["chapter"])
        and (not counted or deal["kind"] % 2)
    }
    worth = {}
    for number, minor in mine.items():
        kind = kind_of(ledger[number]["kind"])
        count, before = worth.get(kind, (0, 0))
        worth[kind] = (count + 1, before + minor)
    assert [int(one) for one in found.numbers] == sorted(mine)
    assert found.worth == worth


@settings(deadline=None)
@given(LEDGERS, LEDGERS, st.sets(st.integers(1, 3 * BLOCK)))
def test_what_is_packed_anew_is_as_if_it_had_been_so_from_the_start(before, more, gone):
    after = {number: deal for number, deal in before.items() if number not in gone} | more
    old, new = set(facts(before)), set(facts(after))
    left = [row for row in repacked(packed(before), old - new, new - old) if any(row.bits)]
    assert sorted(left) == sorted(packed(after))


def test_any_of_several_keys_will_do_and_of_none_none():
    ledger = {
        number: {"minor": number, "kind": 3, "country": land, "day": "", "chapter": {}}
        for number, land in enumerate(("KZ", "CN", "PK"), 1)
    }
    found = [answer(ledger, Wanted({"country": keys})) for keys in (("KZ", "PK"), ())]
    assert [list(map(int, one.numbers)) for one in found] == [[1, 3], []]


def test_sums_beyond_what_a_processor_counts_stay_exact():
    deal = {"minor": 10**17 - 1, "kind": 9, "country": "KZ", "day": "", "chapter": {}}
    found = answer(dict.fromkeys(range(1, 201), deal), Wanted({"country": ["KZ"]}))
    assert found.worth == {kind_of(9): (200, 200 * (10**17 - 1))}


def test_a_byte_says_type_stage_and_whether_it_counts():
    assert [kind_of(byte) for byte in (3, 32 + 2, 4 * 32 + 17)] == [
        ("purchase", "lead", True),
        ("investment", "lead", False),
        ("retail", "cancelled", True),
    ]
