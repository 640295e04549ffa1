"""An edition with a buyer, and an exhibitor who has honey."""

import pytest

from tests.make import a_buyer, a_product, an_edition, an_exhibitor


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def buyer(session, edition):
    return a_buyer(session, edition)


@pytest.fixture
def seller(session, edition):
    exhibitor = an_exhibitor(session, edition)
    a_product(session, exhibitor, hs="040900", name={"en": "Mountain honey"}, search_text="mountain honey")
    return exhibitor
