"""Tables of exports: read for the index of each country, and taken from a file."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import delete, func, insert
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.catalogue.models import Product
from matchmaking.recommendations.models import ExportFlow, ExportSource
from matchmaking.recommendations.trade import Trade, balassa


def trade_of(session: Session, edition: Edition) -> Trade:
    """What countries are strong in: by the edition's table of exports, or else by how many products from
    each country are on offer here."""
    source = session.get(ExportSource, edition.id)
    if source:
        flows = select(ExportFlow.country, ExportFlow.chapter, ExportFlow.value)
        flows = flows.where(ExportFlow.edition_id == edition.id)
    else:
        chapter = func.left(Product.hs, 2)
        flows = select(Product.origin, chapter, func.count()).where(Product.edition_id == edition.id)
        flows = flows.group_by(Product.origin, chapter)
    rows = [(country, chapter, float(value)) for country, chapter, value in session.execute(flows)]
    return Trade(balassa(rows), source.source if source else "", source.year if source else None)


def take_exports(
    session: Session,
    edition: Edition,
    found: Sequence[tuple[str, str, Decimal]],
    source: str,
    year: int | None,
) -> int:
    """Put a table of exports (country, chapter, value) in the place of the one there is; how many rows.

    Refused without its source: what is said of countries has to be checkable.
    """
    if not source.strip():
        raise Refused(say("Say where the figures come from."))
    drop_exports(session, edition)
    session.add(ExportSource(edition_id=edition.id, source=source.strip(), year=year))
    session.flush()
    rows = [
        {"edition_id": edition.id, "country": country, "chapter": chapter, "value": value}
        for country, chapter, value in found
    ]
    session.execute(insert(ExportFlow), rows)
    return len(rows)


def drop_exports(session: Session, edition: Edition) -> None:
    """Forget the table: the edition's own offers count again."""
    for model in (ExportFlow, ExportSource):
        session.execute(delete(model).where(model.edition_id == edition.id))
