"""Statistics of deals, and the ledger as files."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from flask import Response, current_app, g, render_template, request, stream_with_context
from sqlmodel import Session

from expo.editions.models import Edition
from expo.web import db, needs
from expo.web.files import PDF, file_answer
from expo.web.language import language
from matchmaking.catalogue.chapter_names import CHAPTER_NAMES
from matchmaking.deals import prints, queries, statistics
from matchmaking.deals.stages import STAGES, TYPES
from matchmaking.deals.views.blueprint import ADDRESS, bp, names
from matchmaking.deals.views.ledger import totals

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Stream = Callable[[Session, Edition, str], Iterator[bytes]]
CHARTS = ("stage", "country", "section", "chapter", "day", "zone", "forum", "origin", "newcomer", "reach")


@bp.get(f"{ADDRESS}/figures")
@needs("deals.view")
def figures():
    """Outcomes of one type by everything there is, beside the editions before."""
    return render_template("matchmaking/deals/figures.html", **_values())


@bp.get(f"{ADDRESS}/figures.pdf")
@needs("deals.view")
def figures_pdf():
    """The same on paper."""
    return file_answer(prints.figures_pdf(g.edition, language(), **_values()), PDF, "deals.pdf", shown=True)


def _values() -> dict[str, Any]:
    wanted = request.args.get("type", "")
    type_ = wanted if wanted in TYPES else "purchase"
    sums = queries.table(db(), g.edition, (*CHARTS, "standing"), (type_,))
    sums["stage"].sort(key=lambda one: STAGES.index(one.key))
    sums["day"].sort(key=lambda one: one.key)
    found = queries.outcomes(db(), g.edition)
    both = queries.both_worths(db(), g.edition)
    return {
        "type": type_,
        "sums": sums,
        "groups": statistics.by_group(sums["country"], queries.groups(db(), g.edition)),
        "outcome": found.get(type_, (0, 0, 0)),
        "counts": {kind: number for kind, number, _agreed, _minor in totals(*both)},
        "before": statistics.compared(g.edition, found, queries.earlier(db(), g.edition), type_),
        "chapters": CHAPTER_NAMES,
        "days": {one.key: date.fromisoformat(one.key) for one in sums["day"]},
        "forum_names": {code: name for _id, code, name in queries.forums(db(), g.edition)},
        **names(),
    }


def _streamed(make: Stream, mimetype: str, ending: str) -> Response:
    """A file that is sent while it is read, over a connection of its own that outlives the request's."""
    edition, speech = g.edition, language()

    def pieces() -> Iterator[bytes]:
        session = current_app.extensions["expo_open_session"]()
        try:
            yield from make(session, edition, speech)
        finally:
            session.close()

    heads = {"Content-Disposition": f'attachment; filename="{edition.code}-deals.{ending}"'}
    return Response(stream_with_context(pieces()), mimetype=mimetype, headers=heads)


@bp.get(f"{ADDRESS}.xlsx")
@needs("deals.view")
def deals_xlsx():
    """The whole ledger as a workbook."""
    return _streamed(prints.deals_xlsx_stream, XLSX, "xlsx")


@bp.get(f"{ADDRESS}.csv")
@needs("deals.view")
def deals_csv():
    """Every line as CSV."""
    return _streamed(prints.lines_csv, "text/csv; charset=utf-8", "csv")


@bp.get(f"{ADDRESS}.json")
@needs("deals.view")
def deals_json():
    """Every line as JSON."""
    return _streamed(prints.lines_json, "application/json", "json")
