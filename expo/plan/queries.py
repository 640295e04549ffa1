"""Finding exhibitors and stands on the plan."""

from typing import NamedTuple

from sqlalchemy import String, cast, func
from sqlalchemy.dialects.postgresql import JSONPATH, aggregate_order_by
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from expo.venue.models import Hall, Stand


class FoundPlace(NamedTuple):
    """An exhibitor that was looked for: its hall and its stands there."""

    code: str
    name: dict[str, str]
    hall: str
    stands: list[str]


def search(session: Session, edition: Edition, wanted: str, limit: int) -> list[FoundPlace]:
    """Placed exhibitors whose name, code or stand holds the text, a hall each, by code."""
    like = "%" + wanted.casefold().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
    names = func.jsonb_path_query_array(Organisation.name, cast("$.*", JSONPATH))
    rows = session.execute(
        select(
            Exhibitor.code,
            Organisation.name,
            Hall.code,
            func.array_agg(aggregate_order_by(Stand.code, Stand.code)),
        )
        .select_from(Allotment)
        .join(Exhibitor, Exhibitor.id == Allotment.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .join(Stand, Stand.id == Allotment.stand_id)
        .join(Hall, Hall.id == Stand.hall_id)
        .where(Allotment.edition_id == edition.id)
        .group_by(Exhibitor.id, Organisation.id, Hall.id)
        .having(
            func.lower(cast(names, String)).like(like)
            | func.lower(Exhibitor.code).like(like)
            | func.bool_or(func.lower(Stand.code).like(like))
        )
        .order_by(Exhibitor.code)
        .limit(limit)
    )
    return [FoundPlace(*row) for row in rows]


class StandPlace(NamedTuple):
    """A stand and where it is."""

    code: str
    hall: str


def place_of(session: Session, edition: Edition, code: str) -> StandPlace | None:
    """The stand of that code, whether anybody has it or not."""
    row = session.execute(
        select(Stand.code, Hall.code)
        .join(Hall, Hall.id == Stand.hall_id)
        .where(Stand.edition_id == edition.id, func.lower(Stand.code) == code.lower())
    ).first()
    return StandPlace(*row) if row else None
