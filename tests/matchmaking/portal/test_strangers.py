"""What belongs to another exhibitor, and which one somebody acts for."""

import pytest
from sqlmodel import select

from expo.exhibitors.models import Organisation
from expo.orders import services as orders
from expo.orders.pricing import Plot, Prices, Terms, quote
from expo.registration.models import Person
from matchmaking.catalogue.models import Product
from tests.make import a_person, a_product, an_exhibitor, an_organisation
from tests.matchmaking.portal.staged import HONEY, PAGES, an_expo, own
from tests.signing import sign_in


@pytest.fixture
def strangers(client, session):
    """Another exhibitor with a product, a person and an invoice; and this browser, which is none of it."""
    edition = an_expo(session)
    mine, other = own(session, client, edition), an_exhibitor(session, edition)
    product, person = a_product(session, other), a_person(session, edition, exhibitor_id=other.id)
    asked = quote([Plot("A", "shell", 90_000)], Terms(), Prices("CNY", shell_m2=100))
    invoice = orders.issue_invoice(session, orders.place_order(session, other, asked))
    session.commit()
    return edition, mine, other, product, person, invoice


def test_nobody_reads_or_changes_what_belongs_to_another(client, session, strangers):
    edition, _mine, other, product, person, invoice = strangers
    home = f"/{edition.code}/portal"
    assert client.get(f"{home}/products/{product.code}").status_code == 404
    assert client.post(f"{home}/products/{product.code}", data=HONEY).status_code == 404
    assert client.post(f"{home}/products/{product.code}/delete").status_code == 404
    assert client.post(f"{home}/staff/{person.code}/remove").status_code == 404
    assert client.get(f"{home}/invoices/{invoice.number}.pdf").status_code == 404
    assert client.post(f"{home}/for/{other.code}").status_code == 404
    assert (session.exec(select(Product)).one().id, session.exec(select(Person)).one().id) == (
        product.id,
        person.id,
    )


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_anything_of_another(client, session, strangers, page):
    edition, mine, other, product, person, _invoice = strangers
    text = client.get(f"/{edition.code}/portal{page}").text
    names = session.get_one(Organisation, other.organisation_id).name["en"], product.name["en"], person.code
    assert [name for name in (*names, other.code) if name in text] == []


def test_an_exhibitor_of_one_edition_is_nobody_in_another(client, session):
    edition, elsewhere = an_expo(session), an_expo(session)
    own(session, client, edition)
    assert client.get(f"/{elsewhere.code}/portal/products").status_code == 403
    assert (
        client.get(f"/{elsewhere.code}/portal")
        .headers["Location"]
        .endswith("/portal/application/organisation")
    )


def test_who_acts_for_two_chooses(client, session):
    edition = an_expo(session)
    first = own(session, client, edition, code="EX1")
    organisation = an_organisation(session, name={"en": "Second firm"})
    an_exhibitor(session, edition, organisation, code="EX2")
    user = sign_in(client, session, "exhibitor", edition, organisation)
    sign_in(client, session, "exhibitor", edition, session.get_one(Organisation, first.organisation_id), user)
    home = f"/{edition.code}/portal"
    assert "EX2" in client.get(home).text
    client.post(f"{home}/for/EX2")
    assert "Second firm" in client.get(f"{home}/application").text


def test_nobody_enters_without_signing_in(client, session):
    edition = an_expo(session)
    session.commit()
    for page in PAGES:
        assert "/sign-in" in client.get(f"/{edition.code}/portal{page}").headers["Location"]
