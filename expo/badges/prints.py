"""Badges on paper: four A6 to an A4 sheet."""

from collections.abc import Callable, Sequence
from typing import Any

from babel.dates import format_interval
from flask import current_app, g
from sqlmodel import Session

from expo import printing
from expo.badges import queries, services
from expo.badges.card import Card, make_card
from expo.badges.keys import badge_key
from expo.badges.sheet import PER_SHEET, drawn, sheets
from expo.badges.signs import SIGNS
from expo.editions.models import Edition
from expo.errors import Refused
from expo.languages import BABEL_LOCALES, direction, pick
from expo.registration.kinds import NAMES
from expo.registration.queries import EVERYBODY, PeopleFilter
from expo.web.language import country_name, speaking
from expo.words import say

CHUNK = 100 * PER_SHEET
"""Badges laid out at once: fewer embed the fonts more often, more keep progress waiting."""

Progress = Callable[[int, int], bool]
"""(done, total) → whether to go on."""


def badges_pdf(
    session: Session,
    edition: Edition,
    language: str,
    wanted: PeopleFilter = EVERYBODY,
    progress: Progress | None = None,
    only_new: bool = False,
) -> bytes:
    """The badges of the people whom the filter finds; who has none yet is issued one.

    Kinds, countries and dates are in `language`. Needs an application, not a request. Refused when there is
    nothing to print, or when `progress` asks to stop.
    """
    services.issue_all(session, edition, wanted)
    return sheets_pdf(
        session, edition, language, queries.to_print(session, edition, wanted, only_new), progress
    )


def sheets_pdf(
    session: Session, edition: Edition, language: str, rows: Sequence[Any], progress: Progress | None = None
) -> bytes:
    """Badges of `queries.to_print` as a PDF, in their order."""
    if not rows:
        raise Refused(say("There is no badge to print here: change the filter, or register people first."))
    signer = services.signer_of(session, edition, badge_key(current_app.extensions["expo_settings"]))
    parts, g.edition = [], edition
    with speaking(language):
        for start in range(0, len(rows), CHUNK):
            cards = [_card(row, language, signer) for row in rows[start : start + CHUNK]]
            html = _html(edition, language, cards)
            parts.append(drawn(printing.pdf(html, accessible=False), cards, direction(language) == "rtl"))
            if progress and not progress(min(start + CHUNK, len(rows)), len(rows)):
                raise Refused(say("The printing was stopped. No badge was marked as printed."))
    return parts[0] if len(parts) == 1 else printing.joined(parts)


def _card(row: Any, language: str, signer: services.Signer) -> Card:
    return make_card(
        kind=row.kind,
        code=row.code,
        name=row.name,
        own_language=row.language,
        position=row.position,
        organisation=row.organisation,
        country=country_name(row.country) if row.country else "",
        token=signer.token(row.person_id, row.serial, row.key_number),
        language=language,
    )


def _html(edition: Edition, language: str, cards: Sequence[Card]) -> str:
    return current_app.jinja_env.get_template("expo/badges/badge_sheets.html").render(
        locale=language,
        direction=direction(language),
        edition=edition,
        title=pick(edition.name, language),
        dates=format_interval(edition.starts_on, edition.ends_on, "yMMMd", locale=BABEL_LOCALES[language]),
        sheets=sheets(cards),
        signs=SIGNS,
        kinds=NAMES,
    )
