"""Exchange rates: the table, and a file of them taken over after a dry run."""

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.web import _, db, needs, words
from matchmaking.deals import services
from matchmaking.deals.views.blueprint import ADDRESS, bp

LARGEST = 4 << 20


@bp.get(f"{ADDRESS}/rates")
@needs("deals.view")
def rate_list():
    """The rates there are, the newest first."""
    return render_template(
        "matchmaking/deals/rates.html", rates=services.rates(db(), g.edition), reading=None
    )


@bp.post(f"{ADDRESS}/rates")
@needs("deals.record")
def rate_import():
    """Read a file of rates: say what it holds, or take it over whole."""
    file = request.files.get("file")
    data = file.read(LARGEST + 1) if file else b""
    problem = None
    if not data:
        problem = _("Choose a file first.")
    elif len(data) > LARGEST:
        problem = _("The file is larger than %(mb)s MB.", mb=LARGEST >> 20)
    reading = None
    if problem is None:
        most = current_app.extensions["expo_settings"].max_rows
        reading = services.read_rates(db(), g.edition, data, most)
        if request.form.get("act") == "take":
            try:
                count = services.take_rates(db(), g.edition, reading, current_user.id)
                db().commit()
                flash(_("Rates taken over: %(count)s.", count=count), "good")
                return redirect(url_for("deals.rate_list"))
            except Refused as refused:
                db().rollback()
                problem = words(refused.sentence)
    return render_template(
        "matchmaking/deals/rates.html",
        rates=services.rates(db(), g.edition),
        reading=reading,
        problem=problem,
    )
