"""The facts that count for an edition's exhibitors, from the rows that hold them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, column, table
from sqlmodel import Session, select

from expo.editions.models import Edition, Rate
from expo.exhibitors.models import Exhibitor
from expo.money import convert, to_major
from expo.points.counting import Fact, carried, remembers, total
from expo.points.models import PointsFact
from expo.points.rule import Rule, read

RANKED = ("submitted", "accepted")
"""States in which an application has points: it was sent and not turned down."""
LASTING = frozenset({"years", "spend"})
"""Sources whose written facts count in later editions too."""
# The order's own room may move; its table does not.
ORDER = table(
    "exhibitor_order",
    *map(column, ("exhibitor_id", "edition_id", "number", "state", "net_minor", "currency", "created_at")),
)


@dataclass(frozen=True)
class Counted:
    """An exhibitor as it is counted: what it has now, and the facts that the rule is put to."""

    id: int
    code: str
    organisation_id: int
    points: Decimal
    paid_on: date | None
    facts: tuple[Fact, ...]


def gather(
    session: Session, edition: Edition, rule: Rule, only: Collection[int] | None = None
) -> list[Counted]:
    """Every ranked exhibitor by code, or those of `only`, with its facts under `rule`."""
    rows = session.execute(_asked(edition, only).order_by(Exhibitor.code)).all()
    firms = _firms(edition, only)
    years = _earlier(session, edition, firms)
    spent = _spent(session, edition, firms)
    written = _written(session, edition, firms, rule)
    former = read(edition.points_rule)
    found = []
    for row in rows:
        firm = row.organisation_id
        own = [*years[firm], *_area(row), *spent[firm], *written[firm]]
        own += carried(row.points_origin, former, len(years[firm])) + _unexplained(row)
        found.append(Counted(row.id, row.code, firm, row.points, row.paid_on, tuple(own)))
    return found


def _asked(edition: Edition, only: Collection[int] | None) -> Select:
    asked = select(
        Exhibitor.id, Exhibitor.code, Exhibitor.organisation_id, Exhibitor.points, Exhibitor.paid_on,
        Exhibitor.area_m2, Exhibitor.submitted_at, Exhibitor.points_origin,
        Exhibitor.points_counted_at,
    ).where(Exhibitor.edition_id == edition.id)  # fmt: skip
    return asked.where(Exhibitor.state.in_(RANKED) if only is None else Exhibitor.id.in_(only))


def _firms(edition: Edition, only: Collection[int] | None) -> Select:
    firms = select(Exhibitor.organisation_id).where(Exhibitor.edition_id == edition.id)
    return firms.where(Exhibitor.state.in_(RANKED) if only is None else Exhibitor.id.in_(only))


def _unexplained(row: Any) -> list[Fact]:
    """Points that came with an edition and no line says where from: they stay as they were given."""
    rest = Decimal(0) if row.points_counted_at else row.points - total(row.points_origin)
    return [Fact("given", rest, basis="imported")] if rest else []


def _area(row: Any) -> list[Fact]:
    when = row.submitted_at.date().isoformat() if row.submitted_at else ""
    return [Fact("area", Decimal(row.area_m2), when=when)]


def _earlier(session: Session, edition: Edition, firms: Select) -> dict[int, list[Fact]]:
    """A year for each earlier edition in which the firm exhibited."""
    found: dict[int, list[Fact]] = defaultdict(list)
    for firm, code, starts_on in session.execute(
        select(Exhibitor.organisation_id, Edition.code, Edition.starts_on)
        .join(Edition, Edition.id == Exhibitor.edition_id)
        .where(Exhibitor.organisation_id.in_(firms), Exhibitor.state == "accepted")
        .where(Edition.starts_on < edition.starts_on)
        .order_by(Edition.starts_on, Edition.code)
    ):
        found[firm].append(Fact("years", Decimal(1), when=starts_on.isoformat(), note=code))
    return found


def _spent(session: Session, edition: Edition, firms: Select) -> dict[int, list[Fact]]:
    """Paid orders of this and earlier editions before tax, in this edition's currency by its latest rates."""
    rates = dict(
        tuple(row)
        for row in session.execute(
            select(Rate.currency, Rate.rate).where(Rate.edition_id == edition.id).order_by(Rate.on_date)
        )
    )
    found: dict[int, list[Fact]] = defaultdict(list)
    for row in session.execute(
        select(
            Exhibitor.organisation_id, Edition.code, ORDER.c.number, ORDER.c.net_minor, ORDER.c.currency,
            ORDER.c.created_at,
        )
        .select_from(ORDER)
        .join(Exhibitor, Exhibitor.id == ORDER.c.exhibitor_id)
        .join(Edition, Edition.id == ORDER.c.edition_id)
        .where(Exhibitor.organisation_id.in_(firms), ORDER.c.state == "paid")
        .where(Edition.starts_on <= edition.starts_on)
        .order_by(ORDER.c.created_at, ORDER.c.number)
    ):  # fmt: skip
        firm, code, number, minor, currency, at = row
        note = f"{code} #{number}"
        if currency == edition.currency:
            figure = to_major(minor, currency)
        elif currency in rates:
            figure = to_major(convert(minor, currency, edition.currency, rates[currency]), edition.currency)
            note = f"{note} · {to_major(minor, currency)} {currency} × {rates[currency].normalize():f}"
        else:  # nothing is guessed: it is shown, and counts nothing until a rate is there
            figure, note = Decimal(0), f"{note} · {to_major(minor, currency)} {currency} × ?"
        found[firm].append(Fact("spend", figure, when=at.date().isoformat(), note=note))
    return found


def _written(session: Session, edition: Edition, firms: Select, rule: Rule) -> dict[int, list[Fact]]:
    """What organisers wrote down and did not take back, as far as it counts in this edition."""
    found: dict[int, list[Fact]] = defaultdict(list)
    rows = session.execute(
        select(PointsFact)
        .join(Edition, Edition.id == PointsFact.edition_id)
        .where(PointsFact.organisation_id.in_(firms), PointsFact.retracted_at.is_(None))
        .where(Edition.starts_on <= edition.starts_on)
        .order_by(PointsFact.on_date, PointsFact.id)
    ).scalars()
    for row in rows:
        here = row.edition_id == edition.id
        lasts = row.source in LASTING or (
            row.source == "violations" and remembers(rule, row.on_date, edition.starts_on, here=here)
        )
        if here or lasts:
            when = row.on_date.isoformat()
            found[row.organisation_id].append(
                Fact(row.source, row.figure, row.kind, when, row.note, "record")
            )
    return found
