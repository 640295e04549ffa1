"""Which offers are viable, by the database."""

import pytest

from expo.exhibitors.models import Organisation
from matchmaking.coverage import queries, services
from matchmaking.coverage.health import Answered, Supply
from tests.make import a_buyer, a_need, a_product, an_edition, an_exhibitor

NEED = {
    "hs": "0409", "position": 1, "unit": "kg", "quantity": 100, "max_price_minor": 500, "currency": "CNY",
    "certificates": ["halal"], "countries": ["KG"],
}  # fmt: skip
GOOD = {
    "hs": "040900", "unit": "kg", "quantity": 100, "price_minor": 500, "currency": "CNY",
    "certificates": ["iso22000", "halal"], "origin": "KG",
}  # fmt: skip


@pytest.fixture
def edition(session):
    return an_edition(session)


def _why(session, edition):
    return [row.why for row in queries.unmet(session, edition)]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, []),
        ({"hs": "041000"}, ["nobody"]),
        ({"certificates": ["iso22000"]}, ["certificates"]),
        ({"origin": "RU"}, ["origin"]),
        ({"quantity": 99}, ["quantity"]),
        ({"price_minor": 501}, ["price"]),
        ({"price_minor": 501, "currency": "USD"}, []),
        ({"quantity": 1, "price_minor": 9_000, "unit": "t"}, []),
        ({"quantity": 0, "price_minor": 0}, []),
    ],
)
def test_an_offer_is_viable_unless_something_asked_for_is_missing(session, edition, changed, why):
    a_need(session, a_buyer(session, edition), **NEED)
    a_product(session, an_exhibitor(session, edition, state="accepted"), **GOOD | changed)
    assert _why(session, edition) == why


def test_each_offer_may_lack_something_else(session, edition):
    a_need(session, a_buyer(session, edition), **NEED)
    exhibitor = an_exhibitor(session, edition, state="accepted")
    a_product(session, exhibitor, **GOOD | {"origin": "RU"})
    a_product(session, exhibitor, **GOOD | {"quantity": 1})
    assert _why(session, edition) == ["together"]


def test_nobody_serves_themselves_and_who_is_not_accepted_serves_nobody(session, edition):
    buyer = a_buyer(session, edition)
    a_need(session, buyer, **NEED)
    own = an_exhibitor(session, edition, state="accepted")
    own.organisation_id = buyer.organisation_id
    a_product(session, own, **GOOD)
    a_product(session, an_exhibitor(session, edition, state="submitted"), **GOOD)
    assert _why(session, edition) == ["nobody"]


def test_who_alone_could_serve_a_need_is_known(session, edition):
    buyer = a_buyer(session, edition)
    a_need(session, buyer, **NEED)
    a_need(session, buyer, **NEED | {"position": 2, "countries": []})
    one = an_exhibitor(session, edition, state="accepted")
    a_product(session, one, **GOOD)
    a_product(session, an_exhibitor(session, edition, state="accepted"), **GOOD | {"origin": "RU"})
    assert queries.needs(session, edition) == [Answered("0409", 1, one.id), Answered("0409", 2)]


def test_supply_is_counted_by_stage(session, edition):
    one = an_exhibitor(session, edition, state="accepted")
    a_product(session, one, hs="720810", kind_key="a")
    a_product(session, one, hs="720810", kind_key="b")
    a_product(session, one, hs="840710", kind_key="c")
    services.draw(session, edition, "steel", "Steel", "Metal: 72\nEngines: 8407, 8408\nCars: 87", "en")
    country = session.get_one(Organisation, one.organisation_id).country
    assert queries.supply(session, edition) == {
        ("steel", 1): [Supply(one.id, country, 2)],
        ("steel", 2): [Supply(one.id, country, 1)],
    }
