"""Sending mail in the background."""

from flask import Flask, current_app
from sqlmodel import Session

from expo.jobs.handlers import handler
from expo.outbox import services
from expo.outbox.smtp import smtp_of


def init(_app: Flask) -> None:
    """Importing this module registers the handler."""


@handler("outbox.send")
def send(session: Session, _job, report) -> dict:
    """Send all approved mail, one commit a mail so that nothing is sent twice because of a later failure."""
    smtp = smtp_of(current_app.extensions["expo_settings"])
    sent = failed = 0
    while smtp and not report.cancelled() and (mail := services.send_next(session, smtp)):
        sent, failed = sent + (mail.state == "sent"), failed + (mail.state == "failed")
        session.commit()
        report.progress(sent + failed, 0)
    return {"sent": sent, "failed": failed}
