"""The ranking, and whose turn comes when."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Text, column, exists, func, literal, table
from sqlalchemy import cast as sql_cast
from sqlmodel import Session, and_, or_, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation

PAGE = 50
# A room above owns this table.
ALLOTMENT = table("allotment", column("edition_id"))
SORTS = ("turn", "points", "paid_on", "code", "country", "area_m2")


@dataclass(frozen=True)
class Looked:
    """What part of the ranking is looked at: words to find, who waits for a decision too, and the order."""

    words: str = ""
    waiting: bool = False
    sort: str = "turn"


def draw(edition: Edition) -> ColumnElement[bytes]:
    """The lottery of `expo.points.ranking` in SQL: the first eight bytes of SHA-256 of "seed:code"."""
    text = func.concat(literal(f"{edition.seed}:", Text), Exhibitor.code)
    return func.substring(func.sha256(func.convert_to(text, "UTF8")), 1, 8)


def turn_order(edition: Edition) -> tuple[ColumnElement[Any], ...]:
    """What turns are sorted by, as `expo.points.ranking.turn_key` has it."""
    code = sql_cast(Exhibitor.code, Text).collate("C")
    return Exhibitor.points.desc(), Exhibitor.paid_on.asc().nulls_last(), draw(edition), code


def _pool(edition: Edition, *, waiting: bool) -> list[Any]:
    states = ("accepted", "submitted") if waiting else ("accepted",)
    return [Exhibitor.edition_id == edition.id, Exhibitor.state.in_(states)]


def ranking(
    session: Session, edition: Edition, looked: Looked, page: int | None = None
) -> tuple[int, Sequence[Any]]:
    """How many are found, and one page of them (all without one) with turn and draw."""
    turn = func.row_number().over(order_by=turn_order(edition)).label("turn")
    ranked = (
        select(
            Exhibitor.code, Exhibitor.state, Exhibitor.points, Exhibitor.paid_on, Exhibitor.area_m2,
            Exhibitor.points_origin, Exhibitor.newcomer, Exhibitor.search_text, Organisation.name,
            Organisation.country, turn, func.encode(draw(edition), "hex").label("draw"),
        )
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(*_pool(edition, waiting=looked.waiting))
        .subquery()
    )  # fmt: skip
    query = select(ranked)
    for word in looked.words.casefold().split():
        query = query.where(ranked.c.search_text.contains(word, autoescape=True))
    total = session.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    name = looked.sort.removeprefix("-")
    key = ranked.c[name if name in SORTS else "turn"]
    query = query.order_by(key.desc().nulls_last() if looked.sort.startswith("-") else key.nulls_last(),
                           ranked.c.turn)  # fmt: skip
    if page is not None:
        query = query.limit(PAGE).offset((page - 1) * PAGE)
    return total, session.execute(query).all()


@dataclass(frozen=True)
class Turn:
    """Whose turn it is: `place` of `of`; `equals` others have the same points; `next_gap` is what the one
    before has more (None: nobody is before, or one with equal points)."""

    place: int
    of: int
    equals: int
    next_gap: Decimal | None


def turn_of(session: Session, edition: Edition, exhibitor: Exhibitor) -> Turn:
    """An exhibitor's turn among the accepted ones and itself."""
    pool = (
        select(
            Exhibitor.id, Exhibitor.points, func.row_number().over(order_by=turn_order(edition)).label("turn")
        )
        .where(Exhibitor.edition_id == edition.id)
        .where(or_(Exhibitor.state == "accepted", Exhibitor.id == exhibitor.id))
        .subquery()
    )
    place, of, equals, above = session.execute(
        select(
            select(pool.c.turn).where(pool.c.id == exhibitor.id).scalar_subquery(),
            func.count(),
            func.count().filter(pool.c.points == exhibitor.points, pool.c.id != exhibitor.id),
            func.min(pool.c.points).filter(pool.c.points > exhibitor.points),
        ).select_from(pool)
    ).one()
    return Turn(place, of, equals, above - exhibitor.points if above is not None else None)


def turns_with(
    session: Session, edition: Edition, exhibitor: Exhibitor, more: Sequence[Decimal]
) -> list[int]:
    """The turn the exhibitor would have with so many points more, for each; ties left as they are."""
    if not more:
        return []
    others = (Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted", Exhibitor.id != exhibitor.id)
    before = [
        func.count().filter(
            or_(
                Exhibitor.points > exhibitor.points + points,
                and_(Exhibitor.points == exhibitor.points + points, _earlier(edition, exhibitor)),
            )
        )
        for points in more
    ]
    row = session.execute(select(*before).where(*others)).one()
    return [number + 1 for number in row]


def _earlier(edition: Edition, exhibitor: Exhibitor) -> ColumnElement[bool]:
    """Whether somebody with equal points comes before: paid earlier, or luckier on the same day."""
    mine = select(draw(edition)).where(Exhibitor.id == exhibitor.id).correlate(None).scalar_subquery()
    luckier = draw(edition) < mine
    if exhibitor.paid_on is None:
        return or_(Exhibitor.paid_on.is_not(None), luckier)
    return or_(Exhibitor.paid_on < exhibitor.paid_on, and_(Exhibitor.paid_on == exhibitor.paid_on, luckier))


def draw_of(session: Session, edition: Edition, exhibitor: Exhibitor) -> str:
    """The exhibitor's lot as 16 hexadecimal digits, as `sha256sum` shows them."""
    asked = select(func.encode(draw(edition), "hex")).where(Exhibitor.id == exhibitor.id)
    return session.execute(asked).scalar_one()


def names_of(session: Session, edition: Edition, codes: Sequence[str]) -> dict[str, dict[str, str]]:
    """Exhibitor code → name, for these codes."""
    rows = session.execute(
        select(Exhibitor.code, Organisation.name)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.edition_id == edition.id, Exhibitor.code.in_(codes))
    )
    return dict(tuple(row) for row in rows)


def has_allotments(session: Session, edition: Edition) -> bool:
    """Whether stands are given out already, so that turns no longer matter for them."""
    given = exists().where(ALLOTMENT.c.edition_id == edition.id)
    return bool(session.execute(select(given)).scalar())
