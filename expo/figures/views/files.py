"""Figures as files: sums for a certificate, and the rows behind them for whoever audits it."""

from collections.abc import Iterator, Sequence
from datetime import date

from flask import Response, current_app, g, request, stream_with_context
from sqlmodel import Session

from expo.audit.services import note
from expo.editions.models import Edition
from expo.figures import queries
from expo.figures.views.blueprint import ADDRESS, add_up, bp
from expo.spreadsheets import Cell, csv_bytes, csv_stream
from expo.web import _, db, needs
from expo.web.files import file_answer

KIND = "text/csv; charset=utf-8"


@bp.get(f"{ADDRESS}/days.csv")
@needs("figures.view")
def day_file():
    """Every day's visitors and visits."""
    add_up()
    rows = [
        [day.isoformat(), one.visits, one.firsts, one.returning, one.others]
        for day, one in queries.totals(db(), g.edition).items()
    ]
    head = [_("Day"), _("Visits"), _("First time"), _("Returning"), _("People who are no visitors")]
    return file_answer(csv_bytes([head, *rows], bom=True), KIND, "visits.csv")


@bp.get(f"{ADDRESS}/evidence.csv")
@needs("figures.audit")
def evidence_file():
    """Each person's days, by the number on the badge, without a name. Who took it is in the audit trail."""
    add_up()
    day = _day()
    what = {"visits taken along": str(day or "all")}
    note(db(), "published", "edition", g.edition.code, what, g.edition.id)
    db().commit()
    head = [
        _("Day"), _("Number"), _("Kind"), _("Country"), _("Visitor"), _("First time"), _("Entries"),
        _("First entry"), _("Last passage"), _("Minutes inside"),
    ]  # fmt: skip
    rows = _lines(current_app.extensions["expo_open_session"], g.edition, day, head)
    name = f'attachment; filename="{g.edition.code}-evidence{f"-{day}" if day else ""}.csv"'
    data = stream_with_context(csv_stream(rows))
    return Response(data, mimetype=KIND, headers={"Content-Disposition": name})


def _lines(open_session, edition: Edition, day: date | None, head: list[str]) -> Iterator[Sequence[Cell]]:
    """The head and the rows, read while they are sent."""
    zone = edition.zone_info
    yield head
    session: Session
    with open_session() as session:
        for row in queries.evidence(session, edition, day):
            yield [
                row.day.isoformat(), row.code or "", row.kind, row.country, int(row.counted),
                int(row.is_first), row.entries, f"{row.first_at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
                f"{row.last_at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
                None if row.inside_s is None else row.inside_s // 60,
            ]  # fmt: skip


def _day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None
