"""The greatest memory of a process and all that it started, together, while something runs (Linux)."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

EVERY_S = 0.2
PROC = Path("/proc")


class Peak:
    """The greatest sum so far, MB, and the processes that made it up: {number: MB}."""

    def __init__(self) -> None:
        self.mb, self.parts = 0.0, dict[int, float]()

    def look(self) -> None:
        """Add up now."""
        parts = {number: _mb(number) for number in _family(os.getpid())}
        if sum(parts.values()) > self.mb:
            self.mb, self.parts = sum(parts.values()), parts


def _family(number: int) -> Iterator[int]:
    yield number
    for children in PROC.glob(f"{number}/task/*/children"):
        with suppress(OSError):
            for child in children.read_text().split():
                yield from _family(int(child))


def _mb(number: int) -> float:
    """What a process holds; pages that several share count in parts (PSS), so that sums are true."""
    with suppress(OSError):
        for line in (PROC / str(number) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


@contextmanager
def peak() -> Iterator[Peak]:
    """Look again and again while the block runs."""
    found, over = Peak(), threading.Event()

    def watch() -> None:
        while not over.wait(EVERY_S):
            found.look()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield found
    finally:
        over.set()
        watcher.join()
        found.look()
