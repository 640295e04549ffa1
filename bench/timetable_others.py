"""What others make of the same timetable: conference-scheduler from PyPI, and CP-SAT without our search."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from expo.forums.timetable.board import fits, wish_of
from expo.forums.timetable.checker import soft_parts, violations
from expo.forums.timetable.exact import Model
from expo.forums.timetable.problem import Place, Problem, Room, Talk, Timetable
from expo.forums.timetable.shortage import time_for
from expo.forums.timetable.spans import stretches

PACKAGE = "conference-scheduler==3.0.1"
HOME = Path("instance/bench-conference")
"""Its environment is its own: it brings a solver that nothing of ours needs."""
PATIENCE_S = 240
LATTICE = {90: (40, 40), 105: (45, 45), 120: (60, 45), 135: (60, 60)}
"""How a stretch of programme is cut into the fixed slots that conference-scheduler wants, set-up between."""


def others(problem: Problem) -> dict[str, dict[str, Any]]:
    """Name → hard, total, cpu_s, and what was asked; all judged by our checker."""
    return {"conference-scheduler": _conference(problem), "cp_sat": _cp_sat(problem)}


def _judged(problem: Problem, places: dict[str, Place], cpu_s: float, note: str) -> dict[str, Any]:
    broken = violations(problem, Timetable(places, (), 0, 0.0, {}))
    total = sum(soft_parts(problem, places).values())
    return {"hard": len(broken), "total": round(total, 1), "cpu_s": round(cpu_s, 1), "note": note}


def _cp_sat(problem: Problem) -> dict[str, Any]:
    """All hard rules, and listeners without a seat as the only price (clashes are too many for a model)."""
    began = time.process_time()
    model = Model(problem, [talk.code for talk in problem.talks], {}, gives=False)
    model.price_of_seats()
    found = model.solve(5.0)
    cpu = time.process_time() - began
    return _judged(problem, dict(found.places) if found else {}, cpu, "hard rules and seats only")


def _conference(problem: Problem) -> dict[str, Any]:
    python = _environment()
    if python is None:
        return {"hard": None, "total": None, "cpu_s": None, "note": f"{PACKAGE} could not be installed"}
    slots = _slots(problem)
    asked = {"events": [_event(problem, talk, slots) for talk in problem.talks],
             "slots": [{"venue": room.code, "minute": start, "duration": long, "capacity": room.capacity}
                       for room, start, long in slots]}  # fmt: skip
    script = Path(__file__).with_name("conference.py")
    try:
        done = subprocess.run(  # noqa: S603 (our own script, in the environment made for it)
            [python, script], input=json.dumps(asked), capture_output=True, text=True, timeout=PATIENCE_S,
            check=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"hard": None, "total": None, "cpu_s": PATIENCE_S, "note": "no answer in time"}
    except subprocess.CalledProcessError as failed:
        return {"hard": None, "total": None, "cpu_s": None, "note": failed.stderr[-200:]}
    answer = json.loads(done.stdout.splitlines()[-1])
    places = {code: (slots[k][0].code, slots[k][1]) for code, k in answer["places"].items()}
    note = "a lattice of slots; knows neither clashes of the audience nor order nor ways between buildings"
    return _judged(problem, places, answer["cpu_s"], note)


def _environment() -> Path | None:
    """The Python that has the package; made on first use."""
    python = HOME / "bin" / "python"
    if not python.exists():
        made = subprocess.run([sys.executable, "-m", "venv", HOME], check=False)  # noqa: S603
        if made.returncode:
            return None
    ready = subprocess.run(  # noqa: S603
        [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", PACKAGE], check=False
    )
    return None if ready.returncode else python


def _slots(problem: Problem) -> list[tuple[Room, int, int]]:
    """(room, start, minutes) of a lattice; every fourth room's first stretch is left whole for long talks."""
    out = []
    for k, room in enumerate(problem.rooms):
        for number, (a, b) in enumerate(stretches(problem)):
            cuts = LATTICE.get(b - a, (b - a,)) if (k + number) % 8 else (b - a,)
            start = a
            for long in cuts:
                out.append((room, start, long))
                start += long + problem.setup_min
    return out


def _event(problem: Problem, talk: Talk, slots: list[tuple[Room, int, int]]) -> dict[str, Any]:
    start, pinned = wish_of(problem, talk)
    clear = time_for(problem, talk)
    never = [
        k
        for k, (room, at, _long) in enumerate(slots)
        if not fits(talk, room)
        or pinned not in (None, room.code)
        or start not in (None, at)
        or not any(a <= at and at + talk.minutes <= b for a, b in clear)
        or any(other.alone and wish_of(problem, other)[0] is not None and other.code != talk.code
               and at < wish_of(problem, other)[0] + other.minutes for other in problem.talks)
    ]  # fmt: skip
    apart = [k for k, one in enumerate(problem.talks) if one != talk and set(one.people) & set(talk.people)]
    return {
        "name": talk.code,
        "duration": talk.minutes,
        "demand": talk.demand,
        "never": never,
        "apart": apart,
    }
