"""The programme for everybody, and the organiser's timetable."""

from flask import Flask, g, url_for

from expo.forums.views import (
    console,
    feeds,
    importing,
    now,
    papers,
    people,
    personal,
    programme,
    releasing,
    rooms,
    solves,
    speakers,
    talks,
    tracks,
    versions,
)
from expo.forums.views.blueprint import bp
from expo.web import _, can
from expo.web.frame import add_navigation, has_page

__all__ = [
    "console",
    "feeds",
    "importing",
    "init",
    "now",
    "papers",
    "people",
    "personal",
    "programme",
    "releasing",
    "rooms",
    "solves",
    "speakers",
    "talks",
    "tracks",
    "versions",
]


def init(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    app.register_blueprint(bp)
    app.jinja_env.globals["content_tabs"] = content_tabs
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition"):
        return []
    entries = [(40, "public", _("Programme"), url_for("forums.programme"), "p")]
    if can("programme.edit"):
        entries.append((29, "console", _("Programme"), url_for("forums.content"), "n"))
        entries.append((30, "console", _("Timetable"), url_for("forums.timetable"), "t"))
    return entries


def content_tabs(here: str) -> list[tuple[str, str, bool]]:
    """The pages of the programme's content beside one another: (word, address, is this page)."""
    pages = [
        ("forums.content", _("Overview")),
        ("forums.forum_list", _("Forums")),
        ("forums.talk_list", _("Talks")),
        ("forums.people_list", _("People on stage")),
        ("forums.room_list", _("Rooms")),
        ("forums.programme_hours", _("Days and ways")),
        ("call.proposal_list", _("Call for talks")),
    ]
    return [(word, url_for(name), name == here) for name, word in pages if has_page(name)]
