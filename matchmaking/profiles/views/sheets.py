"""Needs and products sent as a spreadsheet: looked through, what is wrong listed, then all taken or none."""

from collections.abc import Callable
from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.spreadsheets import Unreadable, csv_bytes, read_table, xlsx_bytes
from expo.web import _, db, needs, ngettext, refuse
from expo.web.files import file_answer
from matchmaking.folder.column import Table
from matchmaking.folder.problems import Problems
from matchmaking.profiles import services, sheets
from matchmaking.profiles.forms import SheetForm
from matchmaking.profiles.views.blueprint import HERE, PORTAL, bp, own_buyer, own_exhibitor, saved

LARGEST = 8 << 20
MOST_ROWS = 5_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Read = Callable[[Any, str], tuple[list, Problems]]


def _looked_through(read: Read) -> tuple[SheetForm, list, Problems | None]:
    """The form, what the file holds, and what is wrong with it (None: no file yet)."""
    form = SheetForm()
    if not form.accepted():
        return form, [], None
    data = form.file.data.read(LARGEST + 1)
    problems = Problems()
    if len(data) > LARGEST:
        problems.add("", 0, "", "", _("The file is larger than %(mb)s MB.", mb=LARGEST >> 20))
        return form, [], problems
    most = min(MOST_ROWS, current_app.extensions["expo_settings"].max_rows)
    try:
        found, problems = read(read_table(data, most), g.edition.currency)
    except Unreadable as fault:
        problems.add("", fault.row or 0, "", "", fault.sentence)
        return form, [], problems
    return form, found, problems


def _page(kind: str, form: SheetForm, found: list, problems: Problems | None, table: Table):
    return render_template(
        "matchmaking/profiles/sheet.html",
        kind=kind,
        form=form,
        found=found,
        problems=problems,
        columns=sheets.explained(table),
    )


@bp.route(f"{HERE}/needs/import", methods=["GET", "POST"])
@needs("agenda.use")
def need_import():
    """A buyer's needs out of a file."""
    buyer = own_buyer()
    form, found, problems = _looked_through(sheets.read_needs)
    if problems is not None and not problems and found and request.form.get("act") == "take":
        try:
            replaces = request.form.get("replace") == "1"
            count = services.take_needs(db(), buyer, found, replace=replaces)
            saved()
            flash(ngettext("%(num)s need is taken over.", "%(num)s needs are taken over.", count), "good")
            return redirect(url_for("profiles.need_list"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _page("needs", form, found, problems, sheets.NEEDS)


@bp.route(f"{PORTAL}/products/import", methods=["GET", "POST"])
@needs("portal.use")
def product_import():
    """An exhibitor's products out of a file."""
    exhibitor = own_exhibitor()
    form, found, problems = _looked_through(sheets.read_products)
    if problems is not None and not problems and found and request.form.get("act") == "take":
        try:
            added, changed = services.take_products(db(), exhibitor, found)
            saved()
            flash(_("Products added: %(added)s. Changed: %(changed)s.", added=added, changed=changed), "good")
            return redirect(url_for("portal.product_list"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _page("products", form, found, problems, sheets.PRODUCTS)


@bp.get(f"{HERE}/needs/needs.<any(csv,xlsx):form>")
@needs("agenda.use")
def need_template(form: str):
    """An empty sheet of needs."""
    return _template(sheets.NEEDS, form)


@bp.get(f"{PORTAL}/products/products.<any(csv,xlsx):form>")
@needs("portal.use")
def product_template(form: str):
    """An empty sheet of products."""
    return _template(sheets.PRODUCTS, form)


def _template(table: Table, form: str):
    rows = sheets.template(table)
    if form == "csv":
        return file_answer(csv_bytes(rows, bom=True), "text/csv", f"{table.name}.csv")
    return file_answer(xlsx_bytes({table.name: rows}), XLSX, f"{table.name}.xlsx")
