"""Who sits where in a slot, and cards that stand on the tables."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from expo.badges.prints import cards
from expo.editions.models import Edition
from expo.errors import Refused
from expo.languages import pick
from expo.press.pen import Pen
from expo.web import _
from expo.web.language import as_date, as_number, as_time, at_venue, ngettext, speaking
from expo.words import say
from matchmaking.onsite.prints.setting import PRINTED, Values, paper_job, seated, set_beside
from matchmaking.onsite.queries import agendas
from matchmaking.onsite.queries.agendas import Line


def table_plan_pdf(session: Session, edition: Edition, slots: Sequence[Any], language: str) -> bytes:
    """Who sits where, a page (or more) for each slot, to hang out. Needs an application."""
    by_slot: dict[int, list[Line]] = {slot.number: [] for slot in slots}
    for line in agendas.lines(session, edition, states=PRINTED):
        if line.slot in by_slot:
            by_slot[line.slot].append(line)
    pen = Pen(language)
    with speaking(language), at_venue(edition):
        labels = {"table": _("Table"), "buyer": _("Buyer"), "exhibitor": _("Exhibitor")}
        labels["nobody"] = _("Nobody meets at this time")
        job = paper_job(
            edition,
            pen,
            "tables",
            _("Table plan"),
            labels={name: pen.sentence(words) for name, words in labels.items()},
            slots=[_slot(pen, slot, by_slot[slot.number]) for slot in slots],
        )
    return set_beside(job)


def _slot(pen: Pen, slot: Any, lines: Sequence[Line]) -> Values:
    meetings = ngettext("%(num)s meeting", "%(num)s meetings", len(lines))
    return {
        "when": f"{as_time(slot.starts_at)}–{as_time(slot.ends_at)}",
        "day": pen.row(pen.sentence(as_date(slot.starts_at, "full")), pen.sentence(meetings)),
        "rows": [_row(pen, line) for line in lines],
    }


def _row(pen: Pen, line: Line) -> Values:
    interpreter = _("Interpreter: %(name)s", name=line.interpreter) if line.interpreter else ""
    return {
        "table": as_number(line.table),
        "buyer": seated(pen, line.buyer),
        "exhibitor": seated(pen, line.supplier),
        "interpreter": pen.sentence(interpreter),
    }


def tent_cards_pdf(edition: Edition, numbers: Sequence[int], language: str) -> bytes:
    """A card to fold for every table, its number large on both faces. Refused for none."""
    if not numbers:
        raise Refused(say("There are no tables yet."))
    with speaking(language):
        made = cards.tables(_("Table"), map(as_number, numbers), pick(edition.name, language), language)
    return cards.cards_pdf(edition, language, "A4", made)[0]
