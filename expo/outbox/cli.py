"""`flask outbox …`: reading and sending mail where there is no page for it."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlmodel import select

from expo.outbox import services
from expo.outbox.models import Mail
from expo.outbox.smtp import smtp_of
from expo.web import cli_session

group = AppGroup("outbox", help="Mail that waits or was sent.")


def init(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


@group.command("list")
@click.option("--last", default=20, help="How many, the newest first.")
def list_command(last: int) -> None:
    """The newest mails of the whole house."""
    with cli_session() as session:
        for mail in session.exec(select(Mail).order_by(Mail.id.desc()).limit(last)).all():
            click.echo(
                f"{mail.id:>6}  {mail.created_at:%Y-%m-%d %H:%M}  {mail.state:<9}  "
                f"{mail.recipient}  {mail.subject}"
            )


@group.command("show")
@click.argument("mail_id", type=int)
def show_command(mail_id: int) -> None:
    """One mail with its text, one-time links included: for whoever runs the house."""
    with cli_session() as session:
        mail = session.get(Mail, mail_id) or _fail(f"There is no mail {mail_id}.")
        click.echo(
            f"To: {mail.recipient}\nSubject: {mail.subject}\nState: {mail.state} {mail.error}\n\n{mail.body}"
        )


@group.command("send")
def send_command() -> None:
    """Send all approved mail now."""
    smtp = smtp_of(current_app.extensions["expo_settings"])
    if smtp is None:
        _fail("No mail server is set. Set EXPO_SMTP_HOST, or read mail with `flask outbox show NUMBER`.")
    with cli_session() as session:
        while mail := services.send_next(session, smtp):
            session.commit()
            click.echo(f"{mail.id:>6}  {mail.state:<6}  {mail.recipient}  {mail.error}")


def _fail(sentence: str):
    raise click.ClickException(sentence)
