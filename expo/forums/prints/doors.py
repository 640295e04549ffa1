"""Signs for the doors of rooms."""

from flask import current_app
from sqlmodel import Session
from werkzeug.routing import BuildError

from expo import qr
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.doors import signs
from expo.forums.prints.context import live_address, rendered, shown
from expo.languages import listed, pick
from expo.web.language import language_name
from expo.web.paper import kept_pdf
from expo.words import say

STYLES = ("print.css", "door-sign-print.css")


def doors_pdf(
    session: Session,
    edition: Edition,
    language: str,
    *,
    version: str = "",
    since: str = "",
    paper: str = "A4",
    room: str = "",
    day: str = "",
) -> bytes:
    """Signs for every room and day (or one of them) on A4 or A3. Refused where nothing is held there."""
    what = shown(session, edition, version, since)
    found = signs(what.programme, paper, room, day)
    if not found:
        raise Refused(say("No talk has a place there, so there is no sign to print."))
    codes = {sign.room.code: now_address(edition, sign.room.code) for sign in found}
    html = rendered(
        "door_signs",
        what,
        edition,
        language,
        signs=found,
        paper=paper,
        other_names={
            sign.room.code: other_names(sign.room.name, edition.languages, language) for sign in found
        },
        codes={code: (address, qr.picture(address)) for code, address in codes.items() if address},
        language_name=lambda code: language_name(code, language),
        spoken=lambda codes: listed((language_name(code, language) for code in codes), language),
    )
    return kept_pdf(html, STYLES)


def other_names(name: dict[str, str], languages: list[str], language: str) -> list[tuple[str, str]]:
    """(language, name) in the edition's other languages, where it is called differently."""
    mine = pick(name, language)
    return [(code, name[code]) for code in languages if code != language and name.get(code, mine) != mine]


def now_address(edition: Edition, room: str) -> str:
    """What is on in the room at the moment, where there is such a page; else the room's programme."""
    try:
        urls = current_app.url_map.bind("")
        tail = urls.build("forums.now_room", {"edition": edition.code, "room": room}).split("/", 2)[2]
    except BuildError:
        tail = f"programme?room={room}"
    return live_address(edition, tail)
