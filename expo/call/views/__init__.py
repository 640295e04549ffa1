"""The public call for talks, and the console's pages of proposals and reviews."""

from flask import Flask, g, url_for

from expo.call.services.settings import is_open
from expo.call.views import deciding, proposing, reviewing, setting
from expo.call.views.blueprint import bp
from expo.web import _, can, db
from expo.web.frame import add_navigation

__all__ = ["deciding", "init", "proposing", "reviewing", "setting"]


def init(app: Flask) -> None:
    """Register the pages; the public one is in the navigation while the call is open."""
    app.register_blueprint(bp)
    app.jinja_env.globals["call_tabs"] = call_tabs
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition"):
        return []
    if can("proposals.review"):
        return [(31, "console", _("Proposals"), url_for("call.proposal_list"), "b"), *_public()]
    return _public()


def _public() -> list[tuple]:
    if not is_open(db(), g.edition):
        return []
    return [(45, "public", _("Call for talks"), url_for("call.call_page"), "v")]


def call_tabs(here: str) -> list[tuple[str, str, bool]]:
    """The pages of the call beside one another: (word, address, is this page)."""
    pages = [
        ("proposal_list", _("Proposals"), "proposals.review"),
        ("ranking", _("Ranking"), "programme.edit"),
        ("letters", _("Letters"), "programme.edit"),
        ("call_settings", _("The call"), "programme.edit"),
    ]
    return [(word, url_for(f"call.{name}"), name == here) for name, word, right in pages if can(right)]
