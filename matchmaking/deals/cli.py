"""`flask deals verify CODE` checks an edition's ledger; `recount` adds its sums up, `remind` writes."""

import sys
from datetime import datetime

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlmodel import Session

from expo.clock import now
from expo.editions.models import Edition
from expo.editions.services import edition_by_code
from expo.web import cli_session
from matchmaking.deals import services
from matchmaking.deals.chain import Break
from matchmaking.deals.prints.letters import write

group = AppGroup("deals", help="The ledger of deals.")
WHY = {
    "missing": "an event is missing there",
    "link": "it does not continue the event before it",
    "content": "the event is not as it was sealed",
    "tail": "events were cut off from there on",
    "head": "the record of the chain's end was changed",
}


def init(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


@group.command("verify")
@click.argument("code")
@click.option("--chain-only", is_flag=True, help="Leave out the comparison of every deal with its events.")
@click.option("--seal", default="", help="SEQUENCE:SEAL noted down earlier, which must be in the chain.")
def verify(code: str, chain_only: bool, seal: str) -> None:
    """Say whether the ledger of the edition CODE is as it was sealed, and where it is not."""
    with cli_session() as session:
        edition = _edition(session, code)
        report = services.check_chain(session, edition) if chain_only else services.verify(session, edition)
        noted = services.noted_seal_holds(session, edition, seal) if seal else True
    _tell(report, noted)


def _tell(report: services.Report, noted: bool) -> None:
    if report.broken is not None:
        click.echo(_where(report.broken, report.events), err=True)
    for number, field in report.odd:
        click.echo(f"Deal {number} is not what its events say: {field}.", err=True)
    if report.wrong_sums:
        click.echo(
            f"{report.wrong_sums} sums are not what the deals add up to: run flask deals recount.",
            err=True,
        )
    if not noted:
        click.echo("The seal that was noted down is not in the chain: it was written anew.", err=True)
    if not report.intact or not noted:
        sys.exit(1)
    click.echo(f"The chain of {report.events} events is intact; its last seal is {report.head or 'none'}.")


def _where(broken: Break, events: int) -> str:
    return f"The chain is broken at event {broken.sequence} of {events}: {WHY[broken.why]}."


@group.command("recount")
@click.argument("code")
def recount(code: str) -> None:
    """Add the sums of the edition CODE up anew from its deals."""
    with cli_session() as session:
        edition = _edition(session, code)
        services.lock(session, edition)
        services.sum_anew(session, edition)
        session.commit()
    click.echo("The sums are added up anew.")


@group.command("remind")
@click.argument("code")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As if it were that day; today without it.")
def remind(code: str, on: datetime | None) -> None:
    """Put reminders of what is due in the edition CODE into the outbox, where they wait for approval."""
    with cli_session() as session:
        edition = _edition(session, code)
        day = on.date() if on else now().astimezone(edition.zone_info).date()
        site = current_app.extensions["expo_settings"].site_url or ""
        count = write(
            session, edition, services.due(session, edition, day, unreminded=True, limit=100_000), site
        )
        session.commit()
    click.echo(f"Reminders put into the outbox: {count}.")


def _edition(session: Session, code: str) -> Edition:
    edition = edition_by_code(session, code)
    if edition is None:
        click.echo(f"There is no edition {code}.", err=True)
        sys.exit(2)
    return edition
