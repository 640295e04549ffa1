"""Stopping an exact search from outside, also while it has found nothing yet."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from ortools.sat.python import cp_model

LOOK_S = 0.5
"""Seconds between two looks at the cancel button."""


@contextmanager
def watched(solver: cp_model.CpSolver, cancelled: Callable[[], bool] | None) -> Iterator[None]:
    """Stops the search soon after somebody has cancelled, whether or not it has found anything by then."""
    if cancelled is None:
        yield
        return
    over = Event()

    def watch() -> None:
        while not over.wait(LOOK_S):
            if cancelled():
                solver.stop_search()

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
