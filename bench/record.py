"""One line of JSON per measurement, in instance/bench/<name>.jsonl and on the screen."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "instance" / "bench"


@contextmanager
def record(bench: str, instance: str, seed: int, **figures: object) -> Iterator[dict[str, object]]:
    """Measure the block: its CPU and wall seconds and the process's greatest memory so far, MB.

    The block may add figures to the dictionary it is given.

        with record("allocation", "reference", 1, rounds=20_000) as figures:
            figures["objective"] = allocate(problem, seed=1, rounds=20_000).objective
    """
    cpu, wall = time.process_time(), time.perf_counter()
    yield figures
    figures.setdefault("cpu_s", round(time.process_time() - cpu, 3))  # unless other processes did the work
    line = {
        "bench": bench,
        "instance": instance,
        "seed": seed,
        "cpu_s": figures["cpu_s"],
        "wall_s": round(time.perf_counter() - wall, 3),
        "max_rss_mb": round(max_rss_mb(), 1),
        **figures,
    }
    text = json.dumps(line, ensure_ascii=False)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{bench}.jsonl").open("a", encoding="utf-8") as file:
        file.write(text + "\n")
    print(text, flush=True)


def max_rss_mb() -> float:
    """The greatest memory this process has had so far, MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024**2 if sys.platform == "darwin" else peak / 1024
