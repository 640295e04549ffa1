"""Our own static files and the few files of installed packages that pages use."""

from functools import cache
from hashlib import sha256
from os.path import isfile

from flask import Flask, abort, current_app, request, send_file, url_for

from expo.fonts import web_font_path
from expo.packaged import packaged_path
from expo.settings import ROOT
from expo.web.access import public

STATIC = ROOT / "static"
YEAR = 31_536_000


def init(app: Flask) -> None:
    """Serve `/static/…` from our folder and `/assets/…` by the allow-list."""
    app.add_url_rule("/static/<path:name>", "static_file", static_file)
    app.add_url_rule("/assets/<path:name>", "packaged_file", packaged_file)
    app.jinja_env.globals["asset"] = asset


@cache
def _version(name: str) -> str:
    return sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def asset(name: str) -> str:
    """The address of a static file, changing with its content so that browsers may keep it for a year."""
    return url_for("static_file", name=name, v=_version(name))


@public
def static_file(name: str):
    """A file of our own, never outside the folder. Modules import others without a version: asked anew."""
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC) or not isfile(path):  # isfile: a name too long for a disk is no file
        abort(404)
    return send_file(path, max_age=YEAR if "v" in request.args else 0, conditional=True)


@public
def packaged_file(name: str):
    """A file of an installed package, or a font made from one, by the allow-lists only."""
    instance = current_app.extensions["expo_settings"].instance
    path = web_font_path(instance, name) or packaged_path(name)
    if path is None or not path.is_file():
        abort(404)
    return send_file(path, max_age=YEAR, conditional=True)
