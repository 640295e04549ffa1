"""The plan's rows: what strangers may see of them, and a fingerprint of all that it is drawn from."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import Row, func, text, true
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
from expo.plan.shown import PublicPlan, Shows, told
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

LIVE = ("submitted", "accepted")
"""States of applications that want a place."""


class Stamp(NamedTuple):
    """One look at what may be shown, and fingerprints: of the floor alone, and of everything drawn."""

    shows: Shows
    version: int | None
    published_at: datetime | None
    floor: str
    whole: str


# A row's xmin is the number of the transaction that wrote it: whatever changes a row changes the fingerprint,
# raw SQL too. XOR over a hash seeded by it does not depend on the order of rows.
_PRINT = "SELECT bit_xor(hashint8extended({id}, {table}.xmin::text::bigint)) FROM {table} WHERE {where}"
_OWN = "edition_id = :edition"
_FLOOR = [
    _PRINT.format(table="hall", id="id", where=_OWN),
    _PRINT.format(table="zone", id="id", where=_OWN),
    _PRINT.format(table="stand", id="id", where=_OWN),
]
_CHOSEN = [
    _PRINT.format(table="edition", id="id", where="id = :edition"),
    _PRINT.format(table="plan_settings", id="edition_id", where=_OWN),
]
_PEOPLE = [
    _PRINT.format(table="allotment", id="id", where=_OWN),
    _PRINT.format(table="exhibitor", id="id", where=_OWN),
    _PRINT.format(
        table="organisation", id="id",
        where="id IN (SELECT organisation_id FROM exhibitor WHERE edition_id = :edition)",
    ),
    _PRINT.format(table="allocation_run", id="id", where=f"{_OWN} AND state = 'published'"),
]  # fmt: skip
_HELD = _PRINT.format(
    table="stand_hold", id="id", where=f"{_OWN} AND (expires_at > now() OR remaining_s IS NOT NULL)"
)
_STAMP = text(
    "SELECT coalesce(chosen.names, 'published'), coalesce(chosen.shows_free, true),"
    " coalesce(chosen.shows_held, false), run.id IS NOT NULL, coalesce(version.number, run.id),"
    " coalesce(version.at, run.published_at),"
    + ",".join(
        f" concat_ws(',', {', '.join(f'({one})' for one in part)})"
        for part in (_FLOOR, _CHOSEN, _PEOPLE, [_HELD])
    )
    + " FROM (SELECT 1) AS once"
    " LEFT JOIN plan_settings AS chosen ON chosen.edition_id = :edition"
    " LEFT JOIN allocation_run AS run ON run.edition_id = :edition AND run.state = 'published'"
    " LEFT JOIN LATERAL (SELECT number, at FROM allocation_publication WHERE edition_id = :edition"
    " ORDER BY number DESC LIMIT 1) AS version ON run.id IS NOT NULL"
)


def stamp(session: Session, edition: Edition) -> Stamp:
    """In one query."""
    row = session.connection().execute(_STAMP, {"edition": edition.id}).one()
    names, free, held, is_published, number, at, floor, chosen, people, holds = row
    shows = told(names, published=is_published, free=free, held=held)
    # What is not told leaves no trace: not even that something changes may be seen from outside.
    told_of = (people, number, holds) if shows.held else (people, number) if shows.names else ()
    return Stamp(
        shows, number, at, f"{edition.id}:{floor}", f"{edition.id}:{floor};{chosen};{told_of};{shows}"
    )


def settings_of(session: Session, edition: Edition) -> PlanSettings:
    """The organiser's choices, the defaults where none were made."""
    return session.get(PlanSettings, edition.id) or PlanSettings(edition_id=edition.id)


class Person(NamedTuple):
    """An exhibitor with a stand who may be named."""

    code: str
    name: dict[str, str]
    country: str
    sector: str


# One value of JSON is read several times faster than as many rows with a language map in each.
_PERSONS = text(
    "SELECT jsonb_agg(jsonb_build_array(person.id, person.code, firm.name, firm.country, person.sector)"
    " ORDER BY person.code) FROM exhibitor AS person"
    " JOIN organisation AS firm ON firm.id = person.organisation_id WHERE person.edition_id = :edition"
    " AND EXISTS (SELECT FROM allotment WHERE allotment.exhibitor_id = person.id)"
)


def persons(session: Session, edition: Edition, now: Stamp) -> dict[int, Person]:
    """Who may be named, by number, in the order of their codes."""
    if not now.shows.names:
        return {}
    found = session.connection().execute(_PERSONS, {"edition": edition.id}).scalar_one() or []
    return {number: Person(*rest) for number, *rest in found}


def entries(session: Session, edition: Edition, named: Mapping[int, Person]) -> list[Entry]:
    """The same with their stands by hall and zone."""
    if not named:
        return []
    rows = session.connection().execute(
        select(Allotment.exhibitor_id, Hall.code, Zone.code, Stand.code)
        .select_from(Allotment)
        .join(Stand, Stand.id == Allotment.stand_id)
        .join(Hall, Hall.id == Stand.hall_id)
        .join(Zone, Zone.id == Stand.zone_id)
        .where(Allotment.edition_id == edition.id)
        .order_by(Stand.code)
    )
    places: dict[tuple[int, str, str], list[str]] = {}
    for owner, hall, zone, stand in rows.all():
        if owner in named:  # or was given it since
            places.setdefault((owner, hall, zone), []).append(stand)
    return [Entry(*named[owner], hall, zone, tuple(codes)) for (owner, hall, zone), codes in places.items()]


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


def finder(session: Session, edition: Edition, entries: list[Entry]) -> Finder:
    """Everybody and everything that can be looked for on the plan."""
    stands = session.connection().execute(
        select(Stand.code, Hall.code, Zone.code)
        .join(Hall, Hall.id == Stand.hall_id)
        .join(Zone, Zone.id == Stand.zone_id)
        .where(Stand.edition_id == edition.id)
    )
    return Finder(entries, map(tuple, stands.all()))


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
