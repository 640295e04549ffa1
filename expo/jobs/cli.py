"""`flask jobs work` runs a worker."""

from flask import Flask, current_app
from flask.cli import AppGroup

from expo.jobs.worker import sweep_once, work
from expo.web.database import engine

group = AppGroup("jobs", help="Long work in the background.")


def init(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


@group.command("work")
def work_command() -> None:
    """Take jobs from the queue until stopped."""
    url = engine().url.render_as_string(hide_password=False)
    work(current_app._get_current_object(), url, current_app.extensions["expo_settings"].stalled_after_s)


@group.command("sweep")
def sweep_command() -> None:
    """Do once what the worker does every few seconds: clear what ran out, go on to who is next."""
    sweep_once(current_app._get_current_object())
