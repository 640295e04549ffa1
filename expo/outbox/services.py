"""Putting mail into the outbox, approving it, sending it."""

import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from expo.clock import now
from expo.errors import Refused
from expo.jobs import services as jobs
from expo.outbox import papers
from expo.outbox.models import Mail
from expo.outbox.smtp import Smtp
from expo.outbox.stages import NAMES, may_become
from expo.words import say

PAGE = 50
TIMEOUT_S = 30


def post(
    session: Session,
    kind: str,
    recipient: str,
    language: str,
    subject: str,
    body: str,
    edition_id: int | None = None,
    needs_approval: bool = False,
    paper: dict[str, Any] | None = None,
    reply_to: str = "",
    unsubscribe: str = "",
) -> Mail:
    """Put a mail into the outbox, in the reader's language; `needs_approval` keeps it until one agrees.

    `paper` names the file that goes with it: {"kind": …} and what its maker needs (see `expo.outbox.papers`).
    `reply_to` and `unsubscribe`: see `Mail`.
    """
    state = "waiting" if needs_approval else "approved"
    line = " ".join(subject.split())  # a subject is one line
    mail = Mail(
        kind=kind,
        recipient=recipient,
        language=language,
        subject=line,
        body=body,
        edition_id=edition_id,
        state=state,
        paper=paper or {},
        reply_to=reply_to,
        unsubscribe=unsubscribe,
    )
    session.add(mail)
    session.flush()
    return mail


def send_soon(session: Session, smtp: Smtp | None, edition_id: int | None = None) -> None:
    """Queue the sending of approved mail, where there is a server to send it by."""
    if smtp:
        jobs.enqueue(session, "outbox.send", edition_id=edition_id)


def approve(session: Session, mail: Mail) -> None:
    """Let it go out."""
    _move(session, mail, "approved")


def discard(session: Session, mail: Mail) -> None:
    """Never send it."""
    _move(session, mail, "discarded")


def approve_all(session: Session, edition_id: int) -> int:
    """Let everything go out that waits in an edition; how many."""
    waiting = session.exec(
        select(Mail).where(Mail.edition_id == edition_id, Mail.state == "waiting").with_for_update()
    ).all()
    for mail in waiting:
        _move(session, mail, "approved")
    return len(waiting)


def _move(session: Session, mail: Mail, wanted: str) -> None:
    session.refresh(mail, with_for_update=True)  # a colleague or the sender may be at it
    if not may_become(mail.state, wanted):
        raise Refused(
            say("This mail can no longer be changed. It stands at: %(state)s.", state=NAMES[mail.state])
        )
    mail.state, mail.error = wanted, ""
    session.flush()


def send_next(session: Session, smtp: Smtp) -> Mail | None:
    """Send the oldest approved mail and note how it went; None when there is none. Commit after each.

    Two senders never take the same mail. Should we die between sending and committing, it is sent twice.
    """
    mail = session.exec(
        select(Mail)
        .where(Mail.state == "approved")
        .order_by(Mail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if mail is None:
        return None
    try:
        _deliver(smtp, mail, papers.all_made(session, mail.paper))
        mail.state, mail.sent_at, mail.error = "sent", now(), ""
    except (OSError, smtplib.SMTPException, ValueError, KeyError, Refused) as error:
        mail.state, mail.error = "failed", f"{type(error).__name__}: {error}"[:500]
    session.flush()
    return mail


def _deliver(smtp: Smtp, mail: Mail, files: Sequence[tuple[str, bytes]]) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = smtp.sender, mail.recipient, mail.subject
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=smtp.sender.split("@")[-1])
    message["Content-Language"], message["Auto-Submitted"] = mail.language, "auto-generated"
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.body, cte="quoted-printable")  # also for servers without 8BITMIME
    for name, content in files:
        kind, _, form = papers.mimetype(name).partition("/")
        message.add_attachment(content, maintype=kind, subtype=form, filename=name)
    with smtplib.SMTP(smtp.host, smtp.port, timeout=TIMEOUT_S) as server:
        if smtp.tls:
            server.starttls(context=ssl.create_default_context())
        if smtp.user:
            server.login(smtp.user, smtp.password or "")
        server.send_message(message)


def mail_of(session: Session, edition_id: int | None, mail_id: int) -> Mail | None:
    """The mail of that number in an edition (None: one of the house's own)."""
    return session.exec(
        select(Mail).where(Mail.id == mail_id, Mail.edition_id.is_not_distinct_from(edition_id))
    ).one_or_none()


def mails(session: Session, edition_id: int | None, state: str = "", page: int = 1) -> Sequence[Any]:
    """One page of mail, the newest first, without the bodies."""
    found = select(
        Mail.id, Mail.kind, Mail.recipient, Mail.subject, Mail.state, Mail.created_at, Mail.sent_at
    )
    found = found.where(Mail.edition_id.is_not_distinct_from(edition_id)).order_by(Mail.id.desc())
    if state:
        found = found.where(Mail.state == state)
    return session.execute(found.limit(PAGE).offset((page - 1) * PAGE)).all()


def counts(session: Session, edition_id: int) -> dict[str, int]:
    """How many mails stand at which state in an edition."""
    rows = session.execute(
        select(Mail.state, func.count()).where(Mail.edition_id == edition_id).group_by(Mail.state)
    ).all()
    return dict(tuple(row) for row in rows)
