"""A site with a hall in it, and passages written as the gate writes them."""

from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import text
from sqlmodel import Session

from expo.checkin.models import Passage
from expo.editions.models import Edition
from expo.figures import services
from tests.expo.checkin.making import a_gate, an_area
from tests.make import an_edition

number = count(1)


def a_house(session: Session):
    """(edition, gates): E into the site, H into a hall of it, T into the audience of a talk."""
    edition = an_edition(session)
    site = an_area(session, edition, "SITE", kind="site", people_limit=500)
    hall = an_area(session, edition, "H1", site, kind="hall")
    talk = an_area(session, edition, "T1", hall, kind="talk")
    return edition, {
        "E": a_gate(session, site, "E"),
        "H": a_gate(session, hall, "H"),
        "T": a_gate(session, talk, "T"),
    }


def clock(edition: Edition, hour: float, day: int = 15) -> datetime:
    """An hour of a day of June 2023 at the venue."""
    return datetime(2023, 6, day, tzinfo=edition.zone_info) + timedelta(hours=hour)


def passed(session: Session, person, gate, at: datetime, type: str = "entry", **given) -> Passage:
    """A passage, as the database keeps it."""
    values = {"verdict": "ok"} | given
    passage = Passage(
        edition_id=gate.edition_id, gate_id=gate.id, area_id=gate.area_id, source="d1",
        scan_id=f"s{next(number)}", person_id=person.id if person else None, type=type, at=at, received_at=at,
        day=at.date(), **values,
    )  # fmt: skip
    session.add(passage)
    session.flush()
    return passage


def annul(session: Session, passage: Passage) -> None:
    session.execute(
        text("INSERT INTO passage_annulment (passage_id, at, by, reason) VALUES (:id, now(), '', '')"),
        {"id": passage.id},
    )


def added_up(session: Session, edition: Edition) -> list[str]:
    """Everything new is added up; what differs from a recount."""
    while services.catch_up(session) > 0:
        pass
    return services.differences(session, edition)
