"""`flask jobs work` runs a worker."""

from flask import Flask, current_app
from flask.cli import AppGroup

from expo.jobs.worker import work
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
