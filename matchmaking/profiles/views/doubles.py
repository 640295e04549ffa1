"""The organiser: kinds of products that may be one, side by side, and made one."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.jobs import services as jobs
from expo.web import db, leaf, needs, ngettext, telling
from matchmaking.catalogue import queries as catalogue
from matchmaking.catalogue import services
from matchmaking.profiles import queries
from matchmaking.profiles.doubles import near_doubles
from matchmaking.profiles.views.blueprint import bp

ADDRESS = "/<edition>/console/profiles/near-doubles"


@bp.get(ADDRESS)
@needs("meetings.run")
def doubles():
    """Kinds of products that may be one: same class and origin, names that nearly agree."""
    found = near_doubles(queries.all_kinds(db(), g.edition))
    shown = leaf(len(found))
    pairs = found[shown.offset :][: shown.size]
    keys = {kind.key for pair in pairs for kind in (pair.one, pair.other)}
    return render_template(
        "matchmaking/profiles/near_doubles.html",
        pairs=pairs,
        total=len(found),
        leaf=shown,
        offers=catalogue.offers_of_kinds(db(), g.edition, keys),
    )


@bp.post(ADDRESS)
@needs("meetings.run")
def unite():
    """Give the products of one kind the name of the other; all lists are made anew."""
    with telling():
        count = services.unite_kinds(
            db(), g.edition, request.form.get("kept", "")[:200], request.form.get("gone", "")[:200]
        )
        jobs.enqueue_once(db(), "recommendations.all", edition_id=g.edition.id, user_id=current_user.id)
        db().commit()
        flash(ngettext("%(num)s product was renamed.", "%(num)s products were renamed.", count), "good")
    return redirect(url_for("profiles.doubles", page=request.args.get("page", type=int)))
