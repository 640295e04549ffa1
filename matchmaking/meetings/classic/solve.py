"""The classical form within a time: a proof and an annealing side by side, checked before they are told."""

from __future__ import annotations

import json
import math
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
ALONE_S = 2.0
"""For so long the proof has the machine to itself: most problems need no more."""
ANEW_S = 20.0
"""Processor seconds of a second proof beside it, by counting and from fewer clauses: it ends soon or not."""
STALLED_S = 30.0
"""When the bound of the proof has not risen for so long, one bound at a time is tried beside it."""
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
    """One problem on its way to an answer, with the processes that work on it, by their tasks."""

    def __init__(self, problem: Problem, deadline: float, seed: int) -> None:
        self._problem, self._seed = problem, seed
        self._deadline = deadline
        self._known = Answer()
        self._selector = selectors.DefaultSelector()
        self._workers: dict[str, subprocess.Popen] = {}
        self._rest: dict[int, bytes] = {}
        self._stopped = False
        self._asked = 0
        self._higher_at = time.monotonic()

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
        try:
            self._start("prove", {})
            alone_until = time.monotonic() + ALONE_S
            while not self._finished():
                self._listen(self._staff(time.monotonic(), alone_until) - time.monotonic())
        except KeyboardInterrupt:  # whoever stops it wants what there is
            self._stopped = True
        finally:
            for task in self._workers:
                self._drop(task)
            self._selector.close()
        if self._known.rules:
            without = " or without ".join(self._known.rules)
            self._known.reason = f"no schedule keeps all rules; there would be one without {without}"

    def _staff(self, now: float, alone_until: float) -> float:
        """Start searches as the time has come, one after the other beside the proof; when to look again."""
        known, given = self._known, {"slots": self._known.slots, "seed": self._seed}
        stalled_at = self._higher_at + STALLED_S
        if known.slots is None or self._at_work("prove-anew") or self._at_work("improve"):
            return self._deadline
        if "prove-anew" not in self._workers:
            if now < alone_until and self._at_work("prove"):
                return alone_until
            self._start("prove-anew", given, ANEW_S)
        elif "improve" not in self._workers:
            self._start("improve", given)
        elif "rise" not in self._workers:
            if now < stalled_at and self._at_work("prove"):
                return stalled_at
            self._rise()
        elif self._at_work("rise") and self._asked < known.lower_bound:  # the proof has overtaken it
            self._drop("rise")
            self._rise()
        return self._deadline

    def _rise(self) -> None:
        self._asked = self._known.lower_bound
        self._start("rise", {"bound": self._asked})

    def _at_work(self, task: str) -> bool:
        worker = self._workers.get(task)
        return worker is not None and not worker.stdout.closed and worker.stdout in self._selector.get_map()

    def _finished(self) -> bool:
        known, silent = self._known, not self._selector.get_map()
        if known.feasible is False:
            return known.rules is not None or silent or self._late()
        waiting = known.slots is not None and "rise" not in self._workers
        return known.proved or self._late() or (silent and not waiting)

    def _late(self) -> bool:
        return time.monotonic() >= self._deadline

    def _start(self, task: str, given: dict, most: float = math.inf) -> None:
        left = int(min(most, max(0.0, self._deadline - time.monotonic()) + EXPLAIN_S))
        worker = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "matchmaking.meetings.classic.worker", task],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        )
        self._workers[task] = worker
        self._selector.register(worker.stdout, selectors.EVENT_READ, task)
        self._rest[worker.stdout.fileno()] = b""
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
            *lines, self._rest[key.fd] = (self._rest[key.fd] + read).split(b"\n")
            for line in lines:
                self._hear(*json.loads(line))
                if key.data == "rise":
                    self._asked = self._known.lower_bound

    def _hear(self, what: str, value: Any) -> None:
        known = self._known
        if what == "slots":
            self._better(value)
        elif what == "bound" and value > known.lower_bound:
            known.lower_bound = value
            self._higher_at = time.monotonic()
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

    def _drop(self, task: str) -> None:
        worker = self._workers[task]
        if self._at_work(task):
            self._selector.unregister(worker.stdout)
        worker.kill()
        worker.wait()
        worker.stdout.close()
