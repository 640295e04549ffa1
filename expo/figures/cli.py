"""`flask figures …`: the sums of the gates checked against the passages, and made anew."""

import sys

import click
from flask import Flask
from flask.cli import AppGroup
from sqlmodel import select

from expo.editions.models import Edition
from expo.figures import services
from expo.web import cli_session

group = AppGroup("figures", help="Visitors and visits.")
SHOWN = 20


def init(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


def _edition(session, code: str) -> Edition:
    found = session.exec(select(Edition).where(Edition.code == code)).one_or_none()
    if found is None:
        raise click.ClickException(f"There is no edition {code}.")
    return found


@group.command()
@click.argument("code")
def check(code: str) -> None:
    """Compare every sum with the passages; ends with 1 where one differs."""
    with cli_session() as session:
        while services.catch_up(session) > 0:
            session.commit()
        session.commit()
        found = services.differences(session, _edition(session, code))
    for line in found[:SHOWN]:
        click.echo(line)
    click.echo(f"{len(found)} differences.")
    sys.exit(1 if found else 0)


@group.command()
@click.argument("code")
def recount(code: str) -> None:
    """Make every sum anew."""
    with cli_session() as session:
        people = services.recount(session, _edition(session, code))
        session.commit()
    click.echo(f"{people} people counted.")
