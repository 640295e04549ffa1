"""Needs, products and exports out of spreadsheets: all or nothing, and templates to fill in."""

from io import BytesIO

from sqlmodel import select

from matchmaking.catalogue.models import Need, Product
from matchmaking.recommendations.queries import scores_of
from tests.make import a_need
from tests.matchmaking.profiles.making import as_buyer, as_seller
from tests.page import problems
from tests.signing import sign_in

# PROFILE_FIX


SHEET = "hs,text_en,quantity,unit,min_price,max_price,currency,incoterm,certificates,countries\n"


def sheet(content: str, act: str, **more) -> dict:
    return {"file": (BytesIO(content.encode()), "needs.csv"), "act": act} | more


def test_needs_come_out_of_a_sheet_all_or_none(client, session, edition, buyer):
    as_buyer(client, session, buyer, edition)
    address = f"/{edition.code}/matchmaking/needs/import"
    assert problems(client.get(address).text) == []
    wrong = (
        SHEET
        + "0409,Honey,5,t,,20,CNY,FOB,Halal,KG\n99,?,x,t,30,20,CNY,ABC,,ZZ\n0406,Cheese,1,t,30,20,CNY,,,\n"
    )
    page = client.post(address, data=sheet(wrong, "take"))
    assert problems(page.text) == []
    for said in ("Nothing was taken over", "The lowest price is above the highest."):
        assert said in page.text
    assert session.exec(select(Need).where(Need.buyer_id == buyer.id)).all() == []
    right = SHEET + "0409,Honey,5,t,,20,CNY,FOB,Halal,KG\n0406,Cheese,1,t,3,20,CNY,,,\n"
    assert "nothing is wrong" in client.post(address, data=sheet(right, "look")).text
    assert session.exec(select(Need).where(Need.buyer_id == buyer.id)).all() == []
    assert client.post(address, data=sheet(right, "take")).status_code == 302
    assert client.post(address, data=sheet(right, "take", replace="1")).status_code == 302
    found = session.exec(select(Need).where(Need.buyer_id == buyer.id).order_by(Need.position)).all()
    assert [(need.hs, need.max_price_minor) for need in found] == [("0409", 2000), ("0406", 2000)]


def test_products_come_out_of_a_sheet_and_known_codes_are_changed(client, session, edition, seller):
    as_seller(client, session, seller, edition)
    address = f"/{edition.code}/portal/products/import"
    own = session.exec(select(Product).where(Product.exhibitor_id == seller.id)).one()
    head = "code,name_en,hs,origin,quantity,unit,price,currency\n"
    twice = head + ",Jam,200799,KG,1,t,5,CNY\n,jam ,200799,KG,1,t,5,CNY\n"
    assert "This product is in row 2 already." in client.post(address, data=sheet(twice, "look")).text
    foreign = head + "NOT-MINE,Jam,200799,KG,1,t,5,CNY\n"
    assert "You have no products with these codes" in client.post(address, data=sheet(foreign, "take")).text
    right = head + f"{own.code},Honey of herbs,040900,KG,3,t,9,CNY\n,Jam,200799,KG,1,t,5,CNY\n"
    assert client.post(address, data=sheet(right, "take")).status_code == 302
    session.expire_all()
    found = session.exec(select(Product).where(Product.exhibitor_id == seller.id).order_by(Product.id)).all()
    assert [(one.name["en"], one.price_minor) for one in found] == [("Honey of herbs", 900), ("Jam", 500)]


def test_templates_are_there_to_fill_in(client, session, edition, buyer):
    as_buyer(client, session, buyer, edition)
    for form in ("csv", "xlsx"):
        assert client.get(f"/{edition.code}/matchmaking/needs/needs.{form}").status_code == 200


def test_the_organiser_sees_profiles_and_takes_a_table_of_exports(client, session, edition, buyer, seller):
    a_need(session, buyer, hs="040900")
    scores_of(session, edition)
    sign_in(client, session, "organiser", edition)
    page = client.get(f"/{edition.code}/console/profiles?side=buyer&only=thin&sort=-complete")
    assert problems(page.text) == []
    assert buyer.code in page.text
    address = f"/{edition.code}/console/profiles/exports"
    table = "country,chapter,value\nKG,04,100\nCN,85,900\n"
    wrong = client.post(address, data=sheet(table + "XX,04,1\nKG,4,2\n", "take", source="UN"))
    assert "XX is no country" in wrong.text
    assert "come twice" in wrong.text
    assert (
        client.post(address, data=sheet(table, "take", source="UN Comtrade", year="2022")).status_code == 302
    )
    page = client.get(address)
    assert problems(page.text) == []
    assert "UN Comtrade" in page.text
    assert client.post(f"{address}/drop").status_code == 302
