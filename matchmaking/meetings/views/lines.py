"""Meetings as a page tells them: with stands, reasons in the reader's language, by day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from babel import Locale

from expo.editions.models import Edition
from expo.languages import BABEL_LOCALES
from expo.web.language import country_name, language
from matchmaking.meetings import queries
from matchmaking.meetings.wording import Why, why


@dataclass(frozen=True)
class Line:
    """A meeting of an agenda with the other party's stands and the reasons in words."""

    meeting: queries.MeetingRow
    stands: Sequence[queries.StandSign]
    why: Why


def lines(rows: Sequence[queries.MeetingRow], stands: dict[int, list[queries.StandSign]]) -> Iterator[Line]:
    """Meetings with stands and reasons, in the language spoken now."""
    named = Locale.parse(BABEL_LOCALES[language()]).languages
    for row in rows:
        told = why(row.reasons, country_name, lambda code: named.get(code, code))
        yield Line(row, stands.get(row.exhibitor.id, []), told)


def days(several: Sequence[Line], edition: Edition) -> Iterator[tuple[date, list[Line]]]:
    """Lines by the day at the venue, in order of time."""
    ordered = sorted(several, key=lambda line: line.meeting.starts_at)
    for day, group in groupby(
        ordered, lambda line: line.meeting.starts_at.astimezone(edition.zone_info).date()
    ):
        yield day, list(group)
