"""An edition's rows put as a problem for the solver."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import aliased
from sqlmodel import Session, select

from expo.allocation.models import AllocationRun, Allotment
from expo.allocation.problem import Applicant, Problem, Unit, Wish
from expo.allocation.scope import confined
from expo.allocation.services.remembering import remember, remembered, stamp_of
from expo.allocation.settings import NOTHING, PUBLISHED, Settings
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Organisation, Rivalry
from expo.exhibitors.models import Wish as WishRow
from expo.exhibitors.queries import accepted_partners
from expo.venue import queries as venue
from expo.venue.models import Stand, Zone
from expo.venue.walk import entrance_m
from expo.words import say

NEVER = date.max.toordinal()
DEFAULT = Settings()
Places = Mapping[str, tuple[str, ...]]


def problem_of(
    session: Session,
    edition: Edition,
    settings: Settings = DEFAULT,
    *,
    locks: Places | None = None,
) -> Problem:
    """What the solver is asked: accepted exhibitors on all stands; equal rows give equal problems.

    Locks are those of the published allotments unless given (as for a draft). A lock of somebody who is no
    longer accepted keeps its stands off the floor. Refused when the settings name a run that is gone.
    """
    current, locked = places_of(session, edition)
    locks = locked if locks is None else locks
    units, applicants = units_of(session, edition), _applicants(session, edition)
    if settings.zones:
        units, applicants, locks = confined(units, applicants, locks, current, settings.zones)
    previous = _former(session, edition, settings, current)
    codes = {applicant.code for applicant in applicants}
    return Problem(
        units=units,
        applicants=applicants,
        rivals=_rivals(session, edition, codes),
        partners=tuple(pair for pair in accepted_partners(session, edition) if codes.issuperset(pair)),
        locks=dict(sorted(locks.items())),
        previous={code: stands for code, stands in sorted(previous.items()) if code in codes} or None,
        change_price=settings.change_price if previous else 0,
        rival_gap_cm=settings.rival_gap_cm,
        lottery_seed=edition.seed,
        weights=settings.weights,
    )


def _former(session: Session, edition: Edition, settings: Settings, current: Places) -> Places:
    """The places that should change little."""
    if settings.keep in (PUBLISHED, NOTHING):
        return current if settings.keep == PUBLISHED else {}
    placements = session.execute(
        select(AllocationRun.placements).where(
            AllocationRun.edition_id == edition.id, AllocationRun.id == int(settings.keep)
        )
    ).scalar()
    if placements is None:
        raise Refused(say("Run %(run)s, which should be changed little, is gone.", run=settings.keep))
    return {code: tuple(sorted(stands)) for code, stands in placements.items()}


def places_of(
    session: Session, edition: Edition
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Exhibitor code → stand codes as published, and the same for the locked ones alone."""
    rows = session.execute(
        select(Exhibitor.code, Stand.code, Allotment.locked)
        .join(Exhibitor, Exhibitor.id == Allotment.exhibitor_id)
        .join(Stand, Stand.id == Allotment.stand_id)
        .where(Allotment.edition_id == edition.id)
        .order_by(Exhibitor.code, Stand.code)
    ).all()
    current: dict[str, tuple[str, ...]] = {}
    locked: dict[str, tuple[str, ...]] = {}
    for exhibitor, stand, is_locked in rows:
        current[exhibitor] = (*current.get(exhibitor, ()), stand)
        if is_locked:
            locked[exhibitor] = (*locked.get(exhibitor, ()), stand)
    return current, locked


def areas_of(session: Session, edition: Edition) -> dict[str, int]:
    """Accepted exhibitor code → the area it asks for, cm²."""
    rows = session.execute(
        select(Exhibitor.code, Exhibitor.area_m2).where(
            Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted"
        )
    )
    return {code: area * 10_000 for code, area in rows}


def units_now(session: Session, edition: Edition) -> dict[str, Unit]:
    """Every stand as the solver sees it by its code, read again only when a row has changed."""
    stamp, key = stamp_of(session, edition.id), ("units", edition.id)
    found = remembered(key, stamp)
    if found is None:
        found = {unit.code: unit for unit in units_of(session, edition)}
        remember(key, stamp, found)
    return found


def units_of(session: Session, edition: Edition) -> tuple[Unit, ...]:
    """Every stand as the solver sees it, by code."""
    halls = {hall.id: hall for hall in venue.halls(session, edition)}
    doors = {
        number: [(entrance["x"], entrance["y"]) for entrance in hall.entrances]
        for number, hall in halls.items()
    }
    rows = session.execute(
        select(
            Stand.code, Stand.hall_id, Zone.code.label("zone"), Stand.x, Stand.y, Stand.width, Stand.depth,
            Stand.open_sides, Stand.kind, Stand.power_kw, Stand.water, Stand.height_cm, Stand.load_kg_m2,
        )
        .join(Zone, Zone.id == Stand.zone_id)
        .where(Stand.edition_id == edition.id)
        .order_by(Stand.code)
    )  # fmt: skip
    return tuple(
        Unit(
            code=row.code,
            hall=halls[row.hall_id].code,
            zone=row.zone,
            x=row.x,
            y=row.y,
            width=row.width,
            depth=row.depth,
            open_sides=row.open_sides,
            raw=row.kind == "raw",
            entrance_m=entrance_m((row.x, row.y, row.width, row.depth), doors[row.hall_id]),
            power_kw=row.power_kw,
            water=row.water,
            height_cm=_stricter(row.height_cm, halls[row.hall_id].clear_height_cm),
            load_kg_m2=_stricter(row.load_kg_m2, halls[row.hall_id].load_kg_m2),
        )
        for row in rows
    )


def _stricter(own: int | None, hall: int | None) -> int | None:
    """The lower of the stand's limit and the hall's; None where neither has one."""
    return min((limit for limit in (own, hall) if limit is not None), default=None)


def _applicants(session: Session, edition: Edition) -> tuple[Applicant, ...]:
    wishes: dict[int, list[Wish]] = {}
    for row in session.execute(
        select(WishRow.exhibitor_id, WishRow.kind, WishRow.target, WishRow.rank)
        .join(Exhibitor, Exhibitor.id == WishRow.exhibitor_id)
        .where(Exhibitor.edition_id == edition.id)
        .order_by(WishRow.exhibitor_id, WishRow.rank)
    ):
        wishes.setdefault(row[0], []).append(Wish(row[1], row[2], row[3]))
    lead = aliased(Exhibitor)
    rows = session.execute(
        select(
            Exhibitor.id, Exhibitor.code, Exhibitor.area_m2, Exhibitor.shape, Exhibitor.zones,
            Exhibitor.points, Exhibitor.paid_on, lead.code.label("lead"), Exhibitor.power_kw,
            Organisation.country,
            Exhibitor.newcomer, Exhibitor.water, Exhibitor.height_cm, Exhibitor.load_kg_m2,
            Exhibitor.least_m2,
        )
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .outerjoin(lead, lead.id == Exhibitor.lead_id)
        .where(Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted")
        .order_by(Exhibitor.code)
    )  # fmt: skip
    return tuple(
        Applicant(
            code=row.code,
            area_m2=row.area_m2,
            shape=row.shape,
            zones=tuple(row.zones),
            wishes=tuple(wishes.get(row.id, ())),
            points=float(row.points),
            paid_on=row.paid_on.toordinal() if row.paid_on else NEVER,
            pavilion=row.lead,
            raw=row.shape == "raw",
            power_kw=row.power_kw,
            country=row.country,
            newcomer=row.newcomer,
            water=row.water,
            height_cm=row.height_cm,
            load_kg_m2=row.load_kg_m2,
            least_m2=row.least_m2,
        )
        for row in rows
    )


def _rivals(session: Session, edition: Edition, known: set[str]) -> tuple[tuple[str, str], ...]:
    one, other = aliased(Exhibitor), aliased(Exhibitor)
    rows = session.execute(
        select(one.code, other.code)
        .select_from(Rivalry)
        .join(one, one.id == Rivalry.one_id)
        .join(other, other.id == Rivalry.other_id)
        .where(Rivalry.edition_id == edition.id)
    )
    pairs = {(min(pair), max(pair)) for pair in rows if pair[0] in known and pair[1] in known}
    return tuple(sorted(pairs))
