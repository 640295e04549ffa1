"""The first page of the portal: what is still to do."""

from flask import abort, g, redirect, render_template, url_for
from flask import session as cookie

from expo.clock import now
from expo.exhibitors import services as exhibitors
from expo.exhibitors import stages
from expo.exhibitors.application import STEPS
from expo.exhibitors.models import Exhibitor
from expo.web import _, db, needs, ngettext
from expo.web.language import as_date
from matchmaking.portal import services
from matchmaking.portal.checklist import Facts, Item, items
from matchmaking.portal.views.blueprint import CHOSEN, bp, candidates, own_or_none


@bp.get("/<edition>/portal")
@needs("account.own")
def checklist():
    """What is still to do, with dates; newcomers are led to the first step."""
    found = own_or_none()
    if found is None:
        return redirect(url_for("portal.organisation"))
    facts = services.facts_of(db(), found.exhibitor)
    today = now().astimezone(g.edition.zone_info).date()
    todo = items(facts, g.edition.starts_on, g.edition.ends_on, today)
    return render_template(
        "matchmaking/portal/checklist.html",
        exhibitor=found.exhibitor,
        organisation=found.organisation,
        others=found.others,
        waiting=exhibitors.waiting_for(db(), found.exhibitor),
        name=stages.NAMES[found.exhibitor.state],
        tone=stages.TONES[found.exhibitor.state],
        items=[_shown(item, facts, found.exhibitor) for item in todo],
        done=sum(item.state == "done" for item in todo),
    )


def _shown(item: Item, facts: Facts, exhibitor: Exhibitor) -> dict:
    """An item as the macro of steps takes it."""
    label, url, note = {
        "apply": (_("Apply for a stand"), url_for("portal.check"), _applying(exhibitor)),
        "decision": (_("The organiser decides"), "", _("You get a mail. Until then you may take it back.")),
        "products": (_("List your products"), url_for("portal.product_list"), _listed(facts)),
        "stand": (
            _("Your stand"),
            url_for("portal.stand"),
            _("See where you stand and why.")
            if facts.placed
            else _("Stands are given to everybody at once."),
        ),
        "order": (_("Order and invoice"), url_for("portal.order"), _ordered(facts)),
        "permits": (_("Permits"), url_for("portal.permit_list"), _permitted(facts)),
        "staff": (_("Name your stand staff"), url_for("portal.staff_list"), _named(facts)),
        "meetings": (_("Meet buyers"), url_for("profiles.exhibitor"), _meeting(facts)),
    }[item.key]
    due = as_date(item.due, "long") if item.due else ""
    return {"label": label, "state": item.state, "url": url, "note": note, "due": due}


def _applying(exhibitor: Exhibitor) -> str:
    if exhibitor.state != "draft":
        return ""
    at = min(STEPS.index(exhibitor.step) + 1, len(STEPS)) if exhibitor.step in STEPS else 1
    return _("Saved as a draft; step %(step)s of %(steps)s comes next.", step=at, steps=len(STEPS))


def _listed(facts: Facts) -> str:
    if not facts.products:
        return _("Buyers are matched with what you list.")
    return ngettext("%(num)s product is listed.", "%(num)s products are listed.", facts.products)


def _ordered(facts: Facts) -> str:
    return {
        "open": _("Ordered; the invoice follows."),
        "invoiced": _("The invoice waits for payment."),
        "paid": _("Paid."),
    }.get(facts.order, _("Made from your stand and this edition's prices."))


def _permitted(facts: Facts) -> str:
    return _(
        "Granted: %(done)s of %(all)s that you need. Without them your stand does not open.",
        done=facts.permits_granted, all=facts.permits_needed,
    )  # fmt: skip


def _named(facts: Facts) -> str:
    if not facts.staff:
        return _("Each person gets a badge.")
    return ngettext("%(num)s person is named.", "%(num)s people are named.", facts.staff)


def _meeting(facts: Facts) -> str:
    if facts.meets is None:
        return _(
            "Say whether you take part, in which languages and when. Buyers are then recommended to you."
        )
    return _("You take part in meetings.") if facts.meets else _("You take no part in meetings.")


@bp.post("/<edition>/portal/for/<code>")
@needs("portal.use")
def choose(code: str):
    """Act for another of one's own exhibitors from now on."""
    if code not in {exhibitor.code for exhibitor, _organisation in candidates() if exhibitor}:
        abort(404)
    cookie[CHOSEN] = cookie.get(CHOSEN, {}) | {g.edition.code: code}
    return redirect(url_for("portal.checklist"))
