"""`flask meetings solve PROBLEM.json`: the classical form, solved without an edition or a database."""

import json
import signal
import sys
from typing import NoReturn

import click
from flask import Flask
from flask.cli import AppGroup

from matchmaking.meetings.classic.reading import Malformed, read_problem, unknown_keys
from matchmaking.meetings.classic.solve import Answer, solve

MOST_BYTES = 5_000_000
SOLVED, INFEASIBLE, MALFORMED, UNDECIDED = 0, 1, 2, 3

group = AppGroup("meetings", help="Meetings between exhibitors and buyers.")


def init(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


@group.command("solve")
@click.argument("problem", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option(
    "--seconds", type=click.FloatRange(0.1, 86_400), default=60, show_default=True, help="At most so long."
)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True)
def solve_command(problem: str, seconds: float, seed: int) -> None:
    """Hold all meetings of the JSON file PROBLEM (- for standard input) with as few breaks as possible.

    Writes one line of JSON: the slot of each meeting, the breaks, the proven lower bound, whether both are
    equal, and the processor seconds. Exit code 0: a schedule; 1: certainly none; 2: the file cannot be
    understood; 3: the time was too short to tell. Ctrl-C (or a TERM signal) ends the search early and writes
    the best schedule so far.
    """
    data = _read(problem)
    for key in unknown_keys(data):
        click.echo(f"{key} means nothing here and is left aside.", err=True)
    try:
        given = read_problem(data)
    except Malformed as refusal:
        _refuse(problem, str(refusal))
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    answer = solve(given, seconds, seed)
    signal.signal(signal.SIGTERM, before)
    click.echo(json.dumps(_told(answer)))
    sys.exit({True: SOLVED, False: INFEASIBLE, None: UNDECIDED}[answer.feasible])


def _read(path: str) -> object:
    try:
        with click.open_file(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            _refuse(path, f"is larger than {MOST_BYTES // 1_000_000} MB")
        return json.loads(content)
    except OSError as failure:
        _refuse(path, f"cannot be read: {failure.strerror}")
    except json.JSONDecodeError as failure:
        _refuse(path, f"is no JSON at line {failure.lineno}, column {failure.colno}: {failure.msg}")
    except (ValueError, RecursionError):
        _refuse(path, "is no JSON that can be read")


def _refuse(path: str, why: str) -> NoReturn:
    name = "standard input" if path == "-" else click.format_filename(path)
    click.echo(f"{name}: {why}.", err=True)
    sys.exit(MALFORMED)


def _told(answer: Answer) -> dict[str, object]:
    if answer.feasible:
        return {
            "slots": answer.slots,
            "breaks": answer.breaks,
            "lower_bound": answer.lower_bound,
            "proved": answer.proved,
            "cpu_s": answer.cpu_s,
        }
    told: dict[str, object] = {"feasible": answer.feasible, "reason": answer.reason, "proved": answer.proved}
    if answer.rules:
        told["rules"] = answer.rules
    return told | {"cpu_s": answer.cpu_s}
