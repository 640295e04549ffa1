"""Mail in the outbox."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, DateTime
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_object


class MailState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    SENT = "sent"
    FAILED = "failed"
    DISCARDED = "discarded"


class Mail(SQLModel, table=True):
    """One message to one address, in the reader's language. `state` moves by services only.

    `paper` names a file to be made and attached when it is sent (see `expo.outbox.papers`), "also" further
    ones; empty for none. `reply_to`: whom to answer, where that is not the sender; `unsubscribe`: an address
    of this site that ends such mail when a mail program posts to it (RFC 8058).
    """

    __table_args__ = (
        CheckConstraint("state IN ('waiting','approved','sent','failed','discarded')", name="state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int | None = Field(default=None, foreign_key="edition.id", index=True, ondelete="CASCADE")
    kind: str
    recipient: str = Field(index=True)
    language: str = "en"
    subject: str
    body: str
    state: str = Field(default=MailState.WAITING, index=True)
    error: str = ""
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    sent_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    paper: dict[str, Any] = json_object()
    reply_to: str = Field(default="", sa_column_kwargs={"server_default": ""})
    unsubscribe: str = Field(default="", sa_column_kwargs={"server_default": ""})
