"""A market for tests of requests: who may act for whom, who asked whom."""

from sqlmodel import Session

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer
from matchmaking.requests.queries.parties import Party, acting_for
from tests.make import a_buyer, a_need, a_product, an_edition, an_exhibitor

SETTINGS = {
    "days": ["2023-06-15", "2023-06-16"],
    "start": "10:00",
    "end": "15:00",
    "slot_minutes": 30,
    "breaks": [["12:00", "13:00"]],
    "tables": 3,
    "morning_until": "12:30",
}
"""Eight slots a day: 1–4 in the morning, 5–8 in the afternoon, 9–12, 13–16 the day after."""


def a_fair(
    session: Session, buyers: int = 2, exhibitors: int = 2
) -> tuple[Edition, list[Party], list[Party]]:
    """An edition whose buyers want what its exhibitors have; (edition, buyers, suppliers) as parties."""
    edition = an_edition(session, meetings=SETTINGS)
    sellers = []
    for _ in range(exhibitors):
        exhibitor = an_exhibitor(session, edition)
        a_product(session, exhibitor, hs="040900")
        sellers.append(exhibitor)
    purchasers = []
    for _ in range(buyers):
        buyer = a_buyer(session, edition)
        a_need(session, buyer, hs="040900", position=1)
        purchasers.append(buyer)
    return (
        edition,
        [as_party(session, edition, b) for b in purchasers],
        [as_party(session, edition, e) for e in sellers],
    )


def as_party(session: Session, edition: Edition, row: Buyer | Exhibitor) -> Party:
    """A buyer or an exhibitor as a party."""
    side = "buyer" if isinstance(row, Buyer) else "supplier"
    return next(one for one in acting_for(session, edition, side, {row.organisation_id}) if one.id == row.id)
