"""`flask allocation …`: solve, publish, repeat, and solve an auditor's file, from the command line."""

import json
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup
from rich.progress import Progress

from expo.allocation import inputs, queries, services
from expo.allocation.checker import violations
from expo.editions.models import Edition
from expo.editions.services import edition_by_code
from expo.errors import Refused
from expo.web import cli_session

group = AppGroup("allocation", help="Stands for exhibitors.")


def init(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


def _edition(session, code: str) -> Edition:
    return edition_by_code(session, code) or _stop(f"There is no edition {code}.")


def _stop(sentence: str):
    raise click.ClickException(sentence)


@group.command("solve")
@click.argument("edition")
@click.option("--seed", default=1, show_default=True)
@click.option("--budget", type=click.Choice(list(services.BUDGETS)), default="normal", show_default=True)
@click.option("--publish", is_flag=True, help="Publish the run if it breaks no rule.")
def solve_command(edition: str, seed: int, budget: str, publish: bool) -> None:
    """Allocate the stands of EDITION."""
    rounds = services.BUDGETS[budget]
    with cli_session() as session, Progress() as bar:
        task = bar.add_task("Allocating stands", total=rounds)
        try:
            run = services.solve(
                session,
                _edition(session, edition),
                seed,
                rounds,
                lambda done, *_more: bar.update(task, completed=done),
            )
            if publish:
                services.publish(session, run)
        except Refused as refused:
            _stop(str(refused))
        session.commit()
        placed, objective, bound = len(run.placements), run.objective, run.bound
    click.echo(
        f"Run {run.id}: {placed} placed, {len(run.unplaced)} not, {run.violations} rules broken, "
        f"{objective:,.0f} points of at most {bound:,.0f}."
    )


@group.command("replay")
@click.argument("run", type=int)
def replay_command(run: int) -> None:
    """Solve RUN once more from its stored input and say whether the same plan results."""
    with cli_session() as session:
        found = queries.run_numbered(session, run) or _stop(f"There is no run {run}.")
        try:
            result = services.replay(session, found)
        except Refused as refused:
            _stop(str(refused))
        services.note_replay(session, found, result)
        session.commit()
    click.echo(str(result.in_words()))
    if not result.same:
        raise SystemExit(1)


@group.command("export")
@click.argument("run", type=int)
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), required=True)
def export_command(run: int, output: Path) -> None:
    """Write all that an auditor needs to repeat RUN elsewhere."""
    with cli_session() as session:
        found = queries.run_numbered(session, run) or _stop(f"There is no run {run}.")
        try:
            evidence = services.evidence(session, found)
        except Refused as refused:
            _stop(str(refused))
    output.write_text(json.dumps(evidence, ensure_ascii=False, indent=1), encoding="utf-8")
    click.echo(f"{output}: run {run}, input {evidence['input_sha256']}.")


@group.command("solve-file")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seed", type=click.IntRange(0), help="Default: the run's own.")
@click.option("--rounds", type=click.IntRange(0), help="Default: the run's own.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Where the plan goes.")
def solve_file_command(file: Path, seed: int | None, rounds: int | None, output: Path | None) -> None:
    """Solve the downloaded evidence (or bare input) in FILE; no database is needed.

    With the run's own seed and rounds it says whether the plan in the file came out again, and ends with
    status 1 when it did not.
    """
    from expo.allocation.allocate import allocate

    whole = _read(file)
    evidence = whole if whole.get("format") == inputs.EVIDENCE else {}
    plain = evidence.get("input", whole)
    try:
        problem = inputs.from_plain(plain)
    except inputs.WrongInput as wrong:
        _stop(f"{file} holds no stored input: {wrong}.")
    seed = evidence.get("seed", 1) if seed is None else seed
    rounds = evidence.get("rounds", services.BUDGETS["normal"]) if rounds is None else rounds
    if not isinstance(seed, int) or not isinstance(rounds, int):
        _stop(f"{file} names no seed and rounds; give --seed and --rounds.")
    digest = inputs.digest(plain)
    if evidence and digest != evidence.get("input_sha256"):
        _stop(f"The input in {file} is not the one the run was made of (SHA-256 {digest}).")
    answer = allocate(problem, seed=seed, rounds=rounds)
    placements = {code: sorted(units) for code, units in answer.placements.items()}
    if output:
        plan = {"objective": answer.objective, "bound": answer.bound, "placements": placements}
        output.write_text(json.dumps(plan, ensure_ascii=False, indent=1), encoding="utf-8")
    click.echo(
        f"{len(placements)} placed, {len(answer.unplaced)} not, {len(violations(problem, answer))} rules"
        f" broken, {answer.objective:,} points of at most {answer.bound or 0:,}; input {digest}."
    )
    if evidence and (seed, rounds) == (evidence.get("seed"), evidence.get("rounds")):
        _compare(evidence, placements, answer.objective)


def _read(file: Path) -> dict:
    try:
        whole = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        _stop(f"{file} is not JSON.")
    return whole if isinstance(whole, dict) else _stop(f"{file} holds no stored input.")


def _compare(evidence: dict, placements: dict, objective: int) -> None:
    from expo.allocation.allocate import SOLVER_VERSION

    told = evidence.get("answer") or {}
    before = {code: sorted(stands) for code, stands in (told.get("placements") or {}).items()}
    found = services.replaying.Replayed(
        differing=sum(placements.get(code) != before.get(code) for code in placements.keys() | before.keys()),
        objective=objective,
        former=told.get("objective") or 0,
        version=SOLVER_VERSION,
        former_version=str(evidence.get("solver_version")),
    )
    click.echo(str(found.in_words()))
    if not found.same:
        raise SystemExit(1)
