"""A day of meetings for tests: today, every hour at the venue, three tables."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from expo.clock import now
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer
from matchmaking.meetings.models import Meeting
from matchmaking.requests.grid import SlotTime, grid
from matchmaking.requests.models import MeetingRefusal, MeetingRequest
from tests.make import a_buyer, an_edition, an_exhibitor


def a_day(
    session: Session, buyers: int = 2, exhibitors: int = 2, tables: int = 3
) -> tuple[Edition, list[Buyer], list[Exhibitor]]:
    """An edition that has meetings round the clock, yesterday until tomorrow, with its parties."""
    edition = an_edition(session, timezone=_zone())
    today = now().astimezone(edition.zone_info).date()
    days = [(today + timedelta(days=n)).isoformat() for n in (-1, 0, 1)]
    edition.meetings = {
        "days": days, "start": "00:00", "end": "23:59", "slot_minutes": 60, "breaks": [], "tables": tables,
        "morning_until": "12:00",
    }  # fmt: skip
    session.add(edition)
    session.flush()
    sellers = [an_exhibitor(session, edition) for _ in range(exhibitors)]
    return edition, [a_buyer(session, edition) for _ in range(buyers)], sellers


def _zone() -> str:
    """Where some slot always runs: the day ends a minute before midnight, so its last hour holds none."""
    usual = "Asia/Shanghai"
    return "Asia/Karachi" if now().astimezone(ZoneInfo(usual)).hour == 23 else usual


def running(edition: Edition) -> SlotTime:
    """The slot that is not over yet, the earliest one."""
    return next(slot for slot in grid(edition.meetings, edition.zone_info) if slot.ends_at > now())


def a_meeting_now(
    session: Session,
    edition: Edition,
    buyer: Buyer,
    exhibitor: Exhibitor,
    *,
    later: int = 0,
    table: int = 1,
    **given,
) -> Meeting:
    """A planned meeting in the slot that runs, or so many slots later."""
    slot = grid(edition.meetings, edition.zone_info)[running(edition).number - 1 + later]
    meeting = Meeting(
        edition_id=edition.id, buyer_id=buyer.id, exhibitor_id=exhibitor.id, slot=slot.number,
        starts_at=slot.starts_at, ends_at=slot.ends_at, table_number=table, **given,
    )  # fmt: skip
    session.add(meeting)
    session.flush()
    return meeting


def asks(session: Session, buyer: Buyer, exhibitor: Exhibitor) -> MeetingRequest:
    """The buyer asked the exhibitor for a meeting."""
    row = MeetingRequest(
        edition_id=buyer.edition_id, buyer_id=buyer.id, exhibitor_id=exhibitor.id, asked_by="buyer",
        turn="supplier", expires_at=now() + timedelta(days=2),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def refuses(session: Session, side: str, buyer: Buyer, exhibitor: Exhibitor) -> None:
    """One side said no to the other."""
    session.add(
        MeetingRefusal(edition_id=buyer.edition_id, buyer_id=buyer.id, exhibitor_id=exhibitor.id, side=side)
    )
    session.flush()
    session.expire_all()
