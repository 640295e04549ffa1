"""Registrations in figures: day by day, by sort against its places, by country, by answer."""

from babel import dates
from flask import g, render_template

from expo.registration.queries import figures
from expo.registration.services import enrolling
from expo.registration.services.asked import questions
from expo.registration.views.blueprint import CONSOLE, bp
from expo.web import db, needs
from expo.web.language import country_name, reader_locale

MOST_COUNTRIES = 20
MOST_COLUMNS = 92


@bp.get(f"{CONSOLE}/figures")
@needs("registration.view")
def statistics():
    """How registration goes."""
    days = figures.per_day(db(), g.edition)
    by_week = len(days) > MOST_COLUMNS
    if by_week:
        days = figures.weeks(days)
    lands = figures.per_country(db(), g.edition)
    return render_template(
        "expo/registration/statistics.html",
        days=[(dates.format_skeleton("MMMd", day, locale=reader_locale()), count) for day, count in days],
        by_week=by_week,
        countries=[
            (country_name(code) if code else "–", count, code) for code, count in lands[:MOST_COUNTRIES]
        ],
        others=len(lands) - MOST_COUNTRIES,
        tickets=enrolling.tickets(db(), g.edition),
        answers=figures.per_answer(db(), g.edition),
        questions=[one for one in questions(db(), g.edition) if one.kind in ("choice", "choices", "yesno")],
    )


def _land(code: str) -> str:
    return country_name(code) if code else "–"
