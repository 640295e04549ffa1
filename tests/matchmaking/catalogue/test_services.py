"""Exhibitors list, change and take off their products."""

from dataclasses import replace
from decimal import Decimal

import pytest

from expo.editions.models import Edition
from expo.errors import Refused
from matchmaking.catalogue import services
from matchmaking.catalogue.queries import kind_count, products_of
from matchmaking.catalogue.terms import MOST_CERTIFICATES, Offer
from tests.make import a_product, an_edition, an_exhibitor

HONEY = Offer(
    name={"en": "Mountain honey", "zh": " 山蜂蜜 ", "ru": ""},
    hs="040900",
    origin="KG",
    quantity=Decimal("1.5"),
    unit="t",
    price=Decimal("12.34"),
    currency="USD",
    incoterm="FOB",
    certificates=("HALAL", "HALAL", "HACCP"),
)


@pytest.fixture
def exhibitor(session):
    return an_exhibitor(session, an_edition(session), code="EX7")


def test_a_product_is_listed_with_everything_said_of_it(session, exhibitor):
    product = services.add_product(session, exhibitor, HONEY)
    (shown,) = products_of(session, exhibitor.id)
    assert shown.code == "P00001"
    assert shown.name == {"zh": "山蜂蜜", "en": "Mountain honey"}
    assert (shown.price_minor, shown.currency, shown.certificates) == (1234, "USD", ["HALAL", "HACCP"])
    assert "山蜂蜜" in product.search_text
    assert services.offer_of(product) == replace(HONEY, name=product.name, certificates=("HALAL", "HACCP"))


def test_codes_run_on_over_the_edition(session, exhibitor):
    other = an_exhibitor(session, an_edition(session))
    a_product(session, exhibitor, code="P00041")
    assert services.add_product(session, exhibitor, HONEY).code == "P00042"
    assert services.add_product(session, other, HONEY).code == "P00001"


FLAWS = {
    "name": {"name": {"en": "  "}},
    "long name": {"name": {"en": "x" * 201}},
    "short code": {"hs": "0409"},
    "no chapter": {"hs": "770000"},
    "country": {"origin": "XX"},
    "negative": {"quantity": Decimal(-1)},
    "four decimals": {"quantity": Decimal("0.0001")},
    "no number": {"price": Decimal("NaN")},
    "half a fen": {"price": Decimal("0.005")},
    "no unit": {"unit": ""},
    "currency": {"currency": "ABC"},
    "term": {"incoterm": "XYZ"},
    "certificates": {"certificates": tuple(str(n) for n in range(MOST_CERTIFICATES + 1))},
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_flawed_offer_is_refused(session, exhibitor, flaw):
    with pytest.raises(Refused):
        services.add_product(session, exhibitor, replace(HONEY, **FLAWS[flaw]))
    assert products_of(session, exhibitor.id) == []


def test_the_same_product_is_listed_once(session, exhibitor):
    services.add_product(session, exhibitor, HONEY)
    twin = replace(HONEY, name={"en": "mountain  HONEY"}, price=Decimal(1))
    with pytest.raises(Refused, match="listed already"):
        services.add_product(session, exhibitor, twin)
    jam = services.add_product(session, exhibitor, replace(HONEY, name={"en": "Jam"}, hs="200799"))
    with pytest.raises(Refused, match="listed already"):
        services.change_product(session, jam, twin)


def test_a_product_is_changed_and_taken_off(session, exhibitor):
    product = services.add_product(session, exhibitor, HONEY)
    services.change_product(session, product, replace(HONEY, price=Decimal(0), hs="040900", origin="UZ"))
    assert (product.price_minor, product.origin, product.kind_key[:9]) == (0, "UZ", "040900-UZ")
    assert services.product_of(session, exhibitor, product.code) == product
    services.remove_product(session, product)
    assert services.product_of(session, exhibitor, "P00001") is None


def test_twins_out_of_a_file_can_still_be_changed(session, exhibitor):
    product = services.add_product(session, exhibitor, HONEY)
    a_product(session, exhibitor, kind_key=product.kind_key)
    services.change_product(session, product, replace(HONEY, price=Decimal(1)))
    assert product.price_minor == 100


def test_nobody_reaches_the_product_of_another(session, exhibitor):
    other = an_exhibitor(session, session.get_one(Edition, exhibitor.edition_id))
    product = a_product(session, other)
    assert services.product_of(session, exhibitor, product.code) is None
    assert services.product_of(session, other, product.code) == product


def test_an_exhibitor_sees_its_latest_product_first(session, exhibitor):
    for name in ("Honey", "Jam"):
        services.add_product(session, exhibitor, replace(HONEY, name={"en": name}))
    assert [row.name["en"] for row in products_of(session, exhibitor.id, latest_first=True)] == [
        "Jam",
        "Honey",
    ]


@pytest.mark.parametrize("state", ["rejected", "withdrawn"])
def test_a_closed_application_keeps_its_products_as_they_are(session, state):
    exhibitor = an_exhibitor(session, an_edition(session), state=state)
    product = a_product(session, exhibitor)
    for act in (
        lambda: services.add_product(session, exhibitor, HONEY),
        lambda: services.change_product(session, product, HONEY),
        lambda: services.remove_product(session, product),
    ):
        with pytest.raises(Refused, match="closed"):
            act()


def test_a_list_has_an_end(session, exhibitor, monkeypatch):
    monkeypatch.setattr(services, "MOST_PRODUCTS", 1)
    services.add_product(session, exhibitor, HONEY)
    with pytest.raises(Refused, match="1 products"):
        services.add_product(session, exhibitor, replace(HONEY, origin="UZ"))


def test_kinds_are_counted_once_and_for_public_exhibitors_only(session, exhibitor):
    edition = session.get_one(Edition, exhibitor.edition_id)
    hidden = an_exhibitor(session, edition, state="submitted")
    twin = an_exhibitor(session, edition)
    for one in (exhibitor, twin, hidden):
        services.add_product(session, one, HONEY)
    services.add_product(session, hidden, replace(HONEY, origin="UZ"))
    assert kind_count(session, edition) == 1
