"""An expo with an exhibitor of one's own, and what it types, for tests."""

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from tests.make import a_zone, an_edition, an_exhibitor, an_organisation
from tests.signing import sign_in

PRICES = {"shell_m2": "1200.00", "corner_percent": "10", "power_kw": "180", "tax_percent": "6"}
FIRM = {"name-en": "Kyrgyz Honey", "name-ru": "Кыргыз балы", "country": "KG", "size": "small"}
STAND = {"area_m2": "9", "shape": "any", "zones": ["NAT"], "power_kw": "3", "height_cm": "250"}
CONTACT = {
    "contact_name": "Aigul",
    "contact_email": "A@Example.org",
    "sector": "food",
    "profile-en": "Honey.",
}
HONEY = {
    "name-en": "Honey",
    "hs": "0409.00",
    "origin": "KG",
    "price": "12.50",
    "currency": "CNY",
    "unit": "kg",
}
PAGES = (
    "",
    "/application/organisation",
    "/application/stand",
    "/application/wishes",
    "/products",
    "/products/new",
    "/application/contact",
    "/application",
    "/partners",
    "/points",
    "/stand",
    "/order",
    "/order/billing",
    "/services",
    "/permits",
    "/permits/new/height",
    "/staff",
)


def an_expo(session) -> Edition:
    edition = an_edition(session, prices=PRICES)
    a_zone(session, edition, code="NAT")
    return edition


def own(session, client, edition, **given) -> Exhibitor:
    """An exhibitor whose browser this is."""
    organisation = an_organisation(session)
    exhibitor = an_exhibitor(session, edition, organisation, **given)
    sign_in(client, session, "exhibitor", edition, organisation)
    return exhibitor
