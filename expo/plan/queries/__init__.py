"""The plan's rows: what strangers may see of them."""

from collections.abc import Mapping, Sequence
from operator import itemgetter

from sqlalchemy import Row, func, true
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.countries import own_languages
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation, Wish
from expo.languages import pick
from expo.plan.demand import Desire, Place
from expo.plan.finding import Entry, Finder
from expo.plan.models import PlanSettings
from expo.plan.queries.people import Person, entries, persons
from expo.plan.queries.stamping import Stamp, stamp
from expo.plan.shown import PublicPlan
from expo.plan.signs import Holder
from expo.plan.walking.ground import Ground, Wall
from expo.plan.walking.site import Floor, Site
from expo.plan.walking.site import Stand as WalkedStand
from expo.selection.models import Hold
from expo.venue import queries as venue
from expo.venue.drawing.booths import stands_label
from expo.venue.drawing.plan import Occupant, lie_apart, plan_of
from expo.venue.drawing.plan import Place as DrawnPlace
from expo.venue.drawing.rows import shapes_of, signs_of
from expo.venue.models import Hall, Stand, Zone
from expo.venue.walk import entrance_m

__all__ = ["Person", "Stamp", "entries", "persons", "stamp"]

LIVE = ("submitted", "accepted")
"""States of applications that want a place."""


def settings_of(session: Session, edition: Edition) -> PlanSettings:
    """The organiser's choices, the defaults where none were made."""
    return session.get(PlanSettings, edition.id) or PlanSettings(edition_id=edition.id)


def public_plan(
    session: Session,
    edition: Edition,
    language: str,
    now: Stamp,
    named: Mapping[int, Person],
    halls: Sequence[Hall],
    hall: str | None = None,
) -> PublicPlan:
    """The plan of all halls, or of one, as far as strangers may see it."""
    stands = _stands(session, edition, hall)
    who = {number: Occupant(person.code, pick(person.name, language)) for number, person in named.items()}
    drawn = plan_of(
        shapes_of([row for row in halls if hall in (None, row.code)], language),
        signs_of(venue.zones(session, edition), language),
        map(DrawnPlace._make, map(itemgetter(slice(7)), stands)),
        {row[0]: who[row[7]] for row in stands if row[7] in who},
    )
    return PublicPlan(
        edition=edition.code,
        halls=drawn,
        shows=now.shows,
        held=_held(session, edition, hall) if now.shows.held else frozenset(),
        version=now.version if now.shows.names else None,
        published_at=now.published_at if now.shows.names else None,
    )


def _stands(session: Session, edition: Edition, hall: str | None) -> Sequence[Row]:
    """The fields of a place on the drawing, and the number of whom it is given to, by the stand's code."""
    query = (
        select(
            Stand.code, Hall.code, Zone.code, Stand.x, Stand.y, Stand.width, Stand.depth,
            Allotment.exhibitor_id,
        )
        .join(Hall, Hall.id == Stand.hall_id)
        .join(Zone, Zone.id == Stand.zone_id)
        .outerjoin(Allotment, Allotment.stand_id == Stand.id)
        .where(Stand.edition_id == edition.id)
        .order_by(Stand.code)
    )  # fmt: skip
    if hall is not None:
        query = query.where(Hall.code == hall)
    return session.connection().execute(query).all()


def _held(session: Session, edition: Edition, hall: str | None) -> frozenset[str]:
    """Codes of the stands that somebody is choosing now; never who."""
    query = (
        select(Stand.code)
        .join(Hold, Hold.stand_id == Stand.id)
        .join(Hall, Hall.id == Stand.hall_id)
        .where(Hold.edition_id == edition.id, (Hold.expires_at > func.now()) | Hold.remaining_s.is_not(None))
    )
    if hall is not None:
        query = query.where(Hall.code == hall)
    return frozenset(session.execute(query).scalars())


def finder(session: Session, edition: Edition, found: list[Entry]) -> Finder:
    """Everybody and everything that can be looked for on the plan."""
    stands = session.connection().execute(
        select(Stand.code, Hall.code, Zone.code)
        .join(Hall, Hall.id == Stand.hall_id)
        .join(Zone, Zone.id == Stand.zone_id)
        .where(Stand.edition_id == edition.id)
    )
    return Finder(found, map(tuple, stands.all()))


def site(session: Session, edition: Edition) -> Site:
    """All halls as a walker meets them."""
    found: dict[str, dict[str, WalkedStand]] = {}
    for row in venue.stands(session, edition):
        box = (row.x, row.y, row.width, row.depth)
        found.setdefault(row.hall, {})[row.code] = WalkedStand(row.code, box, row.open_sides)
    halls = venue.halls(session, edition)
    floors = [_floor(hall, found.get(hall.code, {})) for hall in halls]
    boxes = [(hall.site_x, hall.site_y, hall.width, hall.depth) for hall in halls]
    return Site({floor.code: floor for floor in floors}, is_true=lie_apart(boxes))


def _floor(hall: Hall, stands: dict[str, WalkedStand]) -> Floor:
    columns = ((one["x"], one["y"], one["width"], one["depth"]) for one in hall.columns)
    ground = Ground(
        hall.width,
        hall.depth,
        boxes=(*(stand.box for stand in stands.values()), *columns),
        walls=tuple(Wall((w["x1"], w["y1"]), (w["x2"], w["y2"])) for w in hall.walls),
        outline=tuple((x, y) for x, y in hall.outline),
        doors=tuple((door.get("name", ""), door["x"], door["y"]) for door in hall.entrances),
    )
    return Floor(hall.code, ground, (hall.site_x, hall.site_y), stands)


def places(session: Session, edition: Edition) -> list[Place]:
    """The stands as wishes name them."""
    doors = {
        hall.code: [(door["x"], door["y"]) for door in hall.entrances]
        for hall in venue.halls(session, edition)
    }
    return [
        Place(
            row.code,
            row.hall,
            row.zone,
            row.open_sides.bit_count(),
            entrance_m((row.x, row.y, row.width, row.depth), doors[row.hall]),
        )
        for row in venue.stands(session, edition)
    ]


def wishes(session: Session, edition: Edition) -> list[Desire]:
    """The ranked wishes of all applications that are sent and not turned down."""
    rows = session.execute(
        select(Exhibitor.code, Wish.rank, Wish.kind, Wish.target, Exhibitor.zones)
        .join(Exhibitor, Exhibitor.id == Wish.exhibitor_id)
        .where(Exhibitor.edition_id == edition.id, Exhibitor.state.in_(LIVE))
        .order_by(Exhibitor.code, Wish.rank)
    )
    return [Desire(code, rank, kind, target, tuple(zones)) for code, rank, kind, target, zones in rows]


def asked_areas(session: Session, edition: Edition) -> list[tuple[tuple[str, ...], int]]:
    """Of each such application the zones it accepts and the m² it asks for."""
    rows = session.execute(
        select(Exhibitor.zones, Exhibitor.area_m2).where(
            Exhibitor.edition_id == edition.id, Exhibitor.state.in_(LIVE)
        )
    )
    return [(tuple(zones), area) for zones, area in rows]


def sign_holders(
    session: Session, edition: Edition, language: str, hall: str = ""
) -> list[tuple[Holder, tuple[str, ...]]]:
    """Everybody with a stand, of one hall if asked for, by hall and stand; with the stands of each sign."""
    rows = session.execute(
        select(
            Exhibitor.code, Organisation.name, Organisation.country, Hall.code, Hall.name, Zone.code,
            func.array_agg(aggregate_order_by(Stand.code, Stand.code)).label("stands"),
        )
        .select_from(Allotment)
        .join(Exhibitor, Exhibitor.id == Allotment.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .join(Stand, Stand.id == Allotment.stand_id)
        .join(Hall, Hall.id == Stand.hall_id)
        .join(Zone, Zone.id == Stand.zone_id)
        .where(Allotment.edition_id == edition.id, (Hall.code == hall) if hall else true())
        .group_by(Exhibitor.id, Organisation.id, Hall.id, Zone.id)
        .order_by(Hall.code, func.min(Stand.code))
    )  # fmt: skip
    signs = {sign.code: sign for sign in signs_of(venue.zones(session, edition), language)}
    found = []
    for code, name, country, hall_code, hall_name, zone, stands in rows:
        sign = signs[zone]
        label = stands_label(stands)
        where = pick(hall_name, language) or hall_code
        own = tuple(own_languages(country))
        found.append((Holder(code, label, name, own, sign.hue, sign.letter, sign.name, where), tuple(stands)))
    return found
