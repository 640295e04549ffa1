"""For organisers: how many leads stands have, and nothing of whom."""

from datetime import date

from flask import g, render_template, request

from expo.languages import pick
from expo.spreadsheets import csv_bytes
from expo.web import _, db, needs
from expo.web.files import file_answer
from expo.web.language import as_date, language
from matchmaking.leads import queries
from matchmaking.leads.views.blueprint import CONSOLE, bp


@bp.get(CONSOLE)
@needs("registration.view")
def count_list():
    """Each stand's numbers, of all days or one."""
    rows = queries.counts_of(db(), g.edition, _day())
    return render_template(
        "matchmaking/leads/count_list.html",
        rows=rows,
        leads=sum(row.leads for row in rows),
        visits=sum(row.visits for row in rows),
        active=sum(row.leads > 0 for row in rows),
        days=[
            ("", _("All days")),
            *((day.isoformat(), as_date(day)) for day in queries.days_of(db(), g.edition)),
        ],
    )


@bp.get(f"{CONSOLE}.csv")
@needs("registration.view")
def count_file():
    """The same as a file."""
    rows = queries.counts_of(db(), g.edition, _day())
    head = [_("Exhibitor"), _("Name"), _("Leads"), _("Visits")]
    lines = [[row.code, pick(row.name, language()), row.leads, row.visits] for row in rows]
    return file_answer(csv_bytes([head, *lines], bom=True), "text/csv; charset=utf-8", "leads.csv")


def _day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None
