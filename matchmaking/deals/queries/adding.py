"""Deals added up, from the sums kept as deals are written: a page reads hundreds of rows, not a million."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import and_, func, text, tuple_
from sqlmodel import Session, select

from expo.editions.models import Edition, GroupMember
from matchmaking.deals.models import Deal, DealHead, DealLine, DealPair, DealSum
from matchmaking.deals.queries.filtering import EVERYTHING, Filter, members, outcome_of

DIMENSIONS = (
    "country", "buyer", "zone", "forum", "day", "newcomer", "origin", "currency", "reach", "standing",
    "chapter", "section",
)  # fmt: skip

_OF_DEALS = frozenset(DIMENSIONS) - {"chapter", "section"}


@dataclass(frozen=True)
class Sum:
    """A count of deals and lines and their worth in the edition's currency, in minor units."""

    key: str
    count: int
    minor: int
    lines: int = 0


def sums(session: Session, edition: Edition, by: str, types: Sequence[str] = ("purchase",)) -> list[Sum]:
    """Agreed deals added up by 'type', 'stage' or one of DIMENSIONS ('hs' is 'chapter'), the largest first.

    A deal with lines of several chapters counts in each of them; its worth is shared among them.
    """
    return table(session, edition, (by,), types)[by]


def table(
    session: Session, edition: Edition, wanted: Sequence[str], types: Sequence[str] = ("purchase",)
) -> dict[str, list[Sum]]:
    """The same by several at once, in one question."""
    names = {by: {"hs": "chapter", "type": "all", "stage": "all"}.get(by, by) for by in wanted}
    rows = session.execute(
        select(DealSum)
        .where(
            DealSum.edition_id == edition.id,
            DealSum.dimension.in_(set(names.values())),
            DealSum.type.in_(types),
            DealSum.counted,
            DealSum.deals > 0,
        )
        .with_only_columns(
            DealSum.dimension, DealSum.key, DealSum.type, DealSum.stage, DealSum.deals, DealSum.minor,
            DealSum.lines,
        )
    ).all()  # fmt: skip
    found: dict[str, list[Sum]] = {}
    for by, dimension in names.items():
        added: dict[str, Sum] = {}
        for row in rows:
            if row.dimension == dimension:
                key = {"type": row.type, "stage": row.stage}.get(by, row.key)
                one = added.get(key, Sum(key, 0, 0))
                added[key] = Sum(key, one.count + row.deals, one.minor + row.minor, one.lines + row.lines)
        found[by] = sorted(added.values(), key=lambda one: (-one.minor, -one.count, one.key))
    return found


Worth = dict[tuple[str, str], tuple[int, int]]
"""(type, stage) → how many deals and their worth in the edition's currency."""


def worth(session: Session, edition: Edition, chosen: Filter = EVERYTHING) -> Worth:
    """What a filter finds, outcomes or not. By chapter or section only the lines' share counts."""
    return both_worths(session, edition, chosen)[0]


def both_worths(session: Session, edition: Edition, chosen: Filter = EVERYTHING) -> tuple[Worth, Worth]:
    """What a filter finds, and the outcomes among it: what is disputed and call-offs are none.

    Three filters and more at once are added up row by row.
    """
    everything: Worth = {}
    outcome: Worth = {}
    if chosen.contradicts():
        return {}, {}
    for type_, stage, count, minor, counted in _added(session, edition, chosen):
        for found in (everything, outcome) if counted else (everything,):
            if count and (counted or not chosen.counted):
                before, sum_before = found.get((type_, stage), (0, 0))
                found[type_, stage] = (before + count, sum_before + int(minor))
    return everything, outcome


def outcomes(session: Session, edition: Edition) -> dict[str, tuple[int, int, int]]:
    """type → (deals that count, their worth, the same a year where they run for several)."""
    rows = session.execute(
        select(DealSum.type, func.sum(DealSum.deals), func.sum(DealSum.minor), func.sum(DealSum.annual_minor))
        .where(DealSum.edition_id == edition.id, DealSum.dimension == "all", DealSum.counted)
        .group_by(DealSum.type)
        .having(func.sum(DealSum.deals) > 0)
    )
    return {type_: (int(count), int(minor), int(annual)) for type_, count, minor, annual in rows}


def without_latest(session: Session, edition: Edition, type_: str, minor: int, number: int) -> int:
    """A worth of all outcomes of a type less that of so many that were recorded last."""
    if not number:
        return minor
    last = (
        select(Deal.home_minor)
        .where(Deal.edition_id == edition.id, Deal.type == type_, *outcome_of())
        .order_by(Deal.id.desc())
        .limit(number)
        .subquery()
    )
    gone = session.execute(select(func.coalesce(func.sum(last.c.home_minor), 0))).scalar_one()
    return minor - int(gone)


def _added(session: Session, edition: Edition, chosen: Filter) -> Any:
    chosen = chosen.plainly()
    if len(chosen.dimensions()) > 2:
        chosen = _telling(session, edition, chosen)
    dimensions = [
        ("country", members(key, edition.id)) if name == "group" else (name, [key])
        for name, key in chosen.dimensions()
    ]
    if len(dimensions) == 2 and dimensions[0][0] == dimensions[1][0]:  # a country and a group
        dimensions = [("country", dimensions[1][1].where(GroupMember.country.in_(dimensions[0][1])))]
    if len(dimensions) <= 2:
        return session.execute(_kept(edition, chosen, dimensions))
    # The indexes that hold all of it are in memory or on a quick disk; by its usual price of a page
    # PostgreSQL may rather fetch the deals themselves.
    session.execute(text("SET LOCAL random_page_cost = 1.1"))
    return session.execute(_read(edition, chosen))


def _telling(session: Session, edition: Edition, chosen: Filter) -> Filter:
    """The same filter without the traits that all deals have: an edition in one currency, say."""
    asked = [("all", ""), *chosen.dimensions()]
    rows = session.execute(
        select(DealSum.dimension, func.sum(DealSum.deals))
        .where(DealSum.edition_id == edition.id, tuple_(DealSum.dimension, DealSum.key).in_(asked))
        .group_by(DealSum.dimension)
    )
    count = dict(map(tuple, rows))
    common = [name for name, _ in asked if name in _OF_DEALS and count.get(name) == count.get("all")]
    return replace(chosen, **dict.fromkeys(common, ""))


def _read(edition: Edition, chosen: Filter) -> Any:
    """The question to the deals themselves, and their lines where goods are asked for."""
    counted = and_(*outcome_of()).label("counted")
    if not chosen.hs and not chosen.section:
        added = select(Deal.type, Deal.stage, func.count(), func.sum(Deal.home_minor), counted)
        conditions = [Deal.edition_id == edition.id, *chosen.conditions()]
        return added.where(*conditions).group_by(Deal.type, Deal.stage, counted)
    # a deal at a time first: both indexes are in the order of deals, and nothing need be sorted
    rest = replace(chosen, hs="", section="").conditions()
    shares = (
        select(Deal.type, Deal.stage, func.sum(DealLine.home_minor).label("minor"), counted)
        .join(DealLine, and_(DealLine.deal_id == Deal.id, *chosen.goods()))
        .where(Deal.edition_id == edition.id, *rest)
        .group_by(Deal.id)
        .subquery()
    )
    type_, stage, outcome = shares.c.type, shares.c.stage, shares.c.counted
    return select(type_, stage, func.count(), func.sum(shares.c.minor), outcome).group_by(
        type_, stage, outcome
    )


def _kept(edition: Edition, chosen: Filter, dimensions: list[tuple[str, Any]]) -> Any:
    """The question to the kept sums by one trait or two; of lines come last."""
    if len(dimensions) < 2:
        kept, ((dimension, keys_),) = DealSum, dimensions or [("all", [""])]
        found = [DealSum.dimension == dimension, DealSum.key.in_(keys_)]
    else:
        kept, order = DealPair, DIMENSIONS.index
        (one, one_keys), (other, other_keys) = sorted(dimensions, key=lambda it: order(it[0]))
        found = [DealPair.one == one, DealPair.one_key.in_(one_keys)]
        found += [DealPair.other == other, DealPair.other_key.in_(other_keys)]
    for column, value in ((kept.type, chosen.type), (kept.stage, chosen.stage)):
        found += [column == value] if value else []
    return select(kept.type, kept.stage, kept.deals, kept.minor, kept.counted).where(
        kept.edition_id == edition.id, *found
    )


def keys(session: Session, edition: Edition, dimension: str) -> list[str]:
    """The keys of a dimension that any deal has, in order."""
    return list(
        session.execute(
            select(DealSum.key)
            .where(
                DealSum.edition_id == edition.id,
                DealSum.dimension == dimension,
                DealSum.deals > 0,
                DealSum.key != "",
            )
            .distinct()
            .order_by(DealSum.key)
        ).scalars()
    )


def countries(session: Session, edition: Edition) -> list[str]:
    """The countries that sellers of the edition's deals come from, by code."""
    return keys(session, edition, "country")


def groups(session: Session, edition: Edition) -> dict[str, set[str]]:
    """Group of countries → its members on the first day of the edition."""
    rows = session.execute(
        select(GroupMember.group_code, GroupMember.country).where(
            GroupMember.edition_id == edition.id,
            GroupMember.since <= edition.starts_on,
            GroupMember.until.is_(None) | (GroupMember.until > edition.starts_on),
        )
    )
    found: dict[str, set[str]] = {}
    for group, country in rows:
        found.setdefault(group, set()).add(country)
    return found


def last_event(session: Session, edition: Edition) -> tuple[int, str]:
    """Sequence and hash of the end of the edition's chain; (0, "") for an empty one."""
    head = session.get(DealHead, edition.id, populate_existing=True)
    return (head.sequence, head.hash) if head else (0, "")


def earlier(session: Session, edition: Edition) -> list[tuple[Edition, dict[str, tuple[int, int, int]]]]:
    """Editions that began before this one and have outcomes, the latest first, with `outcomes` of each."""
    rows = session.exec(
        select(Edition)
        .where(
            Edition.starts_on < edition.starts_on,
            Edition.id.in_(select(DealSum.edition_id).where(DealSum.counted, DealSum.deals > 0)),
        )
        .order_by(Edition.starts_on.desc())
        .limit(20)
    ).all()
    return [(one, outcomes(session, one)) for one in rows]
