"""`flask solvers compile` fills the cache of compiled solvers."""

import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib import import_module
from multiprocessing import get_context

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


def _compile(module: str) -> None:
    import_module(module).warm_up()


@group.command("compile")
def compile_command() -> None:
    """Compile every solver into the cache, two at a time; once done, a second time takes a moment."""
    columns = (TextColumn("  {task.description}"), BarColumn(), TimeElapsedColumn())
    started = time.monotonic()
    with Progress(*columns, transient=True) as bar, ProcessPoolExecutor(2, get_context("spawn")) as pool:
        task = bar.add_task("compiling", total=len(SOLVERS))
        for done in as_completed(pool.submit(_compile, module) for module in SOLVERS.values()):
            done.result()
            bar.advance(task)
    print(f"  solvers ready in {time.monotonic() - started:.1f} s")
