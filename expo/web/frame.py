"""What every page's frame needs: navigation, the address of home, the time the page was made."""

from collections.abc import Callable
from urllib.parse import quote

from flask import Flask, current_app, g, has_request_context, request, url_for

from expo.clock import now

VERSION = "0.1"


def init(app: Flask) -> None:
    """Rooms add navigation entries with `add_navigation`; the frame shows those a person may follow."""
    app.extensions["expo_navigation"] = []
    app.context_processor(_frame)
    app.jinja_env.globals["has_page"] = has_page


def add_navigation(app: Flask, entries: Callable[[], list[tuple]]) -> None:
    """`entries()` answers (order, mood, label, url, key) tuples for this request, in the edition of `g`."""
    app.extensions["expo_navigation"].append(entries)


def has_page(endpoint: str) -> bool:
    """Whether a room above has this page; a room below may link to it only then."""
    return endpoint in current_app.view_functions


def address(endpoint: str, name: str, **more) -> Callable[[str], str]:
    """Addresses that differ in one code only, without building each anew."""
    head, tail = url_for(endpoint, **{name: "CODE-HERE"}, **more).split("CODE-HERE")
    return lambda code: head + quote(code, safe="") + tail


def mood() -> str:
    """'console', 'portal' or 'public', by the address."""
    parts = request.path.strip("/").split("/")
    for word in ("console", "portal"):
        if word in parts[:2]:
            return word
    return "public"


def navigation(app: Flask) -> list[tuple[str, str, bool, str]]:
    """The entries of this page's mood as (label, url, is this page, key); asked for once a request."""
    if "navigation" not in g:
        g.navigation = _navigation(app)
    return g.navigation


def _navigation(app: Flask) -> list[tuple[str, str, bool, str]]:
    found = sorted(
        (entry for entries in app.extensions["expo_navigation"] for entry in entries() if entry[1] == mood()),
        key=lambda entry: entry[0],
    )
    longest = max((url for _o, _m, _l, url, _k in found if request.path.startswith(url)), key=len, default="")
    return [(label, url, url == longest, key) for _o, _m, label, url, key in found]


def _frame() -> dict:
    if not has_request_context():  # a worker draws print pages, which have no frame
        return {"edition": g.get("edition"), "now": now(), "version": VERSION}
    return {
        "nav": [] if g.get("failing") else navigation(current_app),
        "mood": mood(),
        "edition": g.get("edition"),
        "now": now(),
        "version": VERSION,
        "theme": request.cookies.get("theme") if request.cookies.get("theme") in ("light", "dark") else None,
    }
