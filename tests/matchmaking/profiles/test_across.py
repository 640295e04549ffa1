"""The page of the other side: for those who might meet it, without an address before both agreed."""

import pytest

from expo.exhibitors.models import Organisation
from matchmaking.catalogue.models import Buyer
from matchmaking.recommendations.queries import scores_of
from matchmaking.requests import services as requests
from matchmaking.requests.queries.parties import party
from tests.make import a_buyer, a_need, a_product, an_edition, an_exhibitor
from tests.page import problems
from tests.signing import sign_in

ADDRESS = "chief@buyer.example"


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def buyer(session, edition) -> Buyer:
    found = a_buyer(session, edition)
    found.contact_name, found.contact_email = "Selin", ADDRESS
    found.about, found.languages = {"en": "Supermarkets by the sea."}, ["tr"]
    a_need(session, found, hs="080251", text={"en": "Pistachios in the shell"})
    session.add(found)
    session.commit()
    return found


@pytest.fixture
def seller(session, edition):
    return an_exhibitor(session, edition)


def sit_down(client, session, edition, one, role):
    firm = session.get_one(Organisation, one.organisation_id)
    return sign_in(client, session, role, edition, firm)


def sides(session, edition, buyer, seller):
    found = party(session, edition, "buyer", buyer.id), party(session, edition, "supplier", seller.id)
    return [one for one in found if one is not None]


def test_an_exhibitor_reads_who_asks_and_the_address_once_both_agreed(
    client, session, edition, buyer, seller
):
    asks, asked = sides(session, edition, buyer, seller)
    request = requests.ask(session, edition, asks, asked.id, user_id=None)
    session.commit()
    sit_down(client, session, edition, seller, "exhibitor")
    address = f"/{edition.code}/matchmaking/with/{buyer.code}"
    page = client.get(address).text
    assert problems(page) == []
    told = [word in page for word in ("Supermarkets by the sea.", "Pistachios", "Turkish", ADDRESS, "Selin")]
    assert told == [True, True, True, False, False]
    requests.accept(session, edition, asked, request)
    session.commit()
    assert ADDRESS in client.get(address).text


def test_a_no_looks_to_the_other_side_like_silence(client, session, edition, buyer, seller):
    asks, asked = sides(session, edition, buyer, seller)
    requests.ask(session, edition, asks, asked.id, user_id=None)
    session.commit()
    sit_down(client, session, edition, buyer, "buyer")
    address = f"/{edition.code}/matchmaking/with/{seller.code}"
    before = client.get(address).text
    requests.refuse(session, edition, asked, asks.id)
    session.commit()
    after = client.get(address).text
    assert [line for line in before.splitlines() if "nonce" not in line and "csrf" not in line] == [
        line for line in after.splitlines() if "nonce" not in line and "csrf" not in line
    ]


def test_who_takes_no_part_and_never_had_to_do_with_one_is_nobody(client, session, edition, buyer, seller):
    buyer.open_to_meetings = False
    session.add(buyer)
    session.commit()
    sit_down(client, session, edition, seller, "exhibitor")
    other = a_buyer(session, an_edition(session))
    session.commit()
    pages = [f"/{edition.code}/matchmaking/with/{code}" for code in (buyer.code, other.code + "x", "%00")]
    assert [client.get(page).status_code for page in pages] == [404, 404, 400]


def test_a_recommendation_that_its_goods_have_outgrown_is_still_told(client, session, edition, buyer, seller):
    product = a_product(session, seller, hs="080251")
    scores_of(session, edition)
    product.hs = "841182"
    session.add(product)
    session.commit()
    sit_down(client, session, edition, seller, "exhibitor")
    page = client.get(f"/{edition.code}/matchmaking/with/{buyer.code}")
    assert (page.status_code, "another chapter" in page.text) == (200, True)
