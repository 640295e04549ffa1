"""Whether the ledger is as it was sealed."""

from flask import flash, g, redirect, render_template, url_for
from flask_login import current_user

from expo.jobs import services as jobs
from expo.web import _, db, needs
from matchmaking.deals import queries, services
from matchmaking.deals.views.blueprint import ADDRESS, bp

AT_ONCE = 20_000
"""Events that a page checks while somebody waits; more are checked by a job."""


@bp.get(f"{ADDRESS}/chain")
@needs("deals.view")
def chain():
    """Whether every event of the ledger is as it was sealed."""
    count, seal = queries.last_event(db(), g.edition)
    report = services.verify(db(), g.edition) if count <= AT_ONCE else None
    return render_template("matchmaking/deals/chain.html", report=report, count=count, seal=seal)


@bp.post(f"{ADDRESS}/chain")
@needs("deals.view")
def chain_check():
    """Have a large ledger checked by a job."""
    job, new = jobs.enqueue_once(db(), "deals.verify", edition_id=g.edition.id, user_id=current_user.id)
    db().commit()
    if not new:
        flash(_("It is being checked already."), "wait")
    return redirect(url_for("jobs.job_detail", job_id=job.id))
