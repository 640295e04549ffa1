"""The classical form within a time: a proof and an annealing side by side, checked before they are told."""

from __future__ import annotations

import json
import os
import resource
import selectors
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .checker import breaks_by_participant, violations
from .clashes import clash
from .domains import domains, fewest_breaks
from .problem import Problem
from .reading import as_json

ROOT = Path(__file__).resolve().parents[3]
ALONE_S = 1.0
"""For so long the proof has the machine to itself: most problems need no more."""
STALLED_S = 5.0
"""A proof by cores whose bound has not risen for so long gives its place to one bound at a time."""
EXPLAIN_S = 10.0
"""The longest search for the rules that clash, once it is certain that there is no schedule."""
LATE, STOPPED, FAILED = "the time was too short", "it was stopped too early", "the memory was too small"


@dataclass
class Answer:
    """What is known: a schedule or None, the proven bound, and of what cannot be solved the reason.

    `feasible` is None where the time was too short to find a schedule or to prove that there is none.
    """

    feasible: bool | None = None
    slots: list[int] | None = None
    breaks: int | None = None
    lower_bound: int = 0
    reason: str = ""
    rules: list[str] | None = None
    cpu_s: float = 0.0

    @property
    def proved(self) -> bool:
        return self.breaks == self.lower_bound or self.feasible is False


def solve(problem: Problem, seconds: float, seed: int = 1) -> Answer:
    """Solve a problem within so many seconds of wall time.

    A proven number of breaks is the same every time. Which of the schedules with so few is given, and what
    an unfinished search has reached, depends on how fast the machine is, for two searches run side by side.
    """
    cpu = _cpu()
    answer = _Run(problem, time.monotonic() + seconds, seed).answer()
    answer.cpu_s = round(_cpu() - cpu, 3)
    return answer


def _cpu() -> float:
    """Seconds of processor time of this process and of those it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


class _Run:
    """One problem on its way to an answer, with the processes that work on it."""

    def __init__(self, problem: Problem, deadline: float, seed: int) -> None:
        self._problem, self._seed = problem, seed
        self._deadline = deadline
        self._known = Answer()
        self._selector = selectors.DefaultSelector()
        self._workers: list[subprocess.Popen] = []
        self._rest: dict[int, bytes] = {}
        self._stopped = False
        self._stalls_at = time.monotonic() + STALLED_S

    def answer(self) -> Answer:
        known = self._known
        allowed = domains(self._problem)
        reason = clash(self._problem, allowed)
        if reason:
            known.feasible, known.reason = False, reason
        elif not self._problem.meetings:
            self._hear("slots", [])
        else:
            known.lower_bound = sum(fewest_breaks(self._problem, allowed))
            self._search()
        if known.feasible is None:
            why = STOPPED if self._stopped else LATE if self._late() else FAILED
            known.reason = f"{why} to find a schedule or to prove that there is none"
        return known

    def _search(self) -> None:
        improve_at = time.monotonic() + ALONE_S
        try:
            self._start("prove", {})
            while not self._finished():
                now = time.monotonic()
                ready = self._known.slots is not None and len(self._workers) == 1
                if ready and (now >= improve_at or not self._selector.get_map()):
                    self._start("improve", {"slots": self._known.slots, "seed": self._seed})
                elif self._stalled(now):
                    self._drop(self._workers[0])
                    self._start("rise", {"bound": self._known.lower_bound})
                else:
                    self._listen(self._wake_at(improve_at if ready else self._deadline) - now)
        except KeyboardInterrupt:  # whoever stops it wants what there is
            self._stopped = True
        finally:
            self._stop()
        if self._known.rules:
            without = " or without ".join(self._known.rules)
            self._known.reason = f"no schedule keeps all rules; there would be one without {without}"

    def _stalled(self, now: float) -> bool:
        """Whether both searches are at work and the proof stands still."""
        return len(self._workers) == 2 and len(self._selector.get_map()) == 2 and now >= self._stalls_at

    def _wake_at(self, soonest: float) -> float:
        return min(soonest, self._deadline, self._stalls_at if len(self._workers) == 2 else self._deadline)

    def _finished(self) -> bool:
        known, silent = self._known, not self._selector.get_map()
        if known.feasible is False:
            return known.rules is not None or silent or self._late()
        waiting = known.slots is not None and len(self._workers) == 1
        return known.proved or self._late() or (silent and not waiting)

    def _late(self) -> bool:
        return time.monotonic() >= self._deadline

    def _start(self, task: str, given: dict) -> None:
        left = int(max(0.0, self._deadline - time.monotonic()) + EXPLAIN_S)
        worker = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "matchmaking.meetings.classic.worker", task],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        )
        self._workers.append(worker)
        self._selector.register(worker.stdout, selectors.EVENT_READ)
        try:
            worker.stdin.write(
                json.dumps({"problem": as_json(self._problem), "seconds": left, **given}).encode()
            )
            worker.stdin.close()
        except BrokenPipeError:
            return

    def _listen(self, seconds: float) -> None:
        for key, _ in self._selector.select(max(0.0, seconds)):
            read = os.read(key.fd, 1 << 16)
            if not read:
                self._selector.unregister(key.fileobj)
                continue
            *lines, self._rest[key.fd] = (self._rest.get(key.fd, b"") + read).split(b"\n")
            for line in lines:
                self._hear(*json.loads(line))

    def _hear(self, what: str, value: Any) -> None:
        known = self._known
        if what == "slots":
            self._better(value)
        elif what == "bound" and value > known.lower_bound:
            known.lower_bound = value
            self._stalls_at = time.monotonic() + STALLED_S
        elif what == "infeasible":
            known.feasible, known.reason = False, "no schedule keeps all rules"
            self._deadline = min(self._deadline, time.monotonic() + EXPLAIN_S)
        elif what == "rules":
            known.rules = value

    def _better(self, slots: list[int]) -> None:
        """Take a schedule that has fewer breaks and that the checker accepts; others are not believed."""
        breaks = sum(breaks_by_participant(self._problem, slots))
        known = self._known
        if (known.breaks is None or breaks < known.breaks) and not violations(self._problem, slots):
            known.feasible, known.slots, known.breaks = True, slots, breaks

    def _drop(self, worker: subprocess.Popen) -> None:
        self._rest.pop(worker.stdout.fileno(), None)
        self._selector.unregister(worker.stdout)
        _end(worker)

    def _stop(self) -> None:
        for worker in self._workers:
            _end(worker)
        self._selector.close()


def _end(worker: subprocess.Popen) -> None:
    worker.kill()
    worker.wait()
    worker.stdout.close()
