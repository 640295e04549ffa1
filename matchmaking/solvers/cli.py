"""`flask solvers compile` fills the cache of compiled solvers."""

import os
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from hashlib import sha256
from importlib import import_module
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from flask import Flask
from flask.cli import AppGroup
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from expo.settings import ROOT

SOLVERS = {
    "stands": "expo.allocation.warming",
    "timetable": "expo.forums.timetable.solve",
    "meetings": "matchmaking.meetings.agenda.solve",
    "meetings that are all held": "matchmaking.meetings.classic.anneal",
}
"""What a solver places → the pure module whose `warm_up()` compiles it."""

group = AppGroup("solvers", help="The compiled solvers.")


def init(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


def _state() -> str:
    """What the cache depends on: the compiler, and every line of the solvers' packages.

    Also where it lies and when it was written: in a copy of the folder nothing counts as compiled.
    """
    digest = sha256(f"{version('numba')} {ROOT}".encode())
    for module in SOLVERS.values():
        for path in sorted((ROOT / module.replace(".", "/")).parent.glob("*.py")):
            digest.update(path.read_bytes() + str(path.stat().st_mtime_ns).encode())
    return digest.hexdigest()


def _compile(module: str) -> None:
    import_module(module).warm_up()


@group.command("compile")
def compile_command() -> None:
    """Compile every solver into the cache, two at a time; once done, a second time takes a moment."""
    mark = Path(os.environ["NUMBA_CACHE_DIR"]) / "compiled"
    state = _state()
    if mark.exists() and mark.read_text() == state:
        return
    columns = (TextColumn("  {task.description}"), BarColumn(), TimeElapsedColumn())
    started = time.monotonic()
    with Progress(*columns, transient=True) as bar, ProcessPoolExecutor(2, get_context("spawn")) as pool:
        task = bar.add_task("compiling", total=len(SOLVERS))
        for done in as_completed(pool.submit(_compile, module) for module in SOLVERS.values()):
            done.result()
            bar.advance(task)
    mark.write_text(state)
    print(f"  solvers ready in {time.monotonic() - started:.1f} s")
