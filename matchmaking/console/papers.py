"""What an edition prints, in words."""

from dataclasses import dataclass

from expo.words import Sentence, say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Paper:
    """Something that is printed."""

    title: Sentence
    note: Sentence
    suffix: str = "pdf"

    @property
    def mimetype(self) -> str:
        """What kind of file it is."""
        return XLSX if self.suffix == "xlsx" else "application/pdf"


PAPERS: dict[str, Paper] = {
    "floor-plan": Paper(say("Floor plan"), say("A3: the site, each hall, everybody by name.")),
    "timetable": Paper(say("Timetable"), say("A3: a day a page, for the wall.")),
    "programme": Paper(say("Programme booklet"), say("A5: every talk and speaker.")),
    "agendas": Paper(say("Agendas"), say("A4: a page for every buyer and exhibitor who meets somebody.")),
    "invoices": Paper(say("Invoices"), say("A4: all that are issued, in one file.")),
    "deals": Paper(say("Deals"), say("Workbook: deals, lines and sums that reconcile."), suffix="xlsx"),
}
