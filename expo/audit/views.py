"""The trail of an edition, for its organisers and auditors."""

from flask import Blueprint, Flask, g, render_template, request, url_for

from expo.audit import services
from expo.audit.subjects import ACTIONS, SUBJECTS
from expo.web import _, can, db, leaf, needs, words
from expo.web.frame import add_navigation

bp = Blueprint("audit", __name__)


def init(app: Flask) -> None:
    """Register the page and start recording."""
    services.watch()
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition") or not can("audit.read"):
        return []
    return [(95, "console", _("Trail"), url_for("audit.entry_list"), "h")]


@bp.get("/<edition>/console/audit")
@needs("audit.read")
def entry_list():
    """Who changed what, the newest first, with filters."""
    subject, action = request.args.get("subject", ""), request.args.get("action", "")
    asked = {
        "subject": subject if subject in SUBJECTS else "",
        "action": action if action in ACTIONS else "",
        "words": request.args.get("q", "").strip()[:100],
    }
    total = services.count(db(), g.edition.id, **asked)
    shown = leaf(total, services.PAGE)
    return render_template(
        "expo/audit/entry_list.html",
        entries=services.entries(db(), g.edition.id, page=shown.page, **asked),
        total=total,
        page=shown.page,
        pages=shown.pages,
        subjects=SUBJECTS,
        actions=ACTIONS,
        subject_choices=sorted(
            ((key, words(name)) for key, name in SUBJECTS.items()), key=lambda pair: pair[1]
        ),
        action_choices=[(key, words(name)) for key, name in ACTIONS.items()],
    )
