"""`flask deals verify CODE` checks the chain of an edition's deals."""

import sys

import click
from flask import Flask
from flask.cli import AppGroup

from expo.editions.services import edition_by_code
from expo.web import cli_session
from matchmaking.deals import queries, services

group = AppGroup("deals", help="The ledger of deals.")


def init(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


@group.command("verify")
@click.argument("code")
def verify(code: str) -> None:
    """Say whether the events of the edition CODE are as they were sealed, and where they are not."""
    with cli_session() as session:
        edition = edition_by_code(session, code)
        if edition is None:
            click.echo(f"There is no edition {code}.", err=True)
            sys.exit(2)
        broken = services.chain_break(session, edition)
        count, seal = queries.last_event(session, edition)
    if broken is not None:
        click.echo(f"The chain is broken at event {broken} of {count}.", err=True)
        sys.exit(1)
    click.echo(f"The chain of {count} events is intact; its last seal is {seal or 'none'}.")
