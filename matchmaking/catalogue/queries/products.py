"""Products of public exhibitors: kinds of the whole edition, and one exhibitor's own."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from expo.languages import LanguageMap
from matchmaking.catalogue.hs import section_of, valid_hs
from matchmaking.catalogue.hs_names import SECTIONS
from matchmaking.catalogue.models import Product
from matchmaking.catalogue.queries.exhibitors import accepted
from matchmaking.catalogue.searching import hs_range, pattern

# A kind's key is "hs6-origin-…": its first two digits are the chapter, the letters from the 8th the origin.
_ORIGIN = func.substr(Product.kind_key, 8, 2)


@dataclass(frozen=True)
class KindFilter:
    """Which kinds of products: all words in a name or as HS code; a section's numeral; an origin."""

    words: tuple[str, ...] = ()
    section: str = ""
    origin: str = ""

    def known(self) -> "KindFilter":
        """Without a section that there is none of."""
        return self if self.section in {one.numeral for one in SECTIONS} else replace(self, section="")


def _chosen(edition: Edition, wanted: KindFilter) -> list[Any]:
    # "Not of the few hidden ones" rather than "of the many public ones": the order of the index survives it.
    hidden = select(Exhibitor.id).where(Exhibitor.edition_id == edition.id, Exhibitor.state != "accepted")
    found = [Product.edition_id == edition.id, Product.exhibitor_id.not_in(hidden)]
    found += _with_words(wanted.words)
    if wanted.section:
        section = next(one for one in SECTIONS if one.numeral == wanted.section)
        found.append(Product.hs.between(f"{section.first:02}0000", f"{section.last:02}9999"))
    if wanted.origin:
        found.append(Product.origin == wanted.origin)
    return found


class Tally(NamedTuple):
    """How many kinds: all, by section's numeral (from the origin asked), by origin (in the section asked)."""

    total: int
    sections: dict[str, int]
    origins: dict[str, int]


def kind_tally(session: Session, edition: Edition, wanted: KindFilter) -> Tally:
    """Count distinct kinds once for all filters: a kind has one section and one origin, so parts add up."""
    everywhere = replace(wanted, section="", origin="")
    keys = select(Product.kind_key).where(*_chosen(edition, everywhere)).distinct().cte()
    chapter, origin = func.left(keys.c.kind_key, 2), func.substr(keys.c.kind_key, 8, 2)
    rows = session.execute(select(chapter, origin, func.count()).group_by(chapter, origin)).all()
    sections: Counter[str] = Counter()
    origins: Counter[str] = Counter()
    total = 0
    for code, country, count in rows:
        numeral = section_of(code).numeral if valid_hs(code) else ""
        in_section, from_origin = numeral == wanted.section, country == wanted.origin
        sections[numeral] += count * (from_origin or not wanted.origin)
        origins[country] += count * (in_section or not wanted.section)
        total += count * ((from_origin or not wanted.origin) and (in_section or not wanted.section))
    return Tally(total, dict(+sections), dict(+origins))


ORDERS = {
    "hs": (Product.kind_key.asc(),),
    "-hs": (func.left(Product.kind_key, 6).desc(), Product.kind_key),
    "origin": (_ORIGIN, Product.kind_key),
    "-origin": (_ORIGIN.desc(), Product.kind_key),
}


class Kind(NamedTuple):
    """A kind of product: its key, HS code, origin, name, and how many products are of it."""

    key: str
    hs: str
    origin: str
    name: LanguageMap
    products: int


def kinds(
    session: Session,
    edition: Edition,
    wanted: KindFilter,
    order: str = "hs",
    limit: int = 50,
    offset: int = 0,
) -> list[Kind]:
    """A page of kinds, each named after its oldest product; by HS code unless `order` is one of ORDERS."""
    rows = session.execute(
        select(Product.kind_key, func.min(Product.id), func.count())
        .where(*_chosen(edition, wanted))
        .group_by(Product.kind_key)
        .order_by(*ORDERS.get(order, ORDERS["hs"]))
        .limit(limit)
        .offset(offset)
    ).all()
    named = select(Product.id, Product.hs, Product.origin, Product.name)
    first = {row[0]: row[1:] for row in session.execute(named.where(Product.id.in_([r[1] for r in rows])))}
    return [Kind(key, *first[product_id], products=count) for key, product_id, count in rows]


class Offering(NamedTuple):
    """Who offers a kind."""

    code: str
    name: LanguageMap


def offers_of_kinds(session: Session, edition: Edition, keys: Collection[str]) -> dict[str, list[Offering]]:
    """Kind key → the public exhibitors that offer it, by code."""
    rows = session.execute(
        select(Product.kind_key, Exhibitor.code, Organisation.name)
        .join(Exhibitor, Exhibitor.id == Product.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(accepted(edition), Product.edition_id == edition.id, Product.kind_key.in_(keys))
        .group_by(Product.kind_key, Exhibitor.id, Organisation.id)
        .order_by(Product.kind_key, Exhibitor.code)
    )
    found: dict[str, list[Offering]] = defaultdict(list)
    for key, *offering in rows:
        found[key].append(Offering(*offering))
    return found


def kinds_by_chapter(session: Session, edition: Edition) -> dict[str, int]:
    """Chapter (two digits) → how many kinds of products public exhibitors show; chapters without: none."""
    keys = select(Product.kind_key).where(*_chosen(edition, KindFilter())).distinct().subquery()
    chapter = func.left(keys.c.kind_key, 2)
    return dict(session.execute(select(chapter, func.count()).group_by(chapter)).all())


def kind_count(session: Session, edition: Edition) -> int:
    """How many kinds of products public exhibitors show."""
    keys = select(Product.kind_key).where(*_chosen(edition, KindFilter())).distinct().subquery()
    return session.execute(select(func.count()).select_from(keys)).scalar_one()


class Offered(NamedTuple):
    """A product on its exhibitor's page; price in minor units for one unit, 0 on request."""

    id: int
    code: str
    name: LanguageMap
    hs: str
    origin: str
    quantity: Decimal
    unit: str
    price_minor: int
    currency: str
    incoterm: str
    certificates: list[str]


def products_of(
    session: Session,
    exhibitor_id: int,
    words: Sequence[str] = (),
    limit: int = 50,
    offset: int = 0,
    *,
    latest_first: bool = False,
) -> list[Offered]:
    """An exhibitor's products by HS code, or the latest first; limit 0 gives all."""
    query = (
        select(
            Product.id, Product.code, Product.name, Product.hs, Product.origin, Product.quantity,
            Product.unit, Product.price_minor, Product.currency, Product.incoterm, Product.certificates,
        )
        .where(*_own(exhibitor_id, words))
        .order_by(*((Product.id.desc(),) if latest_first else (Product.hs, Product.code)))
        .offset(offset)
    )  # fmt: skip
    return [Offered(*row) for row in session.execute(query.limit(limit) if limit else query)]


def product_count(session: Session, exhibitor_id: int, words: Sequence[str] = ()) -> int:
    """How many products an exhibitor shows."""
    return session.execute(select(func.count(Product.id)).where(*_own(exhibitor_id, words))).scalar_one()


class Match(NamedTuple):
    """What a search found among an exhibitor's products: the first of them, and how many."""

    name: LanguageMap
    products: int


def matches(session: Session, ids: Collection[int], words: Sequence[str]) -> dict[int, Match]:
    """Exhibitor id → its products that hold all words; those without any are left out."""
    grouped = (
        select(Product.exhibitor_id, func.min(Product.id).label("first"), func.count().label("number"))
        .where(Product.exhibitor_id.in_(ids), *_with_words(words))
        .group_by(Product.exhibitor_id)
        .subquery()
    )
    rows = session.execute(
        select(grouped.c.exhibitor_id, Product.name, grouped.c.number).join(
            grouped, grouped.c.first == Product.id
        )
    )
    return {exhibitor_id: Match(name, number) for exhibitor_id, name, number in rows}


def _own(exhibitor_id: int, words: Sequence[str]) -> list[Any]:
    return [Product.exhibitor_id == exhibitor_id, *_with_words(words)]


def _with_words(words: Sequence[str]) -> list[Any]:
    """The conditions under which a product holds all words, in a name or as the start of its HS code."""
    spans = ((hs_range(word), word) for word in words)
    return [
        Product.hs.between(*span) if span else Product.search_text.like(pattern(word)) for span, word in spans
    ]
