"""What an offer is worth to a need, and why."""

from dataclasses import replace

import pytest

from matchmaking.recommendations.score import Need, Offer, Score, mutual_score

NEED = Need(
    code="n1",
    buyer="B1",
    hs="040900",
    quantity=100,
    unit="kg",
    max_price_minor=2000,
    currency="CNY",
    incoterm="DAP",
    certificates=frozenset({"ISO 22000", "Halal"}),
    countries=frozenset({"KG"}),
    languages=frozenset({"zh", "ru"}),
    country="CN",
)
OFFER = Offer(
    code="o1",
    supplier="S1",
    hs="040900",
    origin="KG",
    quantity=500,
    unit="kg",
    price_minor=1800,
    currency="CNY",
    incoterm="DAP",
    certificates=frozenset({"ISO 22000", "Halal"}),
    languages=frozenset({"ru", "ky"}),
    markets=frozenset({"CN"}),
)


def reason(need: Need, offer: Offer, start: str):
    return next(r for r in mutual_score(need, offer).reasons if r.code.startswith(start))


def test_a_perfect_answer_earns_a_hundred_points():
    score = mutual_score(NEED, OFFER)
    assert score.total == 100
    assert [r.code for r in score.reasons] == [
        "hs_6",
        "price_within",
        "certificates_all",
        "quantity_covered",
        "languages_shared",
        "incoterm_same",
        "origin_wanted",
        "market_wanted",
    ]


def test_the_points_of_the_reasons_add_up_to_the_total():
    score = mutual_score(
        NEED, replace(OFFER, price_minor=2100, quantity=55, certificates=frozenset({"Halal"}))
    )
    assert score.total == sum(r.points for r in score.reasons) == 100 - 3 - 5 - 8


def test_another_chapter_is_worth_nothing():
    assert mutual_score(NEED, replace(OFFER, hs="870323")) == Score(0, ())


@pytest.mark.parametrize(
    ("wanted", "offered", "code", "points"),
    [("040900", "040900", "hs_6", 40), ("0409", "040900", "hs_4", 28), ("04", "040900", "hs_2", 12)],
)
def test_the_hs_code_counts_by_level(wanted, offered, code, points):
    found = reason(replace(NEED, hs=wanted), replace(OFFER, hs=offered), "hs")
    assert (found.code, found.points) == (code, points)
    assert found.figures == (("wanted", wanted), ("offered", offered))


@pytest.mark.parametrize(
    ("changes", "code", "points"),
    [
        ({"price_minor": 2000}, "price_within", 15),
        ({"price_minor": 2250}, "price_above", 7),
        ({"price_minor": 2500}, "price_above", 0),
        ({"price_minor": 9900}, "price_above", 0),
        ({"price_minor": 0}, "price_not_stated", 7),
        ({"currency": "KZT"}, "price_in_another_currency", 7),
        ({"quantity": 25}, "quantity_in_part", 2),
        ({"quantity": 0}, "quantity_not_stated", 5),
        ({"unit": "t"}, "quantity_in_another_unit", 5),
        ({"certificates": frozenset({"Halal"})}, "certificates_some", 7),
        ({"certificates": frozenset()}, "certificates_none", 0),
        ({"languages": frozenset({"ur"})}, "languages_none", 0),
        ({"languages": frozenset()}, "languages_not_stated", 4),
        ({"incoterm": "EXW"}, "incoterm_other", 0),
        ({"incoterm": ""}, "incoterm_not_stated", 2),
        ({"origin": "UZ"}, "origin_other", 0),
        ({"origin": ""}, "origin_not_stated", 2),
        ({"markets": frozenset({"RU"})}, "market_other", 0),
        ({"markets": frozenset()}, "market_open", 3),
    ],
)
def test_every_shortcoming_has_its_code_and_points(changes, code, points):
    assert reason(NEED, replace(OFFER, **changes), code.split("_")[0]).points == points
    assert code in [r.code for r in mutual_score(NEED, replace(OFFER, **changes)).reasons]


def test_a_buyer_without_wishes_is_pleased_with_everything():
    score = mutual_score(Need("n", "B", "04", languages=frozenset({"ru"}), country="CN"), OFFER)
    assert score.total == 100 - 40 + 12


def test_missing_certificates_are_named():
    found = reason(NEED, replace(OFFER, certificates=frozenset({"Halal", "Organic"})), "certificates")
    assert found.figures == (("have", ("Halal",)), ("missing", ("ISO 22000",)))
