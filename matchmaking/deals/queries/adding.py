"""Deals added up, from the sums kept as deals are written: a page reads hundreds of rows, not a million."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, select

from expo.editions.models import Edition
from matchmaking.deals.models import Deal, DealHead, DealSum
from matchmaking.deals.queries.filtering import outcome_of

DIMENSIONS = (
    "country", "buyer", "zone", "forum", "day", "newcomer", "origin", "currency", "reach", "standing",
    "chapter", "section",
)  # fmt: skip


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
