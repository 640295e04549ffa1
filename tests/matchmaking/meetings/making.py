"""A small market for tests: buyers who want honey, exhibitors who have it, a morning of slots."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer
from matchmaking.meetings.models import Meeting
from tests.make import a_buyer, a_need, a_product, an_edition, an_exhibitor

SETTINGS = {
    "days": ["2023-06-15"],
    "start": "09:00",
    "end": "10:20",
    "slot_minutes": 20,
    "breaks": [],
    "tables": 3,
    "morning_until": "12:00",
}
START = datetime(2023, 6, 15, 1, tzinfo=UTC)


def a_market(session: Session, buyers: int = 3, exhibitors: int = 3, **settings) -> Edition:
    """An edition in which every buyer wants what every exhibitor has."""
    edition = an_edition(session, meetings=SETTINGS | settings)
    for _ in range(exhibitors):
        a_product(session, an_exhibitor(session, edition), hs="040900")
    for _ in range(buyers):
        a_need(session, a_buyer(session, edition), hs="040900", position=1, text={"en": "Wanted: honey"})
    return edition


def a_meeting(session: Session, buyer: Buyer, exhibitor: Exhibitor, slot: int = 1, **given) -> Meeting:
    """A planned meeting at table 1."""
    starts_at = START + timedelta(minutes=20 * (slot - 1))
    values = {"table_number": 1, "starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=20)} | given
    meeting = Meeting(
        edition_id=buyer.edition_id, buyer_id=buyer.id, exhibitor_id=exhibitor.id, slot=slot, **values
    )
    session.add(meeting)
    session.flush()
    return meeting
