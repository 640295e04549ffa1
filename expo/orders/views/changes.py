"""Orders that no longer fit their stands, stands nobody ordered, and the journal of papers."""

from decimal import Decimal

from flask import g, render_template, request

from expo.languages import pick
from expo.money import to_major
from expo.orders import services, stages
from expo.orders.references import grouped
from expo.orders.services.comparing import differences
from expo.orders.views.blueprint import ADDRESS, bp
from expo.orders.views.prices import MIME
from expo.spreadsheets import csv_bytes, xlsx_bytes
from expo.web import _, db, leaf, needs, words
from expo.web.files import file_answer
from expo.web.language import language


@bp.get(f"{ADDRESS}/changes")
@needs("orders.view")
def order_changes():
    """What has changed since it was ordered, or was not ordered yet."""
    found = differences(db(), g.edition)
    unordered = request.args.get("show") == "unordered"
    rows = [one for one in found if (not one.order) == unordered]
    shown = leaf(len(rows))
    return render_template(
        "expo/orders/changes.html",
        rows=rows[shown.offset : shown.offset + shown.size],
        counts=(sum(bool(one.order) for one in found), sum(not one.order for one in found)),
        unordered=unordered,
        total=len(rows),
        difference=sum(one.now_minor - one.before_minor for one in rows),
        page=shown.page,
        pages=shown.pages,
        names=stages.ORDER_NAMES,
        tones=stages.ORDER_TONES,
    )


@bp.get(f"{ADDRESS}/papers.<any(csv,xlsx):form>")
@needs("orders.view")
def paper_journal(form: str):
    """Every invoice and credit note with net and tax by rate, as bookkeeping takes it in."""
    rows: list[list] = [
        [
            _("Paper"), _("Number"), _("Date"), _("Due on"), _("Order"), _("Code"), _("Exhibitor"),
            _("Tax number"), _("Tax rate"), _("Net"), _("Tax"), _("Total"), _("Currency"), _("Reference"),
        ]
    ]  # fmt: skip
    for paper in services.papers_of(db(), g.edition.id):
        said, sign = paper.snapshot, -1 if paper.kind == "credit_note" else 1
        for each in services.taxes(said["lines"]):
            net, tax = each["net_minor"] * sign, each["tax_minor"] * sign
            rows.append(
                [
                    words(stages.DOCUMENTS[paper.kind]), paper.number,
                    paper.issued_at.astimezone(g.edition.zone_info).date(), paper.due_on, said["order"],
                    said["buyer"]["code"], pick(said["buyer"]["name"], language()),
                    said["buyer"].get("tax_number", ""), Decimal(each["tax_bp"]) / 100,
                    *(to_major(minor, paper.currency) for minor in (net, tax, net + tax)),
                    paper.currency, grouped(paper.reference),
                ]
            )  # fmt: skip
    body = csv_bytes(rows, bom=True) if form == "csv" else xlsx_bytes({"papers": rows})
    return file_answer(body, MIME[form], f"papers.{form}")
