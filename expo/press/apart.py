"""The press in a process of its own: what it keeps in memory goes with it, and the worker stays small.

`python -m expo.press.apart INSTANCE` reads jobs from standard input, a line of JSON each, and answers each
with a line of JSON and the bytes it announces.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from expo.press.engine import Job, PressProblem, Sheets, press_of
from expo.printing import join_files
from expo.settings import ROOT

MOST_WORKERS = 4
"""Processes that set at once: each takes half a gigabyte."""


class Apart:
    """A press process: sets one job after the other, and puts files together."""

    def __init__(self, process: subprocess.Popen):
        self._process = process

    def pdf(self, job: Job, *, accessible: bool = True) -> Sheets:
        """As `Press.pdf`."""
        head, document = self._asked(
            {"template": job.template, "data": dict(job.data), "accessible": accessible}
        )
        return Sheets(document, tuple(head["told"]))

    def join(self, parts: Sequence[Path], target: Path) -> int:
        """As `printing.join_files`."""
        return self._asked({"parts": [str(part) for part in parts], "target": str(target)})[0]["pages"]

    def _asked(self, values: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        asked, answered = self._process.stdin, self._process.stdout
        assert asked and answered  # noqa: S101 (both are pipes)
        try:
            asked.write(json.dumps(values, ensure_ascii=False).encode() + b"\n")
            asked.flush()
            head = json.loads(answered.readline())
        except (OSError, ValueError) as error:
            raise PressProblem(f"the process of the press ended ({error})") from error
        if "problem" in head:
            raise PressProblem(head["problem"])
        return head, answered.read(head["bytes"])


@contextmanager
def apart(instance: Path) -> Iterator[Apart]:
    """A press in a process of its own, which ends with the block, or when this process dies."""
    with subprocess.Popen(  # noqa: S603 (our own module)
        [sys.executable, "-m", "expo.press.apart", str(instance)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            yield Apart(process)
        finally:
            if process.stdin:
                process.stdin.close()


def set_apart(instance: Path, jobs: Sequence[Job]) -> Iterator[bytes]:
    """PDFs of several jobs in their order, set side by side, each by a process of its own; without tags."""

    def made(job: Job) -> bytes:
        with apart(instance) as press:
            return press.pdf(job, accessible=False).document

    with ThreadPoolExecutor(min(len(jobs), os.cpu_count() or 1, MOST_WORKERS)) as pool:
        yield from pool.map(made, jobs)


def _answer(values: dict[str, Any], instance: Path) -> tuple[dict[str, Any], bytes]:
    if "parts" in values:
        return {"pages": join_files([Path(part) for part in values["parts"]], Path(values["target"]))}, b""
    job = Job(values["template"], values["data"])
    sheets = press_of(instance).pdf(job, accessible=values["accessible"])
    return {"told": sheets.told}, sheets.document


def main() -> int:
    """Answer until there is nothing more to read."""
    instance = Path(sys.argv[1])
    for line in sys.stdin.buffer:
        try:
            head, document = _answer(json.loads(line), instance)
        except PressProblem as problem:
            head, document = {"problem": str(problem)}, b""
        sys.stdout.buffer.write(json.dumps({**head, "bytes": len(document)}).encode() + b"\n" + document)
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
