"""`flask editions …`: folders in and out."""

import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from sqlmodel import Session

from expo.editions.services import edition_by_code
from expo.errors import Refused
from expo.web import cli_session
from matchmaking.folder import services
from matchmaking.folder.columns import TABLES
from matchmaking.folder.parse import Parsed
from matchmaking.folder.problems import Problems

group = AppGroup("editions", help="Editions as folders of files.")
FOLDER = click.Path(path_type=Path)


def init(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


def _bar() -> Progress:
    columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True))


def _console() -> Console:
    """Standard output; wide where it is no terminal, so that reasons stay on one line."""
    return Console(width=None if sys.stdout.isatty() else 200, markup=False)


def _fail(sentence: object) -> None:
    click.echo(str(sentence), err=True)
    sys.exit(1)


def _show_problems(problems: Problems) -> None:
    many = len(problems)
    click.echo(f"{many} problem{'s' if many > 1 else ''}; nothing was imported.")
    table = Table()
    for head in ("File", "Row", "Column", "Value", "Reason"):
        table.add_column(head, overflow="fold")
    for found in problems.listed:
        table.add_row(found.file, str(found.row or ""), found.column, found.value, str(found.reason))
    _console().print(table)
    if problems.unlisted:
        click.echo(f"… and {problems.unlisted} more.")


def _show_counts(counts: dict[str, int], title: str) -> None:
    click.echo(title)
    table = Table("Table", "Rows")
    for name, count in counts.items():
        table.add_row(name, f"{count:,}")
    _console().print(table)


@group.command("import")
@click.argument("folder", type=FOLDER)
@click.option("--dry-run", is_flag=True, help="Only check; say what would be imported.")
@click.option("--code", help="Import under this code in place of the folder's.")
def import_command(folder: Path, dry_run: bool, code: str | None) -> None:
    """Import an edition from FOLDER (or a .zip of one). All problems are listed; nothing is half-imported."""
    try:
        parsed = _read(folder)
        with cli_session() as session:
            code = services.free_code(session, parsed, code)
            if not dry_run:
                _store(session, parsed, code)
        _show_counts(parsed.counts(), f"Would be imported as {code}:" if dry_run else f"Imported as {code}:")
    except Refused as refused:
        _fail(refused.sentence)


def _read(folder: Path) -> Parsed:
    """The checked folder; ends the command if there are problems."""
    max_rows = current_app.extensions["expo_settings"].max_rows
    with _bar() as bar:
        task = bar.add_task("Reading", total=len(TABLES))
        parsed, problems = services.read_folder(
            folder, max_rows, lambda name, _: bar.update(task, advance=1, description=f"Reading {name}")
        )
        bar.update(task, completed=len(TABLES), description="Read")
    if problems:
        _show_problems(problems)
        sys.exit(1)
    return parsed


def _store(session: Session, parsed: Parsed, code: str) -> None:
    with _bar() as bar:
        task = bar.add_task("Storing", total=len(TABLES))

        def tell(name: str, _count: int) -> None:
            bar.update(task, advance=1, description=f"Storing {name}")

        services.import_edition(session, parsed, code=code, progress=tell)
        session.commit()
        bar.update(task, description="Stored")


@group.command("export")
@click.argument("code")
@click.argument("folder", type=FOLDER)
@click.option("--xlsx", is_flag=True, help="One workbook in place of CSV files.")
@click.option("--private", is_flag=True, help="With all that is confidential; the trail tells of it.")
def export_command(code: str, folder: Path, xlsx: bool, private: bool) -> None:
    """Write the edition CODE into FOLDER, as import reads it."""
    try:
        with cli_session() as session:
            edition = edition_by_code(session, code)
            if edition is None:
                _fail(f"There is no edition {code}.")
            form = "xlsx" if xlsx else "csv"
            paths = services.export_edition(session, edition, folder, form, private=private)
            session.commit()
    except Refused as refused:
        _fail(refused.sentence)
    for path in paths:
        click.echo(path)


@group.command("templates")
@click.argument("folder", type=FOLDER)
def templates_command(folder: Path) -> None:
    """Write empty files with all columns, and columns.md that explains them, into FOLDER."""
    try:
        for path in services.write_templates(folder):
            click.echo(path)
    except Refused as refused:
        _fail(refused.sentence)
