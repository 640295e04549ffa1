"""A parsed edition with its codes looked up, as the checks want it."""

from collections.abc import Iterable

from expo.exhibitors.names import search_name
from expo.words import Sentence
from expo.words import say as _t
from matchmaking.folder.parse import Parsed, Record
from matchmaking.folder.problems import Problems
from matchmaking.folder.settings import FILE

UNKNOWN: dict[str, Sentence] = {
    "halls": _t("There is no such hall."),
    "zones": _t("There is no such zone."),
    "stands": _t("There is no such stand."),
    "exhibitors": _t("There is no such exhibitor."),
    "buyers": _t("There is no such buyer."),
    "rooms": _t("There is no such room."),
    "forums": _t("There is no such forum."),
    "speakers": _t("There is no such speaker."),
    "talks": _t("There is no such talk."),
    "ceremony_guests": _t("There is no such guest."),
    "tickets": _t("There is no such sort of registration."),
    "questions": _t("There is no such question."),
    "invitations": _t("There is no such code of an invitation."),
    "people": _t("There is no such person."),
    "products": _t("There is no such product."),
    "deals": _t("There is no such deal."),
    "supply_chains": _t("There is no such supply chain."),
    "meeting_requests": _t("There is no such request."),
    "delegates": _t("There is no such person who sits in meetings."),
    "interpreters": _t("There is no such interpreter."),
    "meetings": _t("There is no such meeting."),
    "agenda_versions": _t("There is no such version of the agenda."),
}


class Lookup:
    """A parsed edition with its codes looked up, and a short way to say that a cell is wrong."""

    def __init__(self, parsed: Parsed, problems: Problems):
        self.parsed, self.problems = parsed, problems
        self.settings = parsed.settings
        self.by_code: dict[str, dict[str, Record]] = {}

    @property
    def has_settings(self) -> bool:
        """Whether edition.toml could be read; if not, nothing is measured by it."""
        return FILE not in self.parsed.unread

    def firm(self, record: Record) -> tuple[str, str]:
        """The organisation of an exhibitor or buyer, as folders know it again: by name and country."""
        return search_name(record["name"] or {}), record["country"] or ""

    def rows(self, table: str) -> list[Record]:
        """Rows of a table."""
        return self.parsed.tables[table]

    def add(self, table: str, record: Record, column: str, value: object, reason: Sentence) -> None:
        """Note a problem in a cell."""
        self.problems.add(self.parsed.files.get(table, f"{table}.csv"), record.row, column, value, reason)

    def refers(self, table: str, record: Record, column: str, target: str, codes: Iterable[str]) -> None:
        """Every code must name a row of the target table, unless that table could not be read."""
        if target not in self.parsed.unread:
            for code in codes:
                if code not in self.by_code[target]:
                    self.add(table, record, column, code, UNKNOWN[target])
