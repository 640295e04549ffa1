"""Tables of exports: read for the index of each country, and taken from a file."""

from sqlalchemy import func
from sqlmodel import Session, select

from expo.editions.models import Edition
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
