"""`flask demo …`: the reference edition as a folder, and the whole main job run on it."""

import json
import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from rich.console import Console
from rich.table import Table
from sqlmodel import select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.schema import migrate
from expo.web import cli_session
from expo.web.database import engine
from matchmaking.demo.cli.main_job import Budget, run_main_job
from matchmaking.demo.cli.showing import Bars, show
from matchmaking.demo.edition import CODE
from matchmaking.demo.reference import SEED
from matchmaking.demo.services import (
    ask_around,
    busy_buyer,
    open_doors,
    telling_exhibitor,
    welcome,
    write_folder,
)

group = AppGroup("demo", help="The reference edition.")
SIGN_INS = "sign-ins.json"
FOLDER = click.Path(file_okay=False, path_type=Path)
SEED_OPTION = click.option(
    "--seed", default=SEED, show_default=True, help="Another seed makes another edition."
)


def init(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


@group.command("write")
@click.argument("folder", type=FOLDER)
@SEED_OPTION
def write(folder: Path, seed: int) -> None:
    """Write the reference edition into FOLDER as edition.toml and CSV tables."""
    table = Table("Table", "Rows")
    for name, rows in write_folder(folder, seed).items():
        table.add_row(name, f"{rows:,}")
    Console().print(table)


@group.command("run")
@click.option("--out", type=FOLDER, help="Where the files go; the instance's demo folder unless given.")
@click.option("--quick", is_flag=True, help="Smaller budgets for the solvers.")
@SEED_OPTION
def run(out: Path | None, seed: int, quick: bool) -> None:
    """Import the reference edition, allocate, build, match, deal and print; then say how good it is."""
    out = out or current_app.extensions["expo_settings"].instance / "demo"
    console = Console(stderr=True)
    try:
        migrate(engine())
        with cli_session() as session, Bars(console) as bars:
            summary = run_main_job(session, out, seed, Budget.quick() if quick else Budget(), bars)
    except Refused as refused:
        click.echo(str(refused.sentence), err=True)
        sys.exit(1)
    show(Console(), summary, out)
    sys.exit(1 if any(summary["violations"].values()) else 0)


@group.command("ensure")
def ensure() -> None:
    """If there is no edition at all, make the reference edition with everything, and sign-ins to try it.

    What a killed run left unfinished is finished; an edition that came from elsewhere is left alone.
    """
    folder = current_app.extensions["expo_settings"].instance / "demo"
    file = folder / SIGN_INS
    with cli_session() as session:
        codes = session.exec(select(Edition.code)).all()
        ours = codes == [CODE] and (folder / "edition" / "edition.toml").exists()
        if codes and (not ours or file.exists()):
            return
        if not codes or not (folder / "summary.json").exists():
            with Bars(Console(stderr=True)) as bars:
                run_main_job(session, folder, SEED, Budget.quick(), bars, papers={})
        kept = welcome(session)
        edition = session.exec(select(Edition).where(Edition.code == CODE)).one()
        telling, busy = telling_exhibitor(session, edition), busy_buyer(session, edition)
        open_doors(session, edition, SEED, telling)
        ask_around(
            session,
            edition,
            SEED,
            buyers={busy.id} if busy else set(),
            exhibitors={telling.id} if telling else set(),
        )
        session.commit()
    file.touch(mode=0o600)
    file.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")


@group.command("sign-ins")
def sign_ins() -> None:
    """Print who can try the reference edition, and with which password."""
    file = current_app.extensions["expo_settings"].instance / "demo" / SIGN_INS
    if not file.exists():
        return
    table = Table("Role", "E-mail", "Password")
    for one in json.loads(file.read_text("utf-8")):
        table.add_row(one["role"], one["email"], one["password"])
    Console().print(table)
