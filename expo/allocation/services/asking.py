"""An edition's rows put as a problem for the solver."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import aliased
from sqlmodel import Session, select

from expo.allocation.models import AllocationRun, Allotment
from expo.allocation.problem import Applicant, Problem, Unit, Wish
from expo.allocation.scope import confined
from expo.allocation.settings import NOTHING, PUBLISHED, Settings
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Organisation, Rivalry
from expo.exhibitors.models import Wish as WishRow
from expo.venue import queries as venue
from expo.venue.models import Stand
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
    units, applicants = _units(session, edition), _applicants(session, edition)
    if settings.zones:
        units, applicants, locks = confined(units, applicants, locks, current, settings.zones)
    previous = _former(session, edition, settings, current)
    codes = {applicant.code for applicant in applicants}
    return Problem(
        units=units,
        applicants=applicants,
        rivals=_rivals(session, edition, codes),
        partners=partners(applicants),
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


def partners(applicants: tuple[Applicant, ...]) -> tuple[tuple[str, str], ...]:
    """Pairs in which each wishes to stand beside the other."""
    wished = {
        (applicant.code, wish.target)
        for applicant in applicants
        for wish in applicant.wishes
        if wish.kind == "beside"
    }
    return tuple(sorted((one, other) for one, other in wished if one < other and (other, one) in wished))


def _units(session: Session, edition: Edition) -> tuple[Unit, ...]:
    entrances = {
        hall.code: [(entrance["x"], entrance["y"]) for entrance in hall.entrances]
        for hall in venue.halls(session, edition)
    }
    return tuple(
        Unit(
            code=stand.code,
            hall=stand.hall,
            zone=stand.zone,
            x=stand.x,
            y=stand.y,
            width=stand.width,
            depth=stand.depth,
            open_sides=stand.open_sides,
            raw=stand.kind == "raw",
            entrance_m=entrance_m((stand.x, stand.y, stand.width, stand.depth), entrances[stand.hall]),
            power_kw=stand.power_kw,
        )
        for stand in venue.stands(session, edition)
    )


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
            Exhibitor.points, Exhibitor.paid_on, lead.code, Exhibitor.power_kw, Organisation.country,
            Exhibitor.newcomer,
        )
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .outerjoin(lead, lead.id == Exhibitor.lead_id)
        .where(Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted")
        .order_by(Exhibitor.code)
    )  # fmt: skip
    return tuple(
        Applicant(
            code=code,
            area_m2=area,
            shape=shape,
            zones=tuple(zones),
            wishes=tuple(wishes.get(number, ())),
            points=float(points),
            paid_on=paid_on.toordinal() if paid_on else NEVER,
            pavilion=lead_code,
            raw=shape == "raw",
            power_kw=power,
            country=country,
            newcomer=newcomer,
        )
        for number, code, area, shape, zones, points, paid_on, lead_code, power, country, newcomer in rows
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
