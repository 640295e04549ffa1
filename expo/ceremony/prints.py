"""The run sheet on paper."""

from sqlmodel import Session

from expo import qr
from expo.ceremony import services
from expo.ceremony.forms import KINDS, ROLES
from expo.ceremony.services import Sheet
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Room, Talk
from expo.forums.prints import register
from expo.forums.prints.context import live_address
from expo.web.language import speaking
from expo.web.paper import kept_pdf, paper_html
from expo.words import say

STYLES = ("print.css", "stage-print.css")


def run_sheet_pdf(
    session: Session,
    edition: Edition,
    language: str,
    *,
    version: str = "",
    since: str = "",
    talk: Talk | None = None,
) -> bytes:
    """The run sheets of all ceremonies (or of one) as tagged PDF. Refused where none has an item yet.

    They follow the working timetable, whatever `version` and `since` say of other papers: a run sheet is for
    those behind the stage.
    """
    talks = [talk] if talk else services.ceremonies(session, edition)
    sheets = [sheet for one in talks if (sheet := services.sheet_of(session, edition, one)).running.rows]
    if not sheets:
        raise Refused(say("No ceremony has a run sheet yet."))
    live = live_address(edition)
    with speaking(language):
        words = {"kinds": {key: str(it) for key, it in KINDS.items()},
                 "roles": {key: str(it) for key, it in ROLES.items()}}  # fmt: skip
    html = paper_html(
        "expo/ceremony/run_sheet.html",
        edition,
        language,
        sheets=[(sheet, _room(session, sheet)) for sheet in sheets],
        live=live,
        qr=qr.picture(live) if live else "",
        **words,
    )
    return kept_pdf(html, STYLES)


def _room(session: Session, sheet: Sheet) -> dict[str, str]:
    return session.get_one(Room, sheet.slot.room_id).name if sheet.slot else {}


register(
    "run-sheet",
    say("Run sheets of ceremonies"),
    say("Minute by minute: who in order of protocol, what is needed on stage, cues."),
    run_sheet_pdf,
)
