"""Stands as the rules and prices see them, what exhibitors asked for, and from whom they keep away."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation, Rivalry
from expo.languages import pick
from expo.orders import services as orders
from expo.orders.pricing import Plot, Quote, Terms, quote
from expo.orders.services.ordering import is_exempt
from expo.selection.models import Hold, Round
from expo.selection.rules import CM2_A_M2, Asked, Limits, Place, Rivals
from expo.venue.models import Hall, Stand, Zone

USUAL_CM2 = 90_000


class Spot(NamedTuple):
    """A stand's row number and how the rules see it."""

    id: int
    place: Place


COLUMNS = (
    Stand.id, Stand.code, Hall.code, Zone.code, Stand.x, Stand.y, Stand.width, Stand.depth, Stand.open_sides,
    Stand.kind, Stand.power_kw, Stand.water, func.coalesce(Stand.height_cm, Hall.clear_height_cm),
    func.coalesce(Stand.load_kg_m2, Hall.load_kg_m2),
)  # fmt: skip


def every_stand(edition_id: int):
    """SQL for an edition's stands by number; `spot_of` reads its rows."""
    return (
        select(*COLUMNS)
        .join(Hall, Hall.id == Stand.hall_id)
        .join(Zone, Zone.id == Stand.zone_id)
        .where(Stand.edition_id == edition_id)
        .order_by(Stand.id)
    )


def spot_of(row) -> Spot:
    """A row of `every_stand`."""
    number, *values, kind, power, water, height, load = row
    return Spot(
        number,
        Place(*values, raw=kind == "raw", power_kw=power, water=water, height_cm=height, load_kg_m2=load),
    )


def spots(session: Session, edition_id: int, codes: Collection[str]) -> list[Spot]:
    """The stands of these codes, by number; unknown codes are left out."""
    if not codes:
        return []
    rows = session.execute(every_stand(edition_id).where(Stand.code.in_(codes)))
    return [spot_of(row) for row in rows]


def offered(session: Session, round_: Round, hall: str = "") -> list[Spot]:
    """All stands that a round offers, whoever has them; of one hall if asked for."""
    query = every_stand(round_.edition_id).where(is_offered(round_))
    if hall:
        query = query.where(Hall.code == hall)
    return [spot_of(row) for row in session.execute(query)]


def is_offered(round_: Round):
    """SQL: whether a stand (joined with its zone) belongs to the round; without zones and stands, all do."""
    if not round_.zones and not round_.stands:
        return Stand.id.is_not(None)
    return or_(Zone.code.in_(round_.zones), Stand.code.in_(round_.stands))


def offered_count(session: Session, round_: Round) -> int:
    """How many stands a round offers."""
    query = select(func.count()).select_from(Stand).join(Zone, Zone.id == Stand.zone_id)
    return session.execute(
        query.where(Stand.edition_id == round_.edition_id, is_offered(round_))
    ).scalar_one()


def taken_count(session: Session, round_: Round) -> int:
    """How many of them somebody has."""
    query = select(func.count()).select_from(Stand).join(Zone, Zone.id == Stand.zone_id)
    query = query.join(Allotment, Allotment.stand_id == Stand.id)
    return session.execute(
        query.where(Stand.edition_id == round_.edition_id, is_offered(round_))
    ).scalar_one()


def standard_cm2(session: Session, edition_id: int) -> int:
    """The usual stand in cm²: the lower median of the shell stands."""
    area = Stand.width * Stand.depth
    found = session.execute(
        select(func.percentile_disc(0.5).within_group(area.asc())).where(
            Stand.edition_id == edition_id, Stand.kind == "shell"
        )
    ).scalar()
    return found or USUAL_CM2


def party_of(session: Session, exhibitor: Exhibitor) -> list[Exhibitor]:
    """The exhibitor and those that stand in its pavilion, the exhibitor first."""
    members = session.exec(
        select(Exhibitor)
        .where(Exhibitor.lead_id == exhibitor.id, Exhibitor.state == "accepted")
        .order_by(Exhibitor.id)
    ).all()
    return [exhibitor, *members]


def asked_of(session: Session, exhibitor: Exhibitor, standard: int) -> Asked:
    """What the exhibitor may pick; for a lead, what its whole pavilion needs, each share in whole stands."""
    party = party_of(session, exhibitor)

    def sum_of(areas: list[int]) -> int:
        shares = [area * CM2_A_M2 for area in areas]
        return shares[0] if len(shares) == 1 else sum(-(-share // standard) * standard for share in shares)

    return Asked(
        need_cm2=sum_of([one.area_m2 for one in party]),
        least_cm2=sum_of([one.least_m2 or one.area_m2 for one in party]),
        zones=tuple(exhibitor.zones),
        raw=exhibitor.shape == "raw",
        power_kw=sum(one.power_kw for one in party),
        water=any(one.water for one in party),
        height_cm=max(one.height_cm for one in party),
        load_kg_m2=max(one.load_kg_m2 for one in party),
    )


def limits_of(round_: Round, standard: int) -> Limits:
    """What the round holds to."""
    return Limits(
        tolerance_percent=round_.tolerance_percent,
        most_stands=round_.most_stands,
        rival_m=round_.rival_m,
        keep_zones=round_.keep_zones,
        keep_needs=round_.keep_needs,
        keep_touching=round_.keep_touching,
        standard_cm2=standard,
    )


def rival_ids(session: Session, exhibitor_id: int) -> dict[int, bool]:
    """Everybody from whom an exhibitor is kept away, and whether it named them itself."""
    rows = session.execute(
        select(Rivalry.one_id, Rivalry.other_id, Rivalry.named_by).where(
            (Rivalry.one_id == exhibitor_id) | (Rivalry.other_id == exhibitor_id),
            Rivalry.other_id.is_not(None),
        )
    )
    found: dict[int, bool] = {}
    for one, other, named_by in rows:
        foe = other if one == exhibitor_id else one
        found[foe] = found.get(foe, False) or named_by == exhibitor_id
    return found


def rivals_of(session: Session, exhibitor: Exhibitor, *, without: Collection[int] = ()) -> Rivals:
    """Where an exhibitor's rivals stand, or hold a stand, at this moment."""
    foes = rival_ids(session, exhibitor.id)
    wanted = [number for number in foes if number not in without]
    if not wanted:
        return Rivals()
    given = select(Allotment.stand_id, Allotment.exhibitor_id).where(Allotment.exhibitor_id.in_(wanted))
    held = select(Hold.stand_id, Hold.exhibitor_id).where(
        Hold.exhibitor_id.in_(wanted), Hold.expires_at > func.now()
    )
    owners = dict(session.execute(given.union_all(held)).all())
    names = dict(
        session.execute(
            select(Exhibitor.id, Organisation.name)
            .join(Organisation, Organisation.id == Exhibitor.organisation_id)
            .where(Exhibitor.id.in_(set(owners.values())))
        ).all()
        if owners
        else ()
    )
    rows = session.execute(every_stand(exhibitor.edition_id).where(Stand.id.in_(owners))) if owners else ()
    near = [(owners[spot.id], spot.place) for spot in map(spot_of, rows)]
    return Rivals(
        named=[(pick(names[owner], "en"), place) for owner, place in near if foes[owner]],
        others=[place for owner, place in near if not foes[owner]],
    )


def place_spots(session: Session, exhibitor_id: int, edition_id: int) -> list[Spot]:
    """The stands that an exhibitor has."""
    mine = select(Allotment.stand_id).where(Allotment.exhibitor_id == exhibitor_id)
    return [spot_of(row) for row in session.execute(every_stand(edition_id).where(Stand.id.in_(mine)))]


def quote_for(session: Session, edition: Edition, exhibitor: Exhibitor, places: Sequence[Place]) -> Quote:
    """What some stands would cost the exhibitor together, if it ordered them today."""
    plots = [Plot(p.code, "raw" if p.raw else "shell", p.area_cm2, p.open_sides, p.zone) for p in places]
    terms = Terms(
        power_kw=exhibitor.power_kw if places else 0,
        on=database_now(session).astimezone(edition.zone_info).date(),
        newcomer=exhibitor.newcomer,
        pavilion=len(party_of(session, exhibitor)) > 1,
        exempt=is_exempt(session, exhibitor),
    )
    return quote(plots, terms, orders.prices_of(session, edition))


def database_now(session: Session) -> datetime:
    """The database's clock, at the beginning of this transaction: the only one that holds and turns go by."""
    return session.execute(select(func.now())).scalar_one()
