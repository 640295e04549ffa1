"""The ledger's pages: the organiser's, the parties', and the public one behind a document's code."""

from flask import Flask, g, url_for

from expo.web import _, can
from expo.web.frame import add_navigation
from matchmaking.deals.views import chain, figures, files, ledger, money, own, publishing, till
from matchmaking.deals.views.blueprint import bp

__all__ = ["chain", "figures", "files", "init", "ledger", "money", "own", "publishing", "till"]


def init(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    found = []
    if g.get("edition") and can("deals.view"):
        found.append((65, "console", _("Deals"), url_for("deals.deal_list"), "l"))
    if g.get("edition") and can("deals.own"):
        found.append((75, "public", _("My deals"), url_for("deals.own_list"), "l"))
        if can("portal.use"):
            found.append((70, "portal", _("Deals"), url_for("deals.own_list"), "l"))
    return found
