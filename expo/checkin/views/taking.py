"""Files of scans, as devices that could not send them save them."""

from flask import flash, g, redirect, render_template, url_for
from flask_login import current_user

from expo.audit.services import note
from expo.badges.queries import ring_of
from expo.checkin import services
from expo.checkin.forms import SavedForm
from expo.checkin.reading import Scan
from expo.checkin.scanned import scanned
from expo.checkin.services import Asker, Taken
from expo.checkin.views.blueprint import CONSOLE, bp
from expo.errors import Refused
from expo.web import _, db, needs, refuse
from expo.web.quick import quick

LARGEST = 16 * 1024 * 1024


@bp.route(f"{CONSOLE}/saved-scans", methods=["GET", "POST"])
@needs("checkin.manage")
def saved_scans():
    """Takes a file over: each scan counts once, with its true time, as if the device had sent it."""
    form = SavedForm()
    if form.accepted():
        try:
            taken = _taken(form.file.data.stream.read(LARGEST + 1))
            told = {"fresh": taken.fresh, "known": taken.known, "broken": taken.broken}
            note(db(), "imported", "passage", g.edition.code, told, g.edition.id)
            db().commit()
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
        else:
            flash(_say(taken), "good" if not taken.broken else "wait")
            return redirect(url_for("checkin.passage_list"))
    return render_template("expo/checkin/saved.html", form=form)


def _taken(content: bytes) -> Taken:
    if len(content) > LARGEST:
        raise Refused(_("This file is too large to be one of scans."))
    ring = ring_of(db(), g.edition)
    asker = Asker(g.edition.id, user_id=current_user.id, name=current_user.name)

    def write(scan: Scan) -> None:
        services.decide(quick(), asker, scan, scanned(scan.secret, ring))

    return services.take_over(db(), g.edition, content, write)


def _say(taken: Taken) -> str:
    told = [_("Scans taken over: %(count)s.", count=taken.fresh)]
    if taken.known:
        told.append(_("Here already: %(count)s.", count=taken.known))
    if taken.broken:
        told.append(_("Without sense, or of a gate that is gone: %(count)s.", count=taken.broken))
    return " ".join(told)
