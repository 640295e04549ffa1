"""The organiser's pages: how requests go, complaints, and (for those who may) the private noes."""

from flask import abort, g, redirect, render_template, request, url_for

from expo.audit.services import note
from expo.web import _, db, leaf, needs, telling
from matchmaking.requests import services
from matchmaking.requests.queries import figures as queries
from matchmaking.requests.queries import refusals as private
from matchmaking.requests.queries import reports
from matchmaking.requests.services.telling import notify
from matchmaking.requests.sides import BUYER, other
from matchmaking.requests.views.blueprint import CONSOLE, bp, phase

PAGE = 50
OUTCOMES = {
    "nothing": lambda: _("Nothing to object to"),
    "warned": lambda: _("Warned"),
    "silenced": lambda: _("No more messages"),
}


@bp.get(CONSOLE)
@needs("meetings.run")
def overview():
    """How requests go, party by party; whom somebody refused is not here."""
    only = request.args.get("only", "")
    only = only if only in ("silent", "overbooked", "waiting") else ""
    words = request.args.get("q", "").strip()[:100]
    order = request.args.get("sort", "").lstrip("-")
    number = max(request.args.get("page", 1, type=int), 1)
    found = {"only": only, "words": words, "order": order, "limit": PAGE}
    rows, total = queries.party_rows(db(), g.edition, **found, offset=(min(number, 10**6) - 1) * PAGE)
    if not rows and number > 1:  # beyond the last page
        rows, total = queries.party_rows(db(), g.edition, **found)
    shown = leaf(total, PAGE)
    return render_template(
        "matchmaking/requests/overview.html",
        figures=queries.figures(db(), g.edition),
        rows=rows,
        total=total,
        page=shown.page,
        pages=shown.pages,
        least=queries.LEAST,
        phase=phase(),
    )


@bp.get(f"{CONSOLE}/complaints")
@needs("meetings.run")
def report_list():
    """What parties complained of, with the messages it is about."""
    return render_template(
        "matchmaking/requests/reports.html",
        reports=reports.reports(db(), g.edition),
        outcomes={key: name() for key, name in OUTCOMES.items()},
    )


@bp.post(f"{CONSOLE}/complaints/<int:number>")
@needs("meetings.run")
def report_handle(number: int):
    """Deal with a complaint."""
    found = reports.report(db(), g.edition, number) or abort(404)
    outcome = request.form.get("outcome", "")
    with telling(_("It is dealt with.")):
        services.handle(db(), found, outcome)
        if outcome != "nothing":
            blamed = reports.blamed(db(), found)
            notify(db(), g.edition.id, other(found.side), blamed, outcome)
        db().commit()
    return redirect(url_for("requests.report_list"))


@bp.get(f"{CONSOLE}/refusals")
@needs("requests.refusals")
def refusal_list():
    """Who said no to whom. That somebody looked is in the audit trail."""
    total = private.refusal_count(db(), g.edition)
    shown = leaf(total, PAGE)
    rows = private.refusals(db(), g.edition, PAGE, shown.offset)
    note(
        db(),
        "published",
        "meeting_request",
        "private refusals",
        {"read": len(rows), "page": shown.page},
        g.edition.id,
    )
    db().commit()
    return render_template(
        "matchmaking/requests/refusals.html",
        rows=rows,
        total=total,
        page=shown.page,
        pages=shown.pages,
        buyer=BUYER,
    )
