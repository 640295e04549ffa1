"""The timetable on A3 or A2, a day a sheet or more."""

from base64 import b64encode

from sqlmodel import Session

from expo.editions.models import Edition
from expo.forums.prints.context import Shown, rendered, shown
from expo.forums.sheet import PAPERS, positions, sheets
from expo.web.paper import kept_pdf

STYLES = ("print.css", "timetable-sheet.css")


def timetable_pdf(
    session: Session,
    edition: Edition,
    language: str,
    *,
    version: str = "",
    since: str = "",
    paper: str = "A3",
    day: str = "",
) -> bytes:
    """A version's timetable (the draft's before any release) as tagged PDF; `day` (ISO) for one day."""
    what = shown(session, edition, version, since)
    return kept_pdf(timetable_html(what, edition, language, paper, day), STYLES)


def timetable_html(what: Shown, edition: Edition, language: str, paper: str = "A3", day: str = "") -> str:
    """The sheets as HTML."""
    size = PAPERS[paper]
    made = sheets(what.programme, language, size, day)
    css = b64encode(positions(made, language, size).encode()).decode()
    return rendered(
        "timetable_sheet",
        what,
        edition,
        language,
        sheets=made,
        positions=f"data:text/css;base64,{css}",
    )
