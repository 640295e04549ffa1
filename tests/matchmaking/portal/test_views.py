"""The portal as its reader sees it: the way from nothing to an invoice, and nobody else's rows."""

import pytest
from sqlmodel import select

from expo.allocation.models import Allotment
from expo.exhibitors import services as exhibitors
from expo.exhibitors.models import Exhibitor
from expo.printing import page_count
from expo.registration.models import Person
from matchmaking.catalogue.models import Product
from tests.asking import asked
from tests.make import a_hall, a_person, a_product, a_stand, a_zone, an_organisation
from tests.matchmaking.portal.staged import CONTACT, FIRM, HONEY, PAGES, STAND, an_expo, own
from tests.page import problems
from tests.signing import sign_in


def put_on_a_stand(session, edition, exhibitor) -> None:
    stand = a_stand(session, a_hall(session, edition), a_zone(session, edition), code="A-07", open_sides=3)
    session.add(Allotment(edition_id=edition.id, stand_id=stand.id, exhibitor_id=exhibitor.id))
    session.commit()


def test_a_newcomer_goes_from_nothing_to_a_sent_application(client, session):
    edition = an_expo(session)
    sign_in(client, session)
    home = f"/{edition.code}/portal"
    assert client.get(home).headers["Location"].endswith("/portal/application/organisation")
    for path, data, onward in (
        ("/application/organisation", FIRM, "/application/stand"),
        ("/application/stand", STAND, "/application/wishes"),
        ("/application/wishes", {"kind": "corner"}, "/application/wishes"),
        ("/application/wishes/done", {}, "/products"),
        ("/products/new", HONEY, "/products"),
        ("/products/done", {}, "/application/contact"),
        ("/application/contact", CONTACT, "/application"),
    ):
        answer = client.post(f"{home}{path}", data=data)
        assert (path, answer.status_code, answer.headers.get("Location")) == (path, 302, f"{home}{onward}")
    assert "Send the application" in client.get(f"{home}/application").text
    assert client.post(f"{home}/application/submit").headers["Location"] == home
    exhibitor = session.exec(select(Exhibitor).where(Exhibitor.edition_id == edition.id)).one()
    assert (exhibitor.state, exhibitor.code, exhibitor.contact_email) == (
        "submitted",
        "EX001",
        "a@example.org",
    )
    assert "кыргыз балы" in exhibitor.search_text


def test_what_was_typed_is_still_there_after_an_error(client, session):
    edition = an_expo(session)
    sign_in(client, session)
    text = client.post(
        f"/{edition.code}/portal/application/organisation", data={"name-ur": "شہد", "city": "Bishkek"}
    ).text
    assert ("شہد" in text, "Bishkek" in text, "Choose a country." in text) == (True, True, True)
    assert session.exec(select(Exhibitor)).all() == []


def test_a_draft_can_be_left_and_come_back_to(client, session):
    edition = an_expo(session)
    sign_in(client, session)
    home = f"/{edition.code}/portal"
    client.post(f"{home}/application/organisation", data=FIRM)
    assert client.post(f"{home}/application/stand", data=STAND | {"later": "1"}).headers["Location"] == home
    assert "step 3 of 6 comes next" in client.get(home).text


def test_a_registered_name_is_refused_in_words(client, session):
    edition = an_expo(session)
    an_organisation(session, name={"en": "Kyrgyz Honey"}, search_name="kyrgyz honey", country="KG")
    sign_in(client, session)
    text = client.post(f"/{edition.code}/portal/application/organisation", data=FIRM).text
    assert "ask the organiser to give you access" in text
    assert 'value="Kyrgyz Honey"' in text


def test_an_organisation_known_from_another_edition_begins_anew_here(client, session):
    edition = an_expo(session)
    organisation = an_organisation(session, name={"en": "Silk Tea"}, country="KG")
    sign_in(client, session, "exhibitor", None, organisation)
    home = f"/{edition.code}/portal"
    assert "Silk Tea" in client.get(f"{home}/application/organisation").text
    client.post(f"{home}/application/organisation", data=FIRM | {"name-en": "Silk Tea"})
    assert session.exec(select(Exhibitor.organisation_id)).all() == [organisation.id]


def test_wishes_are_reordered_without_scripts(client, session):
    edition = an_expo(session)
    exhibitor = own(session, client, edition, state="draft")
    page = f"/{edition.code}/portal/application/wishes"
    client.post(page, data={"kind": "corner"})
    client.post(page, data={"kind": "near_entrance"})
    client.post(f"{page}/2/up")
    assert [wish.kind for wish in exhibitors.wishes(session, exhibitor)] == ["near_entrance", "corner"]
    client.post(f"{page}/1/remove")
    assert [wish.kind for wish in exhibitors.wishes(session, exhibitor)] == ["corner"]
    assert "needs a code" in client.post(page, data={"kind": "stand"}).text
    assert "Nothing is called" in client.post(page, data={"kind": "stand", "target": "Q-9"}).text


def test_what_is_sent_is_no_longer_changed(client, session):
    edition = an_expo(session)
    own(session, client, edition, state="submitted")
    text = client.post(f"/{edition.code}/portal/application/stand", data=STAND).text
    assert "Take it back first" in text
    client.post(f"/{edition.code}/portal/application/take-back")
    assert client.post(f"/{edition.code}/portal/application/stand", data=STAND).status_code == 302


def test_products_are_added_changed_and_deleted(client, session):
    edition = an_expo(session)
    own(session, client, edition)
    page = f"/{edition.code}/portal/products"
    assert (
        "no class of the Harmonised System" in client.post(f"{page}/new", data=HONEY | {"hs": "779999"}).text
    )
    client.post(f"{page}/new", data=HONEY)
    assert "listed already" in client.post(f"{page}/new", data=HONEY).text
    assert 'value="12.50"' in client.get(f"{page}/P00001").text
    client.post(f"{page}/P00001", data=HONEY | {"name-en": "Dark honey", "certificates": "Halal; ISO 22000"})
    product = session.exec(select(Product)).one()
    assert (product.name, product.certificates) == ({"en": "Dark honey"}, ["Halal", "ISO 22000"])
    client.post(f"{page}/P00001/delete")
    assert session.exec(select(Product)).all() == []


def test_the_way_from_a_stand_to_a_paid_invoice(client, session):
    edition = an_expo(session)
    exhibitor = own(session, client, edition, power_kw=0)
    put_on_a_stand(session, edition, exhibitor)
    home = f"/{edition.code}/portal"
    assert "A-07" in client.get(f"{home}/stand").text
    assert "CN¥12,592.80" in client.get(f"{home}/order").text
    client.post(f"{home}/order", data={"seen": "1259280"})
    assert f"{edition.code.upper()}-00001" in client.get(f"{home}/order").text
    answer = client.get(f"{home}/invoices/1.pdf?in=ur")
    assert (answer.mimetype, page_count(answer.data)) == ("application/pdf", 1)
    assert client.get(f"{home}/invoices/1.pdf?in=fr").status_code == 404


def test_staff_are_named_and_taken_off(client, session):
    edition = an_expo(session)
    own(session, client, edition)
    page = f"/{edition.code}/portal/staff"
    assert "in one language at least" in client.post(page, data={"country": "KG", "language": "ru"}).text
    person = {"name-en": "Aigul", "name-ru": "Айгуль", "country": "KG", "language": "ru"}
    assert client.post(page, data=person).status_code == 302
    assert session.exec(select(Person.name)).all() == [{"en": "Aigul", "ru": "Айгуль"}]
    client.post(f"{page}/PE0001/remove")
    assert session.exec(select(Person)).all() == []


@pytest.mark.parametrize("state", ["draft", "submitted", "accepted", "rejected", "withdrawn"])
@pytest.mark.parametrize("language", ["en", "ur"])
def test_pages_are_well_made_at_every_state(client, session, state, language):
    edition = an_expo(session)
    exhibitor = own(session, client, edition, state=state, zones=["NAT"], profile={"en": "Honey"})
    a_product(session, exhibitor)
    session.commit()
    found = {
        page: problems(client.get(f"/{edition.code}/portal{page}?lang={language}").text) for page in PAGES
    }
    assert found == dict.fromkeys(PAGES, [])


def test_pages_ask_the_same_number_of_questions_for_one_row_and_for_thirty(client, session, connection):
    edition = an_expo(session)
    exhibitor = own(session, client, edition, area_m2=400, state="draft")

    def grow(number: int) -> dict[str, int]:
        for _ in range(number):
            a_product(session, exhibitor)
            a_person(session, edition, exhibitor_id=exhibitor.id)
        session.commit()
        counts = {}
        for page in ("/products", "/staff", "/application/wishes", "/partners", "/points", ""):
            with asked(connection) as told:
                assert client.get(f"/{edition.code}/portal{page}").status_code == 200
            counts[page] = len(told)
        return counts

    first = grow(1)
    assert grow(29) == first
