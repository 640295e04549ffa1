"""`flask allocation …`: solve, publish and repeat from the command line."""

import click
from flask import Flask
from flask.cli import AppGroup
from rich.progress import Progress

from expo.allocation import queries, services
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


@group.command("repeat")
@click.argument("edition")
@click.argument("run", type=int)
def repeat_command(edition: str, run: int) -> None:
    """Solve RUN of EDITION once more and say whether the same plan results."""
    with cli_session() as session:
        found = queries.run_of(session, _edition(session, edition), run) or _stop(f"There is no run {run}.")
        try:
            same = services.replay(session, found)
        except Refused as refused:
            _stop(str(refused))
    click.echo("The same plan." if same else "Another plan.")
    if not same:
        raise SystemExit(1)
