"""Exhibitors that the public may see: the accepted ones, and where they stand."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, distinct, func, literal, or_
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from expo.languages import LanguageMap
from expo.plan.models import is_told
from expo.venue.models import Stand, Zone
from expo.venue.signs import letter_of
from matchmaking.catalogue.directory import Entry
from matchmaking.catalogue.models import Product
from matchmaking.catalogue.searching import countries_like, hs_range, pattern


def accepted(edition: Edition) -> Any:
    """The condition under which an exhibitor is public."""
    return and_(Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted")


def directory(session: Session, edition: Edition, words: Sequence[str] = ()) -> list[Entry]:
    """Every public exhibitor, or those in which (with one of its products) all words are found; unordered.

    Two queries. A word is found in the texts of any language, in a country's name, or as the start of an
    HS code.
    """
    query = (
        select(Exhibitor.id, Exhibitor.code, Organisation.name, Organisation.country, Exhibitor.sector)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(accepted(edition))
    )
    for word in words:
        query = query.where(_found(edition, word))
    zones = _zones_of(session, edition)
    return [Entry(*row, zones=zones.get(row[0], ())) for row in session.execute(query)]


def _found(edition: Edition, word: str) -> Any:
    span = hs_range(word)
    in_product = Product.hs.between(*span) if span else Product.search_text.like(pattern(word))
    offering = select(Product.exhibitor_id).where(Product.edition_id == edition.id, in_product)
    found = [Exhibitor.search_text.like(pattern(word)), Exhibitor.id.in_(offering)]
    countries = countries_like(word)
    return or_(*found, Organisation.country.in_(countries)) if countries else or_(*found)


def _zones_of(session: Session, edition: Edition) -> dict[int, tuple[str, ...]]:
    rows = session.execute(
        select(Allotment.exhibitor_id, Zone.code)
        .join(Stand, Stand.id == Allotment.stand_id)
        .join(Zone, Zone.id == Stand.zone_id)
        .where(Allotment.edition_id == edition.id, is_told())
        .distinct()
        .order_by(Zone.code)
    )
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for exhibitor_id, zone in rows:
        found[exhibitor_id] += (zone,)
    return found


class ZoneSign(NamedTuple):
    """A zone as it is told apart: letter, hue (1 to 8), name."""

    code: str
    letter: str
    hue: int
    name: LanguageMap


def zone_signs(session: Session, edition: Edition) -> dict[str, ZoneSign]:
    """The edition's zones by code, lettered in that order."""
    rows = session.execute(
        select(Zone.code, Zone.hue, Zone.name).where(Zone.edition_id == edition.id).order_by(Zone.code)
    )
    return {code: ZoneSign(code, letter_of(n), hue, name) for n, (code, hue, name) in enumerate(rows)}


class Place(NamedTuple):
    """A stand that an exhibitor has, its zone's code and its net area in cm²."""

    stand: str
    zone: str
    area_cm2: int


def places(session: Session, ids: Collection[int]) -> dict[int, list[Place]]:
    """Exhibitor id → its stands by code, as far as the plan names them."""
    rows = session.execute(
        select(Allotment.exhibitor_id, Stand.code, Zone.code, Stand.width * Stand.depth)
        .join(Stand, Stand.id == Allotment.stand_id)
        .join(Zone, Zone.id == Stand.zone_id)
        .where(Allotment.exhibitor_id.in_(ids), is_told())
        .order_by(Stand.code)
    )
    found: dict[int, list[Place]] = defaultdict(list)
    for exhibitor_id, *place in rows:
        found[exhibitor_id].append(Place(*place))
    return found


def profiles(session: Session, ids: Collection[int]) -> dict[int, LanguageMap]:
    """Exhibitor id → its profile."""
    rows = session.execute(select(Exhibitor.id, Exhibitor.profile).where(Exhibitor.id.in_(ids)))
    return dict(map(tuple, rows))


def kinds_of(session: Session, ids: Collection[int]) -> dict[int, int]:
    """Exhibitor id → how many kinds of products it shows."""
    rows = session.execute(
        select(Product.exhibitor_id, func.count(distinct(Product.kind_key)))
        .where(Product.exhibitor_id.in_(ids))
        .group_by(Product.exhibitor_id)
    )
    return dict(map(tuple, rows))


class ExhibitorPage(NamedTuple):
    """An exhibitor as the public sees it."""

    id: int
    code: str
    name: LanguageMap
    profile: LanguageMap
    country: str
    city: str
    website: str
    sector: str
    newcomer: bool
    lead_id: int | None


def exhibitor(session: Session, edition: Edition, code: str) -> ExhibitorPage | None:
    """The public exhibitor of that code."""
    row = session.execute(
        select(
            Exhibitor.id, Exhibitor.code, Organisation.name, Exhibitor.profile, Organisation.country,
            Organisation.city, Organisation.website, Exhibitor.sector, Exhibitor.newcomer, Exhibitor.lead_id,
        )
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(accepted(edition), Exhibitor.code == code)
    ).first()  # fmt: skip
    return ExhibitorPage(*row) if row else None


class Partner(NamedTuple):
    """Somebody of the same pavilion; `stands` are codes parted by commas."""

    code: str
    name: LanguageMap
    stands: str


def pavilion(session: Session, edition: Edition, page: ExhibitorPage) -> tuple[Partner | None, list[Partner]]:
    """The lead of the pavilion an exhibitor stands in, if it is another, and the other members; by code."""
    lead_id = page.lead_id or page.id
    rows = session.execute(
        select(
            Exhibitor.id, Exhibitor.code, Organisation.name,
            func.coalesce(func.string_agg(Stand.code, aggregate_order_by(literal(", "), Stand.code)), ""),
        )
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .outerjoin(Allotment, and_(Allotment.exhibitor_id == Exhibitor.id, is_told()))
        .outerjoin(Stand, Stand.id == Allotment.stand_id)
        .where(accepted(edition), or_(Exhibitor.lead_id == lead_id, Exhibitor.id == lead_id))
        .where(Exhibitor.id != page.id)
        .group_by(Exhibitor.id, Organisation.id)
        .order_by(Exhibitor.code)
    ).all()  # fmt: skip
    lead = next((Partner(*row[1:]) for row in rows if row[0] == lead_id), None)
    return lead, [Partner(*row[1:]) for row in rows if row[0] != lead_id]
