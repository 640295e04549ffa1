"""A small edition in the database: a hall with a strip of stands and firms that want them."""

from dataclasses import dataclass, field

from sqlmodel import Session

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Wish
from expo.venue.models import Hall, Stand, Zone
from tests.make import a_hall, a_stand, a_zone, an_edition, an_exhibitor, an_organisation


@dataclass
class Fair:
    """Everything of the small edition, stands by code."""

    edition: Edition
    hall: Hall
    zone: Zone
    stands: dict[str, Stand] = field(default_factory=dict)


def a_fair(session: Session, columns: int = 6, **edition) -> Fair:
    """Two rows of 3 × 3 m stands back to back, A-01 … in the north row, B-01 … in the south row."""
    edition = an_edition(session, **edition)
    hall = a_hall(session, edition, code="H1", entrances=[{"name": "W", "x": 0, "y": 300}])
    zone = a_zone(session, edition, code="INT", name={"en": "International"}, hue=3)
    fair = Fair(edition, hall, zone)
    for row, side in (("A", 1), ("B", 4)):
        for column in range(columns):
            ends = (8 if column == 0 else 0) | (2 if column == columns - 1 else 0)
            code = f"{row}-{column + 1:02d}"
            fair.stands[code] = a_stand(
                session, hall, zone, code=code, x=300 + column * 300, y=600 + 300 * (row == "B"),
                open_sides=side | ends,
            )  # fmt: skip
    return fair


def a_firm(session: Session, fair: Fair, code: str, name: str = "", wishes=(), **given) -> Exhibitor:
    """An accepted exhibitor with wishes as (kind, target), the dearest first."""
    organisation = an_organisation(session, **({"name": {"en": name}} if name else {}))
    exhibitor = an_exhibitor(session, fair.edition, organisation, code=code, **given)
    for rank, (kind, target) in enumerate(wishes, 1):
        session.add(Wish(exhibitor_id=exhibitor.id, rank=rank, kind=kind, target=target))
    session.flush()
    return exhibitor
