"""The blueprint of these pages, and for whom their reader acts."""

from flask import Blueprint, abort, g, redirect, url_for
from flask import session as cookie
from flask_login import current_user
from sqlmodel import select

from expo.exhibitors.models import Exhibitor
from expo.web import db
from expo.web.frame import has_page

bp = Blueprint("selection", __name__)
PORTAL = "/<edition>/portal/selection"
CONSOLE = "/<edition>/console/selection"
CHOSEN = "portal"
"""Where the browser remembers, by edition, which of one's exhibitors was chosen last in the portal."""


def organisations() -> set[int]:
    """The organisations for which the reader acts here."""
    return current_user.organisations("portal.use", g.edition.id)


def chosen() -> str:
    """The code of the exhibitor that was chosen last, '' for none."""
    return cookie.get(CHOSEN, {}).get(g.edition.code) or ""


def own() -> Exhibitor:
    """The reader's own exhibitor: the one chosen last, else the first; without any, off to the portal."""
    found = (
        db()
        .exec(
            select(Exhibitor)
            .where(Exhibitor.edition_id == g.edition.id, Exhibitor.organisation_id.in_(organisations()))
            .order_by(Exhibitor.code)
        )
        .all()
    )
    if not found:
        abort(redirect(url_for("portal.organisation")) if has_page("portal.organisation") else 403)
    code = chosen()
    return next((exhibitor for exhibitor in found if exhibitor.code == code), found[0])
