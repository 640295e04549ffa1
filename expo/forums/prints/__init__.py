"""The programme on paper: the timetable on A3 and the booklet."""

from base64 import b64encode
from typing import Any

from flask import current_app
from sqlmodel import Session

from expo import qr
from expo.editions.models import Edition
from expo.forums import services
from expo.forums.grid import grids
from expo.forums.prints import change_files as change_files
from expo.forums.programme import Programme, index_of_people
from expo.forums.sheet import MOST_ROOMS, positions, sheets
from expo.languages import pick
from expo.web.paper import kept_pdf, paper_html

STYLES = ("print.css", "booklet.css", "timetable-sheet.css")


def timetable_pdf(session: Session, edition: Edition, language: str) -> bytes:
    """The released timetable (the draft before any release) on A3, a day a page, as tagged PDF."""
    return kept_pdf(timetable_html(_shown(session, edition), edition, language), STYLES)


def programme_pdf(session: Session, edition: Edition, language: str) -> bytes:
    """The released programme (the draft before any release) as an A5 booklet, as tagged PDF."""
    return kept_pdf(programme_html(_shown(session, edition), edition, language), STYLES)


def _shown(session: Session, edition: Edition) -> Programme:
    return services.programme(session, edition) or services.draft_programme(session, edition)


def timetable_html(programme: Programme, edition: Edition, language: str) -> str:
    """The sheets as HTML."""
    days = grids(programme.items, programme.rooms, MOST_ROOMS)
    made = sheets(days, language)
    css = b64encode(positions(made, language).encode()).decode()
    return _render(
        "timetable_sheet",
        programme,
        edition,
        language,
        sheets=made,
        positions=f"data:text/css;base64,{css}",
    )


def programme_html(programme: Programme, edition: Edition, language: str) -> str:
    """The booklet as HTML."""
    return _render(
        "programme_booklet",
        programme,
        edition,
        language,
        people=index_of_people(programme.items, lambda name: pick(name, language)),
    )


def _render(name: str, programme: Programme, edition: Edition, language: str, **more: Any) -> str:
    site = (current_app.extensions["expo_settings"].site_url or "").rstrip("/")
    live = f"{site}/{edition.code}/programme" if site else ""
    return paper_html(
        f"expo/forums/{name}.html",
        edition,
        language,
        programme=programme,
        live=live,
        qr=qr.picture(live) if live else "",
        **more,
    )
