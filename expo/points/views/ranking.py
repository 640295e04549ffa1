"""The ranking: whose turn comes when, as a page and as a spreadsheet."""

from flask import g, render_template, request

from expo.exhibitors import stages
from expo.exhibitors.application import SOURCES
from expo.languages import pick
from expo.points import queries, services
from expo.points.rule import read
from expo.points.views.blueprint import ADDRESS, bp
from expo.spreadsheets import csv_bytes, xlsx_bytes
from expo.web import _, db, leaf, needs, words
from expo.web.files import file_answer
from expo.web.language import language

MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _looked() -> queries.Looked:
    return queries.Looked(
        words=request.args.get("q", ""),
        waiting=request.args.get("who") == "waiting",
        sort=request.args.get("sort", "turn"),
    )


@bp.get(ADDRESS)
@needs("exhibitors.review")
def ranking():
    """All who are accepted, in the order of their turns; those who wait for a decision too if asked for."""
    looked = _looked()
    asked = max(request.args.get("page", 1, type=int), 1)
    total, rows = queries.ranking(db(), g.edition, looked, min(asked, 10_000))
    shown = leaf(total, queries.PAGE)
    if shown.page != asked:
        total, rows = queries.ranking(db(), g.edition, looked, shown.page)
    return render_template(
        "expo/points/ranking.html",
        rows=rows,
        total=total,
        page=shown.page,
        pages=shown.pages,
        rule=read(g.edition.points_rule),
        draft=services.draft_of(db(), g.edition),
        versions=services.versions(db(), g.edition),
        states=stages.NAMES,
        tones=stages.TONES,
        sources=SOURCES,
        waiting=services.waiting(db(), g.edition),
    )


@bp.get(f"{ADDRESS}.<any(csv,xlsx):form>")
@needs("exhibitors.review")
def ranking_file(form: str):
    """The ranking with what each source gave, as a spreadsheet."""
    _total, found = queries.ranking(db(), g.edition, _looked())
    rows = [_heads(), *(_cells(row) for row in found)]
    body = csv_bytes(rows, bom=True) if form == "csv" else xlsx_bytes({"ranking": rows})
    return file_answer(body, MIME[form], f"ranking.{form}")


def _heads() -> list[str]:
    return [
        _("Turn"), _("Code"), _("Name"), _("Country"), _("State"), _("Area, m²"), _("Points"),
        *(words(name) for name in SOURCES.values()), _("Paid on"), _("Lot"),
    ]  # fmt: skip


def _cells(row) -> list:
    given = dict.fromkeys(SOURCES, 0)
    for line in row.points_origin:
        source = line["source"] if line["source"] in given else "given"
        given[source] = round(given[source] + line["points"], 2)
    return [
        row.turn, row.code, pick(row.name, language()), row.country, words(stages.NAMES[row.state]),
        row.area_m2, row.points, *given.values(), row.paid_on, row.draw,
    ]  # fmt: skip
