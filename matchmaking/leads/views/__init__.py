"""The exhibitor's leads, the page that scans, what visitors can stop, and the organiser's numbers."""

from flask import Flask, g, url_for

from expo.web import _, can
from expo.web.frame import add_navigation
from matchmaking.leads.views import (
    counts,
    detail,
    exports,
    letters,
    listing,
    offline,
    phones,
    questions,
    scanning,
    stopping,
)
from matchmaking.leads.views.blueprint import bp, mail_bp

__all__ = [
    "counts",
    "detail",
    "exports",
    "init",
    "letters",
    "listing",
    "offline",
    "phones",
    "questions",
    "scanning",
    "stopping",
]


def init(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    app.register_blueprint(bp)
    app.register_blueprint(mail_bp)
    app.extensions["csrf"].exempt(mail_bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition"):
        return []
    entries = []
    if can("leads.own"):
        entries.append((58, "portal", _("Leads"), url_for("leads.lead_list"), "d"))
    if can("registration.view"):
        entries.append((66, "console", _("Leads of the stands"), url_for("leads.count_list"), ""))
    return entries
