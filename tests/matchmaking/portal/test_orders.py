"""Services, permits and billing as the exhibitor sees them, and nobody else's."""

from decimal import Decimal
from io import BytesIO

import pytest

from expo.orders import services as orders
from tests.asking import asked
from tests.expo.orders.test_never import a_service
from tests.expo.orders.test_permitting import sent
from tests.expo.orders.test_pure import PNG
from tests.make import an_exhibitor
from tests.matchmaking.portal.staged import an_expo, own
from tests.page import problems


@pytest.fixture
def edition(session):
    return an_expo(session)


@pytest.fixture
def firm(session, client, edition):
    return own(session, client, edition, height_cm=400)


@pytest.fixture
def home(edition) -> str:
    return f"/{edition.code}/portal"


def test_the_way_from_the_catalogue_to_an_order_and_a_smaller_one(client, session, edition, firm, home):
    a_service(session, edition, stock=Decimal(3))
    session.commit()
    assert "is no number" in client.post(f"{home}/services", data={"quantity-SPOT": "many"}).text
    client.post(f"{home}/services", data={"quantity-SPOT": "3"})
    text = client.get(f"{home}/services").text
    assert ("CN¥159.00" in text, problems(text)) == (True, [])
    assert "Prices have changed" in order(client, home, "1")
    assert "Ordered under number 1" in order(client, home, "15900")
    assert "Your cart is empty" in order(client, home, "15900")
    client.post(f"{home}/services/lines/1", data={"quantity": "2"})
    found = orders.open_extras(session, firm)
    assert found.total_minor == 10_600
    text = client.get(f"{home}/services").text
    assert ('value="2"' in text, problems(text)) == (True, [])
    assert problems(client.get(f"{home}/order").text) == []


def order(client, home: str, seen: str) -> str:
    return client.post(f"{home}/services/order", data={"seen": seen}, follow_redirects=True).text


def test_a_permit_is_applied_for_with_a_drawing_and_sent(client, session, edition, firm, home):
    text = client.get(f"{home}/permits").text
    assert "Not applied for" in text
    new = client.post(f"{home}/permits/new/height", data={"height_cm": "400", "description": "A tower"})
    assert new.headers["Location"] == f"{home}/permits/1"
    assert "drawing first" in client.post(f"{home}/permits/1/submit", follow_redirects=True).text
    wrong = {"file": (BytesIO(b"<svg onload=alert(1)>"), "plan.png")}
    assert "none of them" in client.post(f"{home}/permits/1/drawings", data=wrong).text
    client.post(f"{home}/permits/1/drawings", data={"file": (BytesIO(PNG), "plan.png")})
    text = client.get(f"{home}/permits/1").text
    assert ("plan.png" in text, problems(text)) == (True, [])
    client.post(f"{home}/permits/1/submit")
    assert orders.permits_of(session, firm)[0].state == "submitted"
    assert client.get(f"{home}/permits/1/letter.pdf").status_code == 404
    assert "no longer changed" in client.post(f"{home}/permits/1", data={"height_cm": "100"}).text


def test_nobody_opens_the_permits_drawings_and_letters_of_another(client, session, edition, firm, home):
    other = an_exhibitor(session, edition)
    permit = sent(session, other)
    drawing = orders.drawings_of(session, permit)[0].id
    orders.decide(session, permit, "granted", "So be it", None)
    session.commit()
    for path in ("", "/letter.pdf", f"/drawings/{drawing}"):
        assert client.get(f"{home}/permits/{permit.number}{path}").status_code == 404
    for path in ("/submit", "/withdraw", "/drawings", f"/drawings/{drawing}/remove"):
        assert client.post(f"{home}/permits/{permit.number}{path}").status_code == 404
    mine = orders.apply_for(session, firm, "height", {"height_cm": 300})
    session.commit()
    assert client.get(f"{home}/permits/{mine.number}/drawings/{drawing}").status_code == 404


def test_the_invoice_is_made_out_as_asked_and_finance_decides_about_tax(client, session, edition, firm, home):
    typed = {"name": "Honey Trading", "tax_number": "123", "currency": "USD", "language": "ru"}
    client.post(f"{home}/order/billing", data=typed | {"tax_exempt": "y"})
    billing = orders.billing_of(session, firm)
    assert (billing.name, billing.currency, billing.tax_exempt) == ("Honey Trading", "USD", False)
    assert "e-mail" in client.post(f"{home}/order/billing", data={"email": "nobody"}).text


def test_credit_notes_of_another_stay_closed_and_ones_own_open(client, session, edition, firm, home):
    a_service(session, edition)
    for one in (firm, an_exhibitor(session, edition)):
        orders.fill_cart(session, one, {"SPOT": Decimal(1)})
        invoice = orders.issue_invoice(session, orders.order_cart(session, edition, one, 5_300))
        orders.credit(session, invoice, "Wrong")
    session.commit()
    assert client.get(f"{home}/credit-notes/1.pdf").mimetype == "application/pdf"
    assert client.get(f"{home}/credit-notes/2.pdf").status_code == 404
    assert "-C00001" in client.get(f"{home}/order").text


def test_pages_ask_as_often_for_thirty_as_for_one(client, session, connection, edition, firm, home):
    def grow(number: int) -> dict[str, int]:
        for _ in range(number):
            known = len(orders.services_of(session, edition.id))
            a_service(session, edition, code=f"S{known}", permit="hanging")
            orders.fill_cart(session, firm, {f"S{known}": Decimal(1)})
        chosen = orders.cart(session, edition, firm)
        seen = orders.cart_quote(session, edition, firm, chosen).total_minor
        orders.order_cart(session, edition, firm, seen)
        session.commit()
        counts = {}
        for page in ("/services", "/permits", "/order"):
            with asked(connection) as told:
                assert client.get(f"{home}{page}").status_code == 200
            counts[page] = len(told)
        return counts

    first = grow(1)
    assert grow(29) == first
