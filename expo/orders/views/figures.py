"""What was ordered, invoiced, paid and is open, by kind of line."""

from flask import g, render_template

from expo.money import to_major
from expo.orders import services
from expo.orders.services.figures import Sums, total
from expo.orders.stages import CATEGORY_NAMES
from expo.orders.views.blueprint import bp
from expo.orders.views.prices import MIME
from expo.spreadsheets import csv_bytes, xlsx_bytes
from expo.web import _, db, needs, words
from expo.web.files import file_answer

ADDRESS = "/<edition>/console/orders/figures"


def kind_names() -> dict[str, str]:
    """What kinds of lines are called, in the order in which they are shown."""
    return {
        "shell": _("Shell stands"),
        "raw": _("Raw space"),
        "corner": _("Corner surcharges"),
        "peninsula": _("Peninsula surcharges"),
        "island": _("Island surcharges"),
        "early": _("Early order discounts"),
        "late": _("Late order surcharges"),
        "newcomer": _("Newcomer discounts"),
        "pavilion": _("Pavilion discounts"),
        **{key: words(name) for key, name in CATEGORY_NAMES.items()},
    }


def _found() -> list[tuple[str, str, Sums]]:
    """(kind, its name, sums) of each kind there is."""
    sums = services.figures(db(), g.edition)
    names = kind_names()
    kinds = [*(kind for kind in names if kind in sums), *(kind for kind in sums if kind not in names)]
    return [(kind, names.get(kind, kind), sums[kind]) for kind in kinds]


@bp.get(ADDRESS)
@needs("orders.view")
def order_figures():
    """Sums by kind, each leading to its orders."""
    found = _found()
    return render_template(
        "expo/orders/figures.html", rows=found, whole=total(sums for _kind, _name, sums in found)
    )


@bp.get(f"{ADDRESS}.<any(csv,xlsx):form>")
@needs("orders.view")
def order_figures_file(form: str):
    """The same as a spreadsheet, in whole units of the currency."""
    heads = [_("Kind"), _("Ordered"), _("Invoiced"), _("Paid"), _("Open"), _("Overdue"), _("Currency")]
    found = _found()
    whole = ("", _("Total"), total(sums for _kind, _name, sums in found))
    rows = [heads] + [
        [name, *(to_major(minor, g.edition.currency) for minor in sums), g.edition.currency]
        for _kind, name, sums in (*found, whole)
    ]
    body = csv_bytes(rows, bom=True) if form == "csv" else xlsx_bytes({"orders": rows})
    return file_answer(body, MIME[form], f"orders.{form}")
