"""What the main job leaves on disk for people and programs."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sqlmodel import Session

from expo.allocation import queries as places
from expo.badges import prints as badges
from expo.editions.models import Edition
from expo.forums import prints as programme
from expo.forums import services as forums
from expo.plan import prints as floor
from matchmaking.deals import prints as ledger
from matchmaking.onsite import prints as agendas

SITE = "https://caravanserai.example"
"""The address that feeds made without a server refer to."""
LANGUAGE = "en"

Paper = Callable[[Session, Edition, str], bytes | str]


def _feed(form: str) -> Paper:
    def make(session: Session, edition: Edition, language: str) -> bytes:
        return forums.feed(session, edition, form, SITE, language) or b""

    return make


PAPERS: dict[str, Paper] = {
    "floor-plan.svg": floor.floor_plan_svg,
    "floor-plan.pdf": floor.floor_plan_pdf,
    "allocation.csv": lambda session, edition, _: places.allocation_csv(session, edition),
    "timetable.pdf": programme.timetable_pdf,
    "programme.pdf": programme.programme_pdf,
    "badges.pdf": badges.badges_pdf,
    "agendas.pdf": agendas.all_agendas_pdf,
    "deals.xlsx": ledger.deals_xlsx,
    "schedule.xml": _feed("xml"),
    "schedule.json": _feed("json"),
    "schedule.ics": _feed("ics"),
}


def write_papers(
    session: Session, edition: Edition, out: Path, papers: Mapping[str, Paper]
) -> Iterator[tuple[str, int]]:
    """Make each paper and write it into `out`; names and sizes as they are done. Needs an application."""
    out.mkdir(parents=True, exist_ok=True)
    for name, make in papers.items():
        made = make(session, edition, LANGUAGE)
        content = made if isinstance(made, bytes) else made.encode()
        (out / name).write_bytes(content)
        yield name, len(content)
