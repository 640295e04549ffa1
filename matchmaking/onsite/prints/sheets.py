"""Agendas as values for the press: a sheet is somebody's meetings by day. Within `speaking`, `at_venue`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from expo.editions.models import Edition
from expo.languages import COMMAS, LanguageMap
from expo.press.colours import HUES, ink_on
from expo.press.pen import Pen, Run
from expo.web import _
from expo.web.language import (
    as_clauses,
    as_date,
    as_number,
    as_time,
    country_name,
    language,
    language_name,
    ngettext,
)
from matchmaking.meetings.queries import StandSign
from matchmaking.meetings.wording import Why, why
from matchmaking.onsite.prints.setting import Values, seated
from matchmaking.onsite.queries.agendas import Line
from matchmaking.requests.sides import BUYER, other

STANDS = 3
"""Of one exhibitor, named in a row of an agenda."""


def told(line: Line) -> Why:
    """Why the two meet, in the language spoken now."""
    here = language()
    return why(line.reasons, country_name, lambda code: language_name(code, here))


@dataclass(frozen=True)
class Whose:
    """The head of a sheet; `side` is '' for an interpreter, who sits between both."""

    name: LanguageMap | str
    code: str = ""
    note: str = ""
    side: str = ""


@dataclass(frozen=True)
class Writer:
    """Writes sheets; why two meet is written once for both of them."""

    edition: Edition
    pen: Pen
    stands: Mapping[int, Sequence[StandSign]]
    _reasons: dict[int, Values] = field(default_factory=dict)

    def sheet(self, whose: Whose, lines: Sequence[Line]) -> Values:
        """The sheet of a party, of one of its people or of an interpreter."""
        zone = self.edition.zone_info
        days = [
            (day, list(several))
            for day, several in groupby(lines, lambda line: line.starts_at.astimezone(zone).date())
        ]
        return {
            "kicker": self.pen.row(self.pen.sentence(_("Your meetings")), self.pen.named(self.edition.name)),
            "name": self.pen.named(whose.name) or self.pen.text(whose.code or "–"),
            "code": self.pen.text(whose.code),
            "note": self.pen.text(whose.note),
            "sum": self._sum(days, len(lines)),
            "days": [
                {"title": self.pen.sentence(as_date(day, "full")), "rows": self._rows(whose.side, several)}
                for day, several in days
            ],
        }

    def _sum(self, days: Sequence[tuple[date, Sequence[Line]]], count: int) -> list[Run]:
        said = [ngettext("%(num)s meeting", "%(num)s meetings", count)]
        said += [f"{as_date(day, 'EEE d MMM')}: {as_number(len(several))}" for day, several in days]
        return self.pen.row(*map(self.pen.sentence, said))

    def _rows(self, side: str, lines: Sequence[Line]) -> list[Values]:
        rows, before = [], None
        for line in lines:
            wanted = None if line.wanted == before else line.wanted
            rows.append(self._row(side, line) | {"wanted": self.pen.named(wanted)} | self._why(line))
            before = line.wanted
        return rows

    def _row(self, side: str, line: Line) -> Values:
        across = [line.seats[other(side)]] if side else [line.buyer, line.supplier]
        shown = side and line.interpreter
        return {
            "from": as_time(line.starts_at),
            "to": as_time(line.ends_at),
            "table": as_number(line.table),
            "parties": [seated(self.pen, seat) for seat in across],
            "stands": self._stands(line.supplier.id) if side == BUYER else None,
            "interpreter": self.pen.sentence(_("Interpreter: %(name)s", name=shown)) if shown else [],
        }

    def _stands(self, exhibitor: int) -> Values | None:
        found = self.stands.get(exhibitor)
        if not found:
            return None
        fill = HUES[(found[0].hue - 1) % len(HUES) + 1]
        codes = self.pen.row(
            *(self.pen.text(stand.code) for stand in found[:STANDS]), between=COMMAS[self.pen.language]
        )
        return {
            "fill": fill,
            "ink": ink_on(fill),
            "letter": found[0].letter,
            "codes": codes + list(self.pen.sentence(" …") if len(found) > STANDS else ()),
            "hall": self.pen.named(found[0].hall),
        }

    def _why(self, line: Line) -> Values:
        if line.number not in self._reasons:
            found = told(line)
            self._reasons[line.number] = {
                "offered": self.pen.named(line.offered),
                "reasons": self.pen.sentence(as_clauses(found.reasons)),
                "settle": self._settle(as_clauses(found.to_settle)),
            }
        return self._reasons[line.number]

    def _settle(self, clauses: str) -> Sequence[Run]:
        return self.pen.sentence(f"{_('To settle:')} {clauses}") if clauses else []
