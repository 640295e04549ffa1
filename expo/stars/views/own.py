"""A timetable of one's own: by day, with clashes in words, free stretches and what else would fit."""

from dataclasses import replace
from typing import Any

from flask import abort, g, make_response, render_template, request, url_for

from expo.forums import services as forums
from expo.forums.feeds.calendar import schedule_ics
from expo.forums.feeds.parts import links_of
from expo.forums.programme import Item, Programme
from expo.languages import pick
from expo.stars import queries, services
from expo.stars.clashing import Clash, clashes, gaps, suggestions
from expo.stars.models import Follower
from expo.stars.views.blueprint import OWN, bp
from expo.stars.views.reader import keep, present
from expo.stars.wording import clash_in_words
from expo.web import db, public
from expo.web.frame import address
from expo.web.language import language
from expo.web.security import site_address


@bp.get(OWN)
@public
def own():
    """The talks one starred, and everything one may do with them."""
    follower = present()
    page = render_template(
        "expo/stars/own.html",
        **timetable_of(follower),
        follower=follower,
        kind=services.kind_of(follower) if follower else "",
        calendar_url=_address_of(follower, "calendar"),
        share_url=_address_of(follower, "share"),
    )
    return keep(make_response(page), None)


@bp.get("/<edition>/shared-programme/<key>")
@public
def shared(key: str):
    """Somebody's timetable for friends: to read, not to change."""
    follower = services.follower_by_key(db(), g.edition, "share", key) or abort(404)
    page = make_response(render_template("expo/stars/shared.html", **timetable_of(follower)))
    page.headers["Cache-Control"] = "private, no-store"
    return page


@bp.get(f"{OWN}/calendar/<key>.ics")
@public
def calendar(key: str):
    """The own timetable for calendar programs; what left the programme is cancelled there, not forgotten."""
    follower = services.follower_by_key(db(), g.edition, "calendar", key) or abort(404)
    found = forums.programme(db(), g.edition) or abort(404)
    mine = set(services.starred_codes(db(), follower))
    past, removed = forums.history(db(), g.edition, found.version)
    names = {code: f"★ {text}" for code, text in found.fair.name.items()}
    own_programme = replace(
        found,
        fair=replace(found.fair, name=names),
        items=tuple(item for item in found.items if item.code in mine),
    )
    gone = [item for item in removed if item.code in mine]
    body = schedule_ics(own_programme, links_of(site_address(), g.edition.code), language(), past, gone)
    response = make_response(body)
    response.content_type = "text/calendar; charset=utf-8"
    response.headers["Cache-Control"] = "private, max-age=300"
    response.headers["X-Robots-Tag"] = "noindex"
    response.add_etag()
    return response.make_conditional(request)


def timetable_of(follower: Follower | None) -> dict[str, Any]:
    """What the pages of a timetable show: days with rows, clashes with suggestions, what is gone."""
    found = forums.programme(db(), g.edition)
    mine = set(services.starred_codes(db(), follower))
    items = [item for item in found.items if item.code in mine] if found else []
    walk, longest = queries.walk_of(db(), g.edition)
    trouble = [
        {
            "clash": clash,
            "sentence": clash_in_words(clash, *_titles(clash)),
            "instead": suggestions(clash, items, found.items, walk),
        }
        for clash in (clashes(items, walk, longest) if found else ())
    ]
    return {
        "programme": found,
        "items": items,
        "days": _days(items),
        "trouble": trouble,
        "gone": _gone(found, mine - {item.code for item in items}),
        "talk_url": address("forums.talk_detail", "code"),
    }


def _titles(clash: Clash) -> list[str]:
    return [pick(item.title, language()) for item in (clash.first, clash.second)]


def _days(items: list[Item]) -> list[tuple]:
    """(day, talks, free stretches) in order."""
    days = sorted({item.day for item in items})
    return [(day, here, gaps(here)) for day in days for here in [[item for item in items if item.day == day]]]


def _gone(found: Programme | None, missing: set[str]) -> list[Item]:
    if found is None or not missing:
        return []
    _past, removed = forums.history(db(), g.edition, found.version)
    return [item for item in removed if item.code in missing]


def _address_of(follower: Follower | None, which: str) -> str:
    key = getattr(follower, f"{which}_key", None)
    if not key:
        return ""
    if which == "calendar":
        return site_address() + url_for("stars.calendar", key=key, lang=language())
    return site_address() + url_for("stars.shared", key=key)
