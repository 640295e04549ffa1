"""What every page's frame needs: navigation, the address of home, the time the page was made."""

from collections.abc import Callable
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from flask import Flask, current_app, g, has_request_context, request, url_for
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

from expo.clock import now

VERSION = "0.1"
GROUPS = (
    (0, ""),
    (5, _l("Stands")),
    (29, _l("Programme")),
    (45, _l("People")),
    (58, _l("Meetings and deals")),
    (70, _l("Office")),
)
"""What an organiser does: the order at which each group of console pages begins, and its name."""
MOST_IN_A_ROW = 8
"""More entries than this are shown by groups."""


class Entry(NamedTuple):
    """A place to go; `group` counts in GROUPS."""

    label: str
    url: str
    current: bool
    key: str | None
    group: int


class Group(NamedTuple):
    """Places that belong together; alone in its group, a place stands for itself."""

    label: str
    entries: list[Entry]

    @property
    def current(self) -> bool:
        """Whether this page is one of them."""
        return any(entry.current for entry in self.entries)


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


def navigation(app: Flask) -> list[Entry]:
    """The entries of this page's mood that a person may follow, in order; asked for once a request and
    language: a page may hold parts in another language than its own."""
    kept, here = g.setdefault("navigation", {}), str(get_locale())
    if here not in kept:
        kept[here] = _navigation(app)
    return kept[here]


def _navigation(app: Flask) -> list[Entry]:
    found = sorted(
        (entry for entries in app.extensions["expo_navigation"] for entry in entries() if entry[1] == mood()),
        key=lambda entry: entry[0],
    )
    longest = max((url for _o, _m, _l, url, _k in found if request.path.startswith(url)), key=len, default="")
    return [Entry(label, url, url == longest, key, _group_of(order)) for order, _m, label, url, key in found]


def _group_of(order: int) -> int:
    return max(number for number, (begins, _label) in enumerate(GROUPS) if begins <= order)


def _grouped(entries: list[Entry]) -> list[Group]:
    """The groups of the console, where there are too many entries for one row."""
    if mood() != "console" or len(entries) <= MOST_IN_A_ROW:
        return []
    found = [(number, list(some)) for number, some in groupby(entries, lambda entry: entry.group)]
    return [Group(GROUPS[number][1] if len(some) > 1 else some[0].label, some) for number, some in found]


def _frame() -> dict:
    if not has_request_context():  # a worker draws print pages, which have no frame
        return {"edition": g.get("edition"), "now": now(), "product_version": VERSION}
    entries = [] if g.get("failing") else navigation(current_app)
    return {
        "nav": entries,
        "nav_groups": _grouped(entries),
        "mood": mood(),
        "edition": g.get("edition"),
        "now": now(),
        "product_version": VERSION,
        "theme": request.cookies.get("theme") if request.cookies.get("theme") in ("light", "dark") else None,
    }
