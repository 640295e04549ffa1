"""`flask programme …`: timetables in and out from the command line."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from rich.progress import Progress
from sqlmodel import Session

from expo.editions.models import Edition
from expo.editions.services import edition_by_code
from expo.errors import Refused
from expo.forums import queries, services
from expo.forums.incoming.arranging import plan_of
from expo.forums.incoming.reading import schedule_of
from expo.forums.incoming.values import Plan, Unreadable
from expo.forums.sentences import kept_reasons
from expo.forums.timetable.problem import DEFAULT_ROUNDS
from expo.languages import LANGUAGES
from expo.web import cli_session

group = AppGroup("programme", help="Programmes: timetables, releases and feeds.")
LINE_EVERY_S = 2.0
FILE = click.Path(dir_okay=False, path_type=Path)


def init(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


def edition_called(session: Session, code: str) -> Edition:
    """The edition of that code. Ends the command where there is none."""
    found = edition_by_code(session, code)
    if found is None:
        raise click.ClickException(f"There is no edition {code}.")
    return found


@group.command("export")
@click.argument("code")
@click.argument("file", type=FILE)
@click.option("--version", help="A released version in place of the latest.")
@click.option("--forum", default="", help="Only the talks of this forum.")
@click.option("--room", default="", help="Only the talks in this room.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
def export_command(code: str, file: Path, version: str | None, forum: str, room: str, language: str) -> None:
    """Write the released programme of edition CODE into FILE (.xml, .json or .ics)."""
    fmt = file.suffix.removeprefix(".").lower()
    if fmt not in ("xml", "json", "ics"):
        raise click.ClickException("The file's name must end in .xml, .json or .ics.")
    site = (current_app.extensions["expo_settings"].site_url or "http://localhost:8000").rstrip("/")
    with cli_session() as session:
        edition = edition_called(session, code)
        only = services.Only(forum=forum, room=room)
        body = services.feed(session, edition, fmt, site, language, version, only)
    if body is None:
        raise click.ClickException("There is no such released programme.")
    file.write_bytes(body)
    click.echo(f"Wrote {file}.")


@group.command("release")
@click.argument("code")
@click.option("--version", help="What the version is called; left out, it gets the next number.")
@click.option("--note", default="", help="What changed, in a sentence or two.")
def release_command(code: str, version: str | None, note: str) -> None:
    """Release the working timetable of edition CODE as a version."""
    with cli_session() as session:
        try:
            made = services.release(session, edition_called(session, code), version, note)
            session.commit()
        except Refused as refused:
            raise click.ClickException(str(refused.sentence)) from None
        click.echo(f"Version {made.version} is public now.")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--code", required=True, help="The edition's code: a new one, or that of an earlier import.")
@click.option("--timezone", default="", help="Taken where the file names no zone, such as Europe/Berlin.")
@click.option("--dry-run", is_flag=True, help="Only say what is odd and what would be imported.")
@click.option("--public", is_flag=True, help="Show a new edition to everybody.")
def import_command(file: Path, code: str, timezone: str, dry_run: bool, public: bool) -> None:
    """Import a schedule.xml of another system as the working timetable of an edition."""
    try:
        plan = plan_of(schedule_of(file.read_bytes(), timezone))
        _tell(plan)
        if dry_run:
            return
        with cli_session() as session:
            edition = services.edition_for(session, plan, code)
            edition.is_public = edition.is_public or public
            done = services.import_programme(session, edition, plan)
            session.commit()
    except (Refused, Unreadable) as refused:
        raise click.ClickException(str(refused.sentence)) from None
    click.echo(
        f"Imported as {code}: {done.new} new talks, {done.known} known, {done.without_place} without a place,"
        f" {done.gone} withdrawn."
    )


def _tell(plan: Plan) -> None:
    for odd in plan.odd:
        click.echo(f"Line {odd.line}: {odd.sentence}" if odd.line else str(odd.sentence), err=True)
    schedule = plan.schedule
    click.echo(
        f"{schedule.title}: {len(plan.talks)} events in {len(schedule.rooms)} rooms on {len(plan.days)} days,"
        f" {schedule.zone}; {len(plan.odd)} odd."
    )


@contextmanager
def telling(what: str, total: int) -> Iterator[Callable[[int, str], None]]:
    """Progress: a bar for who sits before it, a line every few seconds for a log."""
    if sys.stderr.isatty():
        with Progress() as bar:
            task = bar.add_task(what, total=total)
            yield lambda done, _words: bar.update(task, completed=done)
        return
    last = time.monotonic()

    def line(done: int, words: str) -> None:
        nonlocal last
        if time.monotonic() - last >= LINE_EVERY_S:
            last = time.monotonic()
            click.echo(f"{what}: {100 * done // total} %, {words}", err=True)

    yield line


@group.command("solve")
@click.argument("code")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True)
@click.option("--rounds", type=click.IntRange(1_000, 100_000_000), default=DEFAULT_ROUNDS, show_default=True)
@click.option("--seconds", type=click.FloatRange(0.1, 86_400), help="Stop searching after so many seconds.")
@click.option("--repair", is_flag=True, help="Keep the working timetable and move as few talks as possible.")
@click.option("--take", is_flag=True, help="Make the answer the working timetable.")
def solve_command(code: str, seed: int, rounds: int, seconds: float | None, repair: bool, take: bool) -> None:
    """Solve the timetable of edition CODE; the answer is kept. Ends with 1 where talks have no place.

    With --seconds the best answer found until then is kept; it cannot be repeated round by round.
    """
    asked = services.Asked("replan" if repair else "solve", seed, rounds)
    until = None if seconds is None else time.monotonic() + seconds
    with cli_session() as session, telling("Solving", rounds) as tell:
        edition = edition_called(session, code)
        try:
            run = services.solve(
                session,
                edition,
                asked,
                progress=lambda done, _total, cost, hard, _message: tell(
                    done, f"soft cost {cost:,.1f}, {hard} minutes of conflict"
                ),
                cancelled=lambda: until is not None and time.monotonic() >= until,
            )
            if take:
                services.take(session, edition, run)
        except Refused as refused:
            raise click.ClickException(str(refused)) from None
        session.commit()
        number, held, out, total = run.id, len(run.places), len(run.unplaced), run.total or 0.0
        reasons = list(map(str, kept_reasons(run.reasons, queries.names_of(session, edition))))
    click.echo(f"Solve {number}: {held} talks placed, {out} without a place, soft cost {total:,.1f}.")
    for reason in reasons:
        click.echo(f"- {reason}")
    if out:
        raise SystemExit(1)
