"""Needs and products sent as a spreadsheet: looked through, what is wrong listed, then all taken or none."""

from flask import url_for

from expo.spreadsheets import csv_bytes, xlsx_bytes
from expo.web import _, needs
from expo.web.files import file_answer
from matchmaking.folder.column import Table
from matchmaking.profiles import sheets
from matchmaking.profiles.views.blueprint import HERE, PORTAL, bp, own_buyer, own_exhibitor
from matchmaking.profiles.views.editing import Desk, import_needs, import_products

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.route(f"{HERE}/needs/import", methods=["GET", "POST"])
@needs("agenda.use")
def need_import():
    """A buyer's needs out of a file."""
    back = url_for("profiles.need_list")
    return import_needs(own_buyer(), Desk(((_("What you look for"), back),), back), "profiles.need_template")


@bp.route(f"{PORTAL}/products/import", methods=["GET", "POST"])
@needs("portal.use")
def product_import():
    """An exhibitor's products out of a file."""
    back = url_for("portal.product_list")
    desk = Desk(((_("Products"), back),), back)
    return import_products(own_exhibitor(), desk, "profiles.product_template")


@bp.get(f"{HERE}/needs/needs.<any(csv,xlsx):form>")
@needs("agenda.use")
def need_template(form: str):
    """An empty sheet of needs."""
    return template(sheets.NEEDS, form)


@bp.get(f"{PORTAL}/products/products.<any(csv,xlsx):form>")
@needs("portal.use")
def product_template(form: str):
    """An empty sheet of products."""
    return template(sheets.PRODUCTS, form)


def template(table: Table, form: str):
    """The heads of a table as a file to fill."""
    rows = sheets.template(table)
    if form == "csv":
        return file_answer(csv_bytes(rows, bom=True), "text/csv", f"{table.name}.csv")
    return file_answer(xlsx_bytes({table.name: rows}), XLSX, f"{table.name}.xlsx")
