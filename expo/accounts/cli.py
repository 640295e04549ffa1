"""`flask accounts …`: the first account, and roles that no page may give."""

import sys

import click
from flask import Flask
from flask.cli import AppGroup

from expo.accounts import services
from expo.accounts.addresses import tidy_email
from expo.accounts.roles import Role
from expo.errors import Refused
from expo.web import cli_session

group = AppGroup("accounts", help="People and their roles.")


def init(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


def _email(_context, _parameter, typed: str) -> str:
    try:
        return tidy_email(typed)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@group.command("create")
@click.argument("email", callback=_email)
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def create_command(email: str, name: str, password_stdin: bool) -> None:
    """Make a confirmed account."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with cli_session() as session:
        _obey(session, lambda: services.create_user(session, email, name, password))
    click.echo(f"{email} can sign in now.")


@group.command("grant")
@click.argument("email", callback=_email)
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--edition", metavar="CODE", help="In this edition only; without it, in all of them.")
@click.option("--for", "code", metavar="CODE", help="For this exhibitor or buyer of the edition.")
def grant_command(email: str, role: str, edition: str | None, code: str | None) -> None:
    """Give a role to an account."""
    if code and not edition:
        raise click.UsageError("--for needs --edition.")
    with cli_session() as session:
        _obey(session, lambda: _grant(session, email, Role(role), edition, code))
    click.echo(f"{email} is {role} {'of ' + edition if edition else 'of all editions'} now.")


def _grant(session, email: str, role: Role, edition: str | None, code: str | None) -> None:
    user = services.user_of(session, email)
    if user is None:
        raise click.ClickException(f"There is no account {email}. Make one with `flask accounts create`.")
    edition_id = services.edition_id_of(session, edition) if edition else None
    organisation_id = services.organisation_by_code(session, edition_id, role, code) if code else None
    services.grant(session, user, role, edition_id, organisation_id)


def _obey(session, verb) -> None:
    try:
        verb()
        session.commit()
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
