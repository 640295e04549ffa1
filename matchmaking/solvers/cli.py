"""`flask solvers compile` fills the cache of compiled solvers."""

import time
from importlib import import_module

from flask import Flask
from flask.cli import AppGroup
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

SOLVERS = {
    "stands": "expo.allocation.allocate",
    "timetable": "expo.forums.timetable.solve",
    "meetings": "matchmaking.meetings.agenda.solve",
}
"""What a solver places → the pure module whose `warm_up()` compiles it."""

group = AppGroup("solvers", help="The compiled solvers.")


def init(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


@group.command("compile")
def compile_command() -> None:
    """Compile every solver into the cache; a second time takes a moment."""
    columns = (TextColumn("  {task.description}"), BarColumn(), TimeElapsedColumn())
    started = time.monotonic()
    with Progress(*columns, transient=True) as bar:
        task = bar.add_task("", total=len(SOLVERS))
        for name, module in SOLVERS.items():
            bar.update(task, description=f"compiling: {name}")
            import_module(module).warm_up()
            bar.advance(task)
    print(f"  solvers ready in {time.monotonic() - started:.1f} s")
