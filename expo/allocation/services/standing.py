"""Where one exhibitor stands, and why, in words."""

from dataclasses import dataclass

from sqlmodel import Session, select

from expo.allocation import wording
from expo.allocation.models import AllocationRun, Allotment
from expo.allocation.records import OF
from expo.exhibitors.models import Exhibitor
from expo.venue.models import Hall, Stand, Zone


@dataclass(frozen=True)
class Standing:
    """An exhibitor's place: stand codes, hall and zone (code and language map), net area, and the reasons.

    locked when the organiser settled the place by hand. explanation is None before anything is published or
    when the exhibitor was accepted after the published run.
    """

    stands: tuple[str, ...]
    hall: str
    hall_name: dict[str, str]
    zone: str
    zone_name: dict[str, str]
    zone_hue: int
    area_cm2: int
    open_sides: int
    locked: bool
    explanation: wording.InWords | None


def stand_of(session: Session, exhibitor: Exhibitor) -> Standing | None:
    """The published place of an exhibitor; None when it has neither a place nor an explanation why not."""
    rows = session.execute(
        select(
            Stand.code, Stand.width, Stand.depth, Stand.open_sides, Hall.code, Hall.name, Zone.code,
            Zone.name, Zone.hue, Allotment.locked,
        )
        .join(Stand, Stand.id == Allotment.stand_id)
        .join(Hall, Hall.id == Stand.hall_id)
        .join(Zone, Zone.id == Stand.zone_id)
        .where(Allotment.exhibitor_id == exhibitor.id)
        .order_by(Stand.code)
    ).all()  # fmt: skip
    why = explanation_of(session, exhibitor)
    if not rows and why is None:
        return None
    first = rows[0] if rows else ("", 0, 0, 0, "", {}, "", {}, 1, False)
    sides = 0
    for row in rows:
        sides |= row.open_sides
    return Standing(
        stands=tuple(row.code for row in rows),
        hall=first[4],
        hall_name=first[5],
        zone=first[6],
        zone_name=first[7],
        zone_hue=first[8],
        area_cm2=sum(row.width * row.depth for row in rows),
        open_sides=sides,
        locked=any(row.locked for row in rows),
        explanation=why,
    )


def explanation_of(
    session: Session, exhibitor: Exhibitor, run_id: int | None = None
) -> wording.InWords | None:
    """Why the exhibitor stands where it does in a run (the published one by default)."""
    which = (
        AllocationRun.id == run_id
        if run_id is not None
        else (AllocationRun.edition_id == exhibitor.edition_id) & (AllocationRun.state == "published")
    )
    kept = session.execute(select(AllocationRun.explanations[OF][exhibitor.code]).where(which)).scalar()
    return wording.in_words(kept) if kept else None
