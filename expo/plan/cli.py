"""`flask plan draw`: the floor plan from the command line."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from expo.editions.services import edition_by_code
from expo.languages import LANGUAGES
from expo.plan import prints
from expo.web import cli_session

group = AppGroup("plan", help="The floor plan.")


def init(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


@group.command("draw")
@click.argument("edition")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
def draw_command(edition: str, file: Path, language: str) -> None:
    """Draw the published floor plan of EDITION into FILE (.svg or .pdf)."""
    with cli_session() as session:
        found = edition_by_code(session, edition)
        if found is None:
            raise click.ClickException(f"There is no edition {edition}.")
        if file.suffix == ".pdf":
            file.write_bytes(prints.floor_plan_pdf(session, found, language))
        else:
            file.write_text(prints.floor_plan_svg(session, found, language), encoding="utf-8")
    click.echo(f"Wrote {file}.")
