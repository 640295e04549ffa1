"""The gate's app for phones: its page in four languages, its modules, their worker, the manifest."""

import json
from functools import cache
from hashlib import sha256

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    g,
    make_response,
    render_template,
    send_file,
    url_for,
)
from flask_wtf.csrf import generate_csrf

from expo.countries import countries_by_name
from expo.fonts import web_font_path
from expo.gate.wording import FORCE_REASONS, WORDS
from expo.languages import LANGUAGES, direction, pick
from expo.packaged import SCRIPTS, packaged_path
from expo.registration.kinds import NAMES
from expo.settings import ROOT
from expo.stars.icon import SIZES
from expo.web import _, can, public, words
from expo.web.assets import YEAR, asset
from expo.web.frame import add_navigation
from expo.web.language import language
from expo.web.scanning import may_scan

bp = Blueprint("gate", __name__)
ADDRESS = "/<edition>/gate"
SCAN, REGISTER, PRINT = "checkin.scan", "registration.edit", "badges.print"
STATIC = ROOT / "static"
FONTS = ("noto-sans.woff2", "naskh.woff2")


def init(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition") or not can(SCAN):
        return []
    return [(56, "console", _("Scan and desk"), url_for("gate.app"), "")]


@cache
def files() -> tuple[str, ...]:
    """The app's own files: all of them lie under one address, so that a worker may decode for it offline."""
    found = (path.name for pattern in ("gate*.js", "scan-*.js", "gate.css") for path in STATIC.glob(pattern))
    return tuple(sorted(name for name in found if name != "gate-worker.js"))


@cache
def version() -> str:
    """Changes with any of the app's files; part of their addresses, so that old and new never mix."""
    whole = sha256()
    for name in files():
        whole.update(name.encode() + b"\0" + (STATIC / name).read_bytes())
    return whole.hexdigest()[:10]


def file(name: str) -> str:
    """The address of one of the app's files."""
    return url_for("gate.app_file", version=version(), name=name)


def _page(code: str = "") -> Response:
    signed_in = can(SCAN)
    page = render_template(
        "expo/gate/app.html",
        file=file,
        code=code,
        version_of_files=version(),
        words_of_app={key: words(sentence) for key, sentence in WORDS.items()},
        force_reasons=[(key, words(sentence)) for key, sentence in FORCE_REASONS.items()],
        kinds={kind: words(name) for kind, name in NAMES.items()},
        signed_in=signed_in,
        countries=countries_by_name(language()) if can(REGISTER) else [],
        may_register=can(REGISTER),
        may_print=can(PRINT),
        csrf=generate_csrf() if signed_in else "",
    )
    answer = may_scan(make_response(page))
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@bp.get(f"{ADDRESS}/")
@public
def app():
    """The app. Anybody may open it: it does nothing before it is enrolled or somebody has signed in."""
    return _page()


@bp.get(f"{ADDRESS}/enrol/<code>")
@public
def enrol(code: str):
    """Where the enrolment code of the console leads: the same app, with the code typed in."""
    if len(code) > 64:
        abort(404)
    return _page(code)


@bp.get(f"{ADDRESS}/files-<version>/<name>")
@public
def app_file(version: str, name: str):
    """One of the app's files, of whatever version asked for: a page that is a moment old must not break."""
    if name not in files():
        abort(404)
    fresh = version == globals()["version"]()
    return may_scan(send_file(STATIC / name, max_age=YEAR if fresh else 0, conditional=True))


def _packaged() -> list[str]:
    """Decoder and fonts, those that are there: a worker that misses one file is not installed at all."""
    instance = current_app.extensions["expo_settings"].instance
    paths = {name: packaged_path(name) for name in SCRIPTS} | {
        name: web_font_path(instance, name) for name in FONTS
    }
    return [name for name, path in paths.items() if path and path.is_file()]


@bp.get(f"{ADDRESS}/service-worker.js")
@public
def worker():
    """The worker, with the addresses of what it keeps. Another content is a newer version."""
    setup = {
        "home": url_for("gate.app"),
        "shells": {code: url_for("gate.app", lang=code) for code in LANGUAGES},
        "files": [
            *(file(name) for name in files()),
            *(asset(name) for name in ("expo.css", "mark.svg")),
            *(url_for("packaged_file", name=name) for name in _packaged()),
            *(url_for("gate.manifest", lang=code) for code in LANGUAGES),
            url_for("stars.icon", size=SIZES[0]),
        ],
    }
    source = (STATIC / "gate-worker.js").read_text()
    page = (ROOT / "templates/expo/gate/app.html").read_text()
    setup["version"] = sha256((json.dumps(setup) + source + page).encode()).hexdigest()[:10]
    answer = make_response(f"const SETUP = {json.dumps(setup)};\n{source}")
    answer.content_type = "text/javascript; charset=utf-8"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get(f"{ADDRESS}/gate.webmanifest")
@public
def manifest():
    """What a home screen shows of the app, in four languages."""
    code = language()
    name = pick(g.edition.name, code)
    icons = [
        {
            "src": url_for("stars.icon", size=size),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for size in SIZES
    ]
    facts = {
        "id": url_for("gate.app"),
        "name": _("Gate: %(name)s", name=name),
        "short_name": _("Gate"),
        "lang": code,
        "dir": direction(code),
        "start_url": url_for("gate.app"),
        "scope": url_for("gate.app"),
        "display": "standalone",
        "background_color": "#0d0c08",
        "theme_color": "#0d0c08",
        "icons": icons,
        "shortcuts": [
            {"name": _("Scan"), "url": f"{url_for('gate.app')}#scan"},
            {"name": _("Desk"), "url": f"{url_for('gate.app')}#desk"},
        ],
    }
    answer = make_response(json.dumps(facts, ensure_ascii=False))
    answer.content_type = "application/manifest+json"
    answer.headers["Cache-Control"] = "no-cache"
    return answer
