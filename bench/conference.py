"""Runs conference-scheduler on a problem from standard input; called by a Python of its own, beside ours.

Input: {"events": [{name, duration, demand, apart, never}], "slots": [{venue, minute, duration, capacity}]};
output: {"places": {name: slot number}, "cpu_s"}.
"""

import json
import sys
import time
from datetime import datetime, timedelta

from conference_scheduler import scheduler  # pyright: ignore[reportMissingImports]
from conference_scheduler.lp_problem import objective_functions  # pyright: ignore[reportMissingImports]
from conference_scheduler.resources import Event, Slot  # pyright: ignore[reportMissingImports]

FIRST = datetime(2023, 6, 15)  # noqa: DTZ001 (minutes are counted from anywhere)


def main() -> None:
    """Solve and print."""
    asked = json.load(sys.stdin)
    slots = [
        Slot(row["venue"], FIRST + timedelta(minutes=row["minute"]), row["duration"], row["capacity"], "day")
        for row in asked["slots"]
    ]
    events = [Event(row["name"], row["duration"], row["demand"]) for row in asked["events"]]
    for event, row in zip(events, asked["events"], strict=True):
        event.add_unavailability(*(slots[k] for k in row["never"]), *(events[k] for k in row["apart"]))
    solution = scheduler.solution(
        events, slots, objective_function=objective_functions.efficiency_capacity_demand_difference
    )
    places = {events[e].name: int(s) for e, s in solution} if solution else {}
    usage = time.process_time() + _children()
    print(json.dumps({"places": places, "cpu_s": round(usage, 2)}))


def _children() -> float:
    """CPU seconds of the integer program's solver, which runs as a process of its own."""
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
