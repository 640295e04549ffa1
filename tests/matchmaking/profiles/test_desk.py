"""The organiser keeps a party's profile, needs and products for it, in every phase, and leaves a trail."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlmodel import select

from expo.audit.models import AuditEntry
from expo.errors import Refused
from matchmaking.catalogue import services as catalogue
from matchmaking.catalogue.models import Need, Product
from matchmaking.phases import services as phases
from matchmaking.profiles import services
from tests.make import a_need
from tests.matchmaking.profiles.making import as_seller
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def organiser(client, session, edition):
    return sign_in(client, session, "organiser", edition)


@pytest.fixture
def late(session, edition):
    """Profiles closed yesterday."""
    day = phases.today(edition)
    phases.save(session, edition, {"profiles": (None, day - timedelta(days=1))})
    session.commit()


PROFILE = {"open_to_meetings": "y", "min_meetings": "2", "max_meetings": "9", "languages": ["ru"]}


def test_an_organiser_keeps_a_buyers_profile_and_needs_when_its_phase_is_over(
    client, session, edition, buyer, organiser, late
):
    home = f"/{edition.code}/console/profiles/buyers/{buyer.code}"
    page = client.get(home)
    assert (page.status_code, problems(page.text)) == (200, [])
    assert "You can act all the same." in page.text
    assert client.post(home, data=PROFILE | {"contact_name": "Li Na"}).status_code == 302
    session.refresh(buyer)
    assert (buyer.min_meetings, buyer.max_meetings, buyer.languages) == (2, 9, ["ru"])
    wrong = client.post(home, data=PROFILE | {"min_meetings": "10", "contact_name": "Kept as typed"})
    assert "The most is less than the fewest meetings." in wrong.text
    assert "Kept as typed" in wrong.text
    new = {"hs": "040900", "text-en": "Honey", "currency": "CNY", "quantity": "3", "unit": "t"}
    assert client.post(f"{home}/needs/new", data=new).status_code == 302
    need = session.exec(select(Need).where(Need.buyer_id == buyer.id)).one()
    address = f"{home}/needs/{need.position}"
    assert problems(client.get(address).text) == []
    assert client.post(address, data=new | {"quantity": "5"}).status_code == 302
    session.refresh(need)
    assert need.quantity == 5
    assert client.post(f"{address}/delete").status_code == 302
    assert client.get(address).status_code == 404
    trail = session.exec(select(AuditEntry).where(AuditEntry.edition_id == edition.id)).all()
    told = {(entry.action, entry.subject) for entry in trail if entry.user_id == organiser.id}
    assert {("changed", "buyer"), ("created", "need"), ("changed", "need"), ("deleted", "need")} <= told


def test_a_sheet_with_wrong_rows_is_listed_and_nothing_of_it_taken(
    client, session, edition, buyer, organiser
):
    home = f"/{edition.code}/console/profiles/buyers/{buyer.code}/needs/import"
    assert problems(client.get(home).text) == []
    sheet = "hs,text_en,quantity\n040900,Honey,3\n99x,Jam,-1\n"
    answer = client.post(home, data={"file": (BytesIO(sheet.encode()), "needs.csv"), "act": "take"})
    assert (answer.status_code, problems(answer.text)) == (200, [])
    assert "Nothing was taken over." in answer.text
    assert session.exec(select(Need).where(Need.buyer_id == buyer.id)).all() == []
    right = sheet.replace("99x", "200799").replace("-1", "1")
    answer = client.post(home, data={"file": (BytesIO(right.encode()), "needs.csv"), "act": "take"})
    assert answer.status_code == 302
    assert len(session.exec(select(Need).where(Need.buyer_id == buyer.id)).all()) == 2


def test_products_of_an_accepted_exhibitor_are_settled_with_the_phase_but_for_their_names(
    client, session, edition, seller, late
):
    product = session.exec(select(Product).where(Product.exhibitor_id == seller.id)).one()
    offer = catalogue.offer_of(product)
    named = offer.__class__(**vars(offer) | {"name": {"en": "Mountain honey", "ru": "Мёд"}})
    catalogue.change_product(session, product, named)
    assert product.name["ru"] == "Мёд"
    dearer = offer.__class__(**vars(offer) | {"price": offer.price + 1})
    other = offer.__class__(**vars(offer) | {"name": {"en": "Jam"}})
    for act in (
        lambda: catalogue.change_product(session, product, dearer),
        lambda: catalogue.add_product(session, seller, other),
        lambda: catalogue.remove_product(session, product),
        lambda: services.take_products(session, seller, [("", other)]),
    ):
        with pytest.raises(Refused, match="“Profiles” ended on"):
            act()
    assert services.take_products(session, seller, [("", other)], bound=False) == (1, 0)
    session.commit()
    as_seller(client, session, seller, edition)
    page = client.get(f"/{edition.code}/portal/products")
    assert (problems(page.text), "Names and translations may still change" in page.text) == ([], True)
    seller.state = "submitted"
    session.flush()
    catalogue.change_product(session, product, dearer)


def test_an_organiser_takes_products_off_and_in(client, session, edition, seller, organiser, late):
    home = f"/{edition.code}/console/profiles/exhibitors/{seller.code}"
    page = client.get(home)
    assert (page.status_code, problems(page.text)) == (200, [])
    product = session.exec(select(Product).where(Product.exhibitor_id == seller.id)).one()
    assert client.post(f"{home}/products/{product.code}/delete").status_code == 302
    assert session.exec(select(Product).where(Product.exhibitor_id == seller.id)).all() == []
    assert client.post(f"{home}/products/{product.code}/delete").status_code == 404
    assert problems(client.get(f"{home}/products/import").text) == []
    assert client.get(f"/{edition.code}/console/profiles/products.xlsx").status_code == 200


def test_others_and_strangers_find_nothing_there(client, session, edition, buyer, seller):
    a_need(session, buyer, position=1)
    session.commit()
    pages = (f"buyers/{buyer.code}", f"exhibitors/{seller.code}", f"buyers/{buyer.code}/needs/1")
    as_seller(client, session, seller, edition)
    assert [client.get(f"/{edition.code}/console/profiles/{page}").status_code for page in pages] == [403] * 3
    sign_in(client, session, "organiser", edition)
    pages = ("buyers/NOBODY", "exhibitors/NOBODY", f"buyers/{buyer.code}/needs/{10**12}")
    assert [client.get(f"/{edition.code}/console/profiles/{page}").status_code for page in pages] == [404] * 3
