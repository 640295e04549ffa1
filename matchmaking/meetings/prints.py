"""Every buyer's agenda on paper."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from babel import Locale
from sqlmodel import Session

from expo import printing
from expo.clock import now
from expo.editions.models import Edition
from expo.languages import BABEL_LOCALES
from expo.web.language import country_name, speaking
from expo.web.language import language as spoken
from expo.web.paper import paper_html
from matchmaking.meetings import queries
from matchmaking.meetings.wording import Why, why

PER_PRINT = 75
"""Buyers laid out at once: the work grows faster than the pages, so a large print is made in parts."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Line:
    """A meeting of an agenda with the other party's stands and the reasons in words."""

    meeting: queries.MeetingRow
    stands: Sequence[queries.StandSign]
    why: Why


@dataclass(frozen=True)
class Sheet:
    """One party's agenda: its meetings by day."""

    party: queries.PartyRow
    days: Sequence[tuple[date, Sequence[Line]]]


def agendas_pdf(session: Session, edition: Edition, language: str, progress: Progress | None = None) -> bytes:
    """A page for every buyer who meets somebody, by code, as tagged PDF. Needs an application."""
    with speaking(language):
        made = sheets(session, edition)
        chunks = [made[start : start + PER_PRINT] for start in range(0, max(1, len(made)), PER_PRINT)]
        pages = [agendas_html(edition, chunk, language) for chunk in chunks]
    parts = []
    for part in printing.pdfs(pages):
        parts.append(part)
        if progress:
            progress(min(len(parts) * PER_PRINT, len(made)), len(made))
    return printing.joined(parts) if len(parts) > 1 else parts[0]


def agenda_pdf(session: Session, edition: Edition, buyer: queries.PartyRow, language: str) -> bytes:
    """One buyer's page."""
    with speaking(language):
        return printing.pdf(agendas_html(edition, sheets(session, edition, buyer), language))


def sheets(session: Session, edition: Edition, only: queries.PartyRow | None = None) -> list[Sheet]:
    """The agendas of the buyers who meet somebody, or of one buyer even without meetings."""
    parties = [only] if only else [row for row in queries.buyers(session, edition) if row.count]
    rows = queries.meetings(session, edition, buyer=only.id if only else None)
    by_buyer: dict[int, list[Line]] = {}
    for line in lines(rows, queries.stands(session, edition)):
        by_buyer.setdefault(line.meeting.buyer.id, []).append(line)
    return [Sheet(party, list(days(by_buyer.get(party.id, []), edition))) for party in parties]


def lines(rows: Sequence[queries.MeetingRow], stands: dict[int, list[queries.StandSign]]) -> Iterator[Line]:
    """Meetings with stands and reasons, in the language spoken now."""
    named = Locale.parse(BABEL_LOCALES[spoken()]).languages
    for row in rows:
        yield Line(
            row,
            stands.get(row.exhibitor.id, []),
            why(row.reasons, country_name, lambda code: named.get(code, code)),
        )


def days(several: Sequence[Line], edition: Edition) -> Iterator[tuple[date, list[Line]]]:
    """Lines by the day at the venue, in order of time."""
    ordered = sorted(several, key=lambda line: line.meeting.starts_at)
    for day, group in groupby(
        ordered, lambda line: line.meeting.starts_at.astimezone(edition.zone_info).date()
    ):
        yield day, list(group)


def agendas_html(edition: Edition, made: Sequence[Sheet], language: str) -> str:
    """The agendas as HTML, within a request or without."""
    return paper_html("matchmaking/meetings/agendas_print.html", edition, language, sheets=made, now=now())
