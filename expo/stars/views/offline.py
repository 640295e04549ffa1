"""The programme without a net: the worker that keeps pages, the page it shows, the data, the manifest."""

import json
from hashlib import sha256

from flask import (
    Response,
    abort,
    g,
    get_flashed_messages,
    jsonify,
    make_response,
    render_template,
    request,
    url_for,
)
from flask_login import current_user

from expo.clock import now
from expo.forums import services as forums
from expo.forums.feeds.parts import text
from expo.forums.programme import Item
from expo.forums.views.programme import language_names
from expo.languages import LANGUAGES, direction, pick
from expo.settings import ROOT
from expo.stars import queries
from expo.stars.icon import SIZES, icon_png
from expo.stars.views.blueprint import bp
from expo.web import _, db, public
from expo.web.assets import asset
from expo.web.language import as_date, as_time, language

KEEPABLE = frozenset(
    {
        "forums.programme",
        "forums.speaker_detail",
        "forums.speaker_list",
        "forums.talk_detail",
        "stars.shell",
    }
)
ASSETS = ("expo.css", "stars.css", "menu.js", "stars.js", "stars-kept.js", "stars-offline.js", "mark.svg")


def mark_keepable(response: Response) -> Response:
    """Mark pages that are the same for everybody and were made for nobody: only these are ever kept."""
    if (
        request.endpoint in KEEPABLE
        and response.status_code == 200
        and request.method == "GET"
        and g.get("edition")
        and g.edition.is_public
        and not current_user.is_authenticated
        and not get_flashed_messages()
    ):
        response.headers["X-Keep"] = "page"
    return response


@bp.get("/<edition>/service-worker.js")
@public
def worker():
    """The worker, with the addresses of what it fetches first. Another content is a newer version."""
    if not g.edition.is_public:
        abort(404)
    code = language()
    setup = {
        "home": f"/{g.edition.code}/",
        "language": code,
        "shell": url_for("stars.shell", lang=code),
        "talks": url_for("stars.talks_json", lang=code),
        "first": [url_for("forums.programme", lang=code), url_for("forums.speaker_list", lang=code)],
        "assets": [asset(name) for name in ASSETS],
    }
    source = (ROOT / "static" / "stars-worker.js").read_text()
    setup["version"] = sha256((json.dumps(setup) + source).encode()).hexdigest()[:10]
    response = make_response(f"const SETUP = {json.dumps(setup)};\n{source}")
    response.content_type = "text/javascript; charset=utf-8"
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/<edition>/offline")
@public
def shell():
    """The page shown without a net where the wanted one was not kept: it draws from what was."""
    response = make_response(render_template("expo/stars/offline.html"))
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/<edition>/offline/talks.json")
@public
def talks_json():
    """The released programme in the reader's language, for the page without a net."""
    found = forums.programme(db(), g.edition)
    walk, _longest = queries.walk_of(db(), g.edition)
    buildings = sorted({item.room.building for item in found.items}) if found else []
    named = language_names()
    answer = jsonify(
        version=found.version if found else "",
        made=now().isoformat(timespec="seconds"),
        language=language(),
        walk={one: {other: walk(one, other) for other in buildings} for one in buildings},
        talks=[_talk(item, named) for item in found.items] if found else [],
    )
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["X-Keep"] = "data"
    answer.add_etag()
    return answer


def _talk(item: Item, named: dict[str, str]) -> dict:
    code = language()
    return {
        "code": item.code,
        "title": text(item.title, code) or item.code,
        "abstract": text(item.abstract, code),
        "forum": pick(item.track.name, code),
        "letter": item.track.letter,
        "hue": (item.track.hue - 1) % 8 + 1,
        "room": pick(item.room.name, code),
        "building": item.room.building,
        "date": item.day.isoformat(),
        "day": as_date(item.day, "full"),
        "time": f"{as_time(item.start)}–{as_time(item.end)}",
        "start": int(item.start.timestamp()),
        "end": int(item.end.timestamp()),
        "languages": [named.get(one, one) for one in (item.language, *item.interpretation)],
        "people": [pick(part.name, code) for part in item.speakers],
        "find": " ".join([*item.title.values(), *(n for p in item.speakers for n in p.name.values())]),
    }


@bp.get("/<edition>/programme.webmanifest")
@public
def manifest():
    """What a home screen shows of the programme."""
    code = language()
    name = pick(g.edition.name, code)
    facts = {
        "name": _("%(name)s: programme", name=name),
        "short_name": name[:30],
        "lang": code if code in LANGUAGES else "en",
        "dir": direction(code),
        "start_url": url_for("stars.own"),
        "scope": f"/{g.edition.code}/",
        "display": "standalone",
        "background_color": "#faf7f0",
        "theme_color": "#0c4a4e",
        "icons": [
            {
                "src": url_for("stars.icon", size=size),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": "any maskable",
            }
            for size in SIZES
        ],
    }
    response = make_response(json.dumps(facts, ensure_ascii=False))
    response.content_type = "application/manifest+json"
    return response


@bp.get("/<edition>/icon-<int:size>.png")
@public
def icon(size: int):
    """The house's sign for home screens."""
    if size not in SIZES:
        abort(404)
    response = make_response(icon_png(size))
    response.content_type = "image/png"
    response.headers["Cache-Control"] = "public, max-age=604800"
    return response
