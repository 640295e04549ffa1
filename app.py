"""Caravanserai: an expo with its forum, from the empty hall to the signed deal."""

import gc
from importlib import import_module

from flask import Flask

from expo import logs, web
from expo.settings import ROOT, read_settings

ROOMS = (
    "expo.jobs",
    "expo.outbox",
    "expo.accounts",
    "expo.audit",
    "expo.editions",
    "expo.venue",
    "expo.exhibitors",
    "expo.points",
    "expo.allocation",
    "expo.orders",
    "expo.selection",
    "expo.plan",
    "expo.forums",
    "expo.ceremony",
    "expo.call",
    "expo.board",
    "expo.stars",
    "expo.registration",
    "expo.badges",
    "expo.checkin",
    "expo.gate",
    "expo.figures",
    "matchmaking.phases",
    "matchmaking.catalogue",
    "matchmaking.recommendations",
    "matchmaking.requests",
    "matchmaking.meetings",
    "matchmaking.coverage",
    "matchmaking.deals",
    "matchmaking.onsite",
    "matchmaking.site",
    "matchmaking.solvers",
    "matchmaking.folder",
    "matchmaking.profiles",
    "matchmaking.console",
    "matchmaking.portal",
    "matchmaking.leads",
    "matchmaking.demo",
)


def create_app(**config) -> Flask:
    """The application. `config` overrides settings of the environment, for tests and scripts."""
    settings = read_settings(**config)
    logs.set_up(settings.log_level)
    app = Flask(__name__, static_folder=None, template_folder=str(ROOT / "templates"))
    app.extensions["expo_settings"] = settings
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    web.init(app, settings)
    for room in ROOMS:
        _open(app, room)
    gc.freeze()  # what start-up made stays: no request need look through it for rubbish again
    return app


def _open(app: Flask, room: str) -> None:
    """Wire the doors that a room has: pages, API, jobs, commands."""
    folder = ROOT / room.replace(".", "/")
    for door in ("views", "api", "jobs", "cli"):
        if (folder / f"{door}.py").exists() or (folder / door / "__init__.py").exists():
            module = import_module(f"{room}.{door}")
            if hasattr(module, "init"):
                module.init(app)
