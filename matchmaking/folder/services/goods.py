"""The folder's nomenclature and its table of exports brought into an edition."""

from sqlmodel import Session

from expo.clock import now
from expo.editions.models import Edition
from matchmaking.catalogue.models import HsCode
from matchmaking.folder.parse import Parsed
from matchmaking.folder.services.bulk import bulk
from matchmaking.recommendations.models import ExportFlow, ExportSource


def bring_goods(session: Session, edition: Edition, parsed: Parsed) -> None:
    """Make them as they are in the folder."""
    of, tables = {"edition_id": edition.id}, parsed.tables
    bulk(session, HsCode, [of | r.values for r in tables["nomenclature"]])
    sources = [of | r.values | {"taken_at": r["taken_at"] or now()} for r in tables["export_source"]]
    bulk(session, ExportSource, sources)
    bulk(session, ExportFlow, [of | r.values for r in tables["exports"]])
