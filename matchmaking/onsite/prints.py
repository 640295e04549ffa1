"""Papers of the day: one's own agenda, who sits where, cards for tables, an interpreter's sheet."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from babel import Locale
from sqlmodel import Session

from expo import printing
from expo.clock import now
from expo.editions.models import Edition
from expo.languages import BABEL_LOCALES
from expo.web.language import country_name, speaking
from expo.web.language import language as spoken
from expo.web.paper import paper_html
from matchmaking.meetings.queries import StandSign
from matchmaking.meetings.queries import stands as signs
from matchmaking.meetings.wording import Why, why
from matchmaking.onsite.queries import agendas
from matchmaking.onsite.queries.agendas import Line
from matchmaking.requests.sides import BUYER, SUPPLIER, other

PER_PRINT = 60
"""Agendas laid out at once: the work grows faster than the pages, so a large print is made in parts."""
STANDING = ("planned", "held")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Sheet:
    """Somebody's day on paper: `them` is the side across; '' for an interpreter, who sits between both."""

    name: Any
    code: str
    note: str
    them: str
    days: Sequence[tuple[date, Sequence[tuple[Line, Why]]]]
    count: int
    stands: Mapping[int, Sequence[StandSign]]


def agendas_path(instance: Path, edition: Edition, language: str) -> Path:
    """Where the last print in a language lies, whether the desk or the printing room made it."""
    return instance / "prints" / "papers" / edition.code / f"agendas-{language}.pdf"


def printed_at(path: Path) -> datetime | None:
    """When a print was made; None where there is none."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.is_file() else None


def told(line: Line) -> Why:
    """Why the two meet, in the language spoken now."""
    named = Locale.parse(BABEL_LOCALES[spoken()]).languages
    return why(line.reasons, country_name, lambda code: named.get(code, code))


def _sheet(
    edition: Edition, name: Any, code: str, note: str, them: str, lines: Sequence[Line],
    stands: Mapping[int, Sequence[StandSign]],
) -> Sheet:  # fmt: skip
    zone = edition.zone_info
    days = [
        (day, [(line, told(line)) for line in several])
        for day, several in groupby(lines, lambda line: line.starts_at.astimezone(zone).date())
    ]
    return Sheet(name, code, note, them, days, len(lines), stands)


def agenda_pdf(
    session: Session,
    edition: Edition,
    party: tuple[str, int],
    name: Any,
    code: str,
    language: str,
    person: tuple[int, str] | None = None,
) -> bytes:
    """The meetings of a party, or of one of its people, in a language. Needs an application."""
    lines = agendas.lines(
        session, edition, party=party, person=person[0] if person else None, states=STANDING
    )
    with speaking(language):
        stands = signs(session, edition)
        sheet = _sheet(edition, name, code, person[1] if person else "", other(party[0]), lines, stands)
        return printing.pdf(_html(edition, [sheet], language))


def interpreter_pdf(session: Session, edition: Edition, number: int, name: str, language: str) -> bytes:
    """Where an interpreter sits when, between whom."""
    lines = agendas.lines(session, edition, interpreter=number, states=STANDING)
    with speaking(language):
        sheet = _sheet(edition, name, "", "", "", lines, {})
        return printing.pdf(_html(edition, [sheet], language))


def all_agendas_pdf(
    session: Session, edition: Edition, language: str, progress: Progress | None = None
) -> bytes:
    """A sheet for every buyer and every exhibitor that meets somebody, buyers first, by code."""
    lines = agendas.lines(session, edition, states=STANDING)
    stands = signs(session, edition)
    with speaking(language):
        made = [sheet for side in (BUYER, SUPPLIER) for sheet in _of_side(edition, side, lines, stands)]
        chunks = [made[start : start + PER_PRINT] for start in range(0, max(1, len(made)), PER_PRINT)]
        pages = [_html(edition, chunk, language) for chunk in chunks]
    parts = []
    for part in printing.pdfs(pages):
        parts.append(part)
        if progress:
            progress(min(len(parts) * PER_PRINT, len(made)), len(made))
    return printing.joined(parts) if len(parts) > 1 else parts[0]


def _of_side(
    edition: Edition, side: str, lines: Sequence[Line], stands: Mapping[int, Sequence[StandSign]]
) -> Iterator[Sheet]:
    by_party: dict[str, list[Line]] = {}
    for line in lines:
        by_party.setdefault(line.seats[side].code, []).append(line)
    for code, several in sorted(by_party.items()):
        seat = several[0].seats[side]
        yield _sheet(edition, seat.name, code, country_name(seat.country), other(side), several, stands)


def _html(edition: Edition, sheets: Sequence[Sheet], language: str) -> str:
    return paper_html("matchmaking/onsite/agenda_print.html", edition, language, sheets=sheets, now=now())


def table_plan_pdf(session: Session, edition: Edition, slots: Sequence[Any], language: str) -> bytes:
    """Who sits where, a page (or more) for each slot, to hang out."""
    wanted = {slot.number for slot in slots}
    by_slot: dict[int, list[Line]] = {}
    for line in agendas.lines(session, edition, states=STANDING):
        if line.slot in wanted:
            by_slot.setdefault(line.slot, []).append(line)
    pages = [(slot, by_slot.get(slot.number, [])) for slot in slots]
    with speaking(language):
        html = paper_html(
            "matchmaking/onsite/table_plan_print.html", edition, language, pages=pages, now=now()
        )
        return printing.pdf(html)


def tent_cards_pdf(edition: Edition, numbers: Sequence[int], language: str) -> bytes:
    """A card to fold for every table: its number large, on both faces."""
    with speaking(language):
        html = paper_html(
            "matchmaking/onsite/tents_print.html", edition, language, numbers=numbers, now=now()
        )
        return printing.pdf(html)
