"""`flask demo …`: the reference edition as a folder."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup
from rich.console import Console
from rich.table import Table

from matchmaking.demo.reference import SEED
from matchmaking.demo.services import write_folder

group = AppGroup("demo", help="The reference edition.")


def init(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


@group.command("write")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", default=SEED, show_default=True, help="Another seed makes up another edition.")
def write(folder: Path, seed: int) -> None:
    """Write the reference edition into FOLDER as edition.toml and CSV tables."""
    table = Table("Table", "Rows")
    for name, rows in write_folder(folder, seed).items():
        table.add_row(name, f"{rows:,}")
    Console().print(table)
