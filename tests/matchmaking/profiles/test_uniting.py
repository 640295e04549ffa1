"""The organiser's page of kinds that may be one: two are made one, or the reason why not is told."""

import pytest
from sqlmodel import select

from matchmaking.catalogue.models import Product
from tests.make import a_product, an_edition, an_exhibitor
from tests.signing import sign_in


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def organiser(client, session, edition):
    return sign_in(client, session, "organiser", edition)


def a_kind(session, exhibitor, key, name):
    return a_product(session, exhibitor, hs="040900", origin="KG", name={"en": name}, kind_key=key)


def unite(client, edition, kept="kept", gone="gone"):
    address = f"/{edition.code}/console/profiles/near-doubles?lang=en"
    return client.post(address, data={"kept": kept, "gone": gone}, follow_redirects=True)


def test_two_kinds_are_made_one_by_the_name_that_is_kept(client, session, edition, organiser):
    kept = a_kind(session, an_exhibitor(session, edition), "kept", "Raw honey")
    gone = a_kind(session, an_exhibitor(session, edition), "gone", "Raw hony")
    session.commit()
    assert "1 product was renamed" in unite(client, edition).text
    session.expire_all()
    assert (gone.name, gone.kind_key, gone.search_text) == (kept.name, "kept", kept.search_text)
    assert "somebody changed it" in unite(client, edition).text


def test_an_exhibitor_that_lists_both_kinds_keeps_both(client, session, edition, organiser):
    seller = an_exhibitor(session, edition)
    a_kind(session, seller, "kept", "Raw honey")
    a_kind(session, seller, "gone", "Raw hony")
    session.commit()
    assert f"{seller.code} lists both" in unite(client, edition).text
    assert set(session.exec(select(Product.kind_key)).all()) == {"kept", "gone"}


def test_kinds_of_two_origins_stay_two(client, session, edition, organiser):
    a_kind(session, an_exhibitor(session, edition), "kept", "Raw honey")
    gone = a_kind(session, an_exhibitor(session, edition), "gone", "Raw honey")
    gone.origin = "KZ"
    session.commit()
    assert "of one HS code and one country" in unite(client, edition).text
    session.expire_all()
    assert gone.kind_key == "gone"
