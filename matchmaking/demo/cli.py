"""Commands: flask demo write FOLDER."""

from pathlib import Path

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.table import Table

from expo.web import _
from matchmaking.demo.reference import SEED
from matchmaking.demo.services import write_folder

cli = AppGroup("demo", help="The reference edition.")


@cli.command("write")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", default=SEED, show_default=True, help="Another seed makes up another edition.")
def write(folder: Path, seed: int) -> None:
    """Write the reference edition into FOLDER as edition.toml and CSV tables."""
    table = Table(_("Table"), _("Rows"))
    for name, rows in write_folder(folder, seed).items():
        table.add_row(name, f"{rows:,}")
    Console().print(table)
