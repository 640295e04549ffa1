"""Everything an edition prints, made and kept."""

from collections.abc import Callable
from pathlib import Path

from sqlmodel import Session

from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.prints import programme_pdf, timetable_pdf
from expo.orders.prints import invoice_pdf
from expo.orders.services import papers_of
from expo.plan.prints import floor_plan_pdf
from expo.printing import joined
from expo.words import say
from matchmaking.console.papers import PAPERS
from matchmaking.deals.prints import deals_xlsx
from matchmaking.onsite.prints import agendas_path, all_agendas_pdf

Make = Callable[[Session, Edition, str], bytes]


def invoices_pdf(session: Session, edition: Edition, language: str) -> bytes:
    """All issued invoices and credit notes, one after the other."""
    issued = papers_of(session, edition.id)
    if not issued:
        raise Refused(say("No invoice is issued yet."))
    return joined([invoice_pdf(session, invoice, language) for invoice in issued])


MAKERS: dict[str, Make] = {
    "floor-plan": floor_plan_pdf,
    "timetable": timetable_pdf,
    "programme": programme_pdf,
    "agendas": all_agendas_pdf,
    "invoices": invoices_pdf,
    "deals": deals_xlsx,
}
"""How each of PAPERS is made: (session, edition, language) → the file's content."""


def paper_path(instance: Path, edition: Edition, name: str, language: str) -> Path:
    """Where the latest print of a paper in a language lies; agendas are printed at the desk as well."""
    if name == "agendas":
        return agendas_path(instance, edition, language)
    return instance / "prints" / "papers" / edition.code / f"{name}-{language}.{PAPERS[name].suffix}"


def keep(path: Path, content: bytes) -> None:
    """Write a print whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(content)
    fresh.replace(path)
