"""Overdue invoices by age, and the reminders about them."""

from collections import Counter

from flask import abort, flash, g, redirect, render_template, url_for

from expo.exhibitors import services as exhibitors
from expo.languages import isolated, pick
from expo.orders import letters, services
from expo.orders.forms import ReasonForm
from expo.orders.overdue import CLASSES
from expo.orders.references import grouped
from expo.orders.services.reminding import Overdue
from expo.orders.views.blueprint import bp
from expo.web import _, db, leaf, needs, ngettext, telling, words
from expo.web.frame import has_page
from expo.web.language import as_date, as_money, language, speaking
from expo.web.security import site_address

ADDRESS = "/<edition>/console/orders/reminders"


@bp.get(ADDRESS)
@needs("orders.view")
def reminder_list():
    """What is overdue, the oldest first, with the reminder that is due today."""
    rows = services.overdue(db(), g.edition)
    ages: Counter[str] = Counter()
    for row in rows:
        ages[row.age] += row.open_minor
    shown = leaf(len(rows))
    return render_template(
        "expo/orders/reminder_list.html",
        rows=rows[shown.offset : shown.offset + shown.size],
        total=len(rows),
        page=shown.page,
        pages=shown.pages,
        ages=[(isolated(name, language()), ages[name]) for name, _most in CLASSES],
        due=sum(row.level is not None for row in rows),
    )


@bp.post(f"{ADDRESS}/write")
@needs("invoices.issue")
def reminder_write():
    """Put the reminders that are due into the outbox, where they wait for approval."""
    with telling():
        written, unreachable = services.remind(db(), g.edition, _letter)
        db().commit()
        said = ngettext(
            "%(num)s reminder waits in the outbox for approval.",
            "%(num)s reminders wait in the outbox for approval.",
            written,
        )
        flash(said, "good")
        if unreachable:
            flash(_("Without an address: %(number)s. Write to them by hand.", number=unreachable), "wait")
    return redirect(url_for("orders.reminder_list"))


def _letter(row: Overdue, spoken: str) -> tuple[str, str]:
    path = url_for("portal.order") if has_page("portal.order") else f"/{g.edition.code}/"
    with speaking(spoken):
        values = {
            "name": pick(row.name, spoken),
            "number": f"{g.edition.code.upper()}-{row.number:05d}",
            "open": as_money(row.open_minor, g.edition.currency),
            "due": as_date(row.due_on, "long"),
            "days": row.days,
            "reference": grouped(row.reference),
            "link": f"{site_address()}{path}",
            "edition": pick(g.edition.name, spoken),
        }
        subject, body = letters.reminder(row.level or 1, values)
        return words(subject), words(body)


@bp.post(f"{ADDRESS}/<code>/pause")
@needs("invoices.issue")
def reminder_pause(code: str):
    """No reminders to an exhibitor for now; without a reason they go out again."""
    exhibitor = exhibitors.exhibitor_by_code(db(), g.edition.id, code) or abort(404)
    form = ReasonForm()
    with telling():
        services.pause(db(), exhibitor, form.reason.data or "")
        db().commit()
        flash(
            _("Reminders rest.") if (form.reason.data or "").strip() else _("Reminders go out again."), "good"
        )
    return redirect(url_for("orders.reminder_list"))
