"""Proposals with their speakers, and the links that open them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, UniqueConstraint
from sqlmodel import Field, SQLModel

from expo.call.states import STATES
from expo.clock import now
from expo.db import json_list


class Proposal(SQLModel, table=True):
    """A talk that somebody would give. It is no talk before it is accepted; then it leads to one.

    `written_in` is the language of title and abstract, `language` the one to be spoken. `told` is the state
    the proposer was last written about; `confirmed_at` when the address was proved by opening a mailed link.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        UniqueConstraint("talk_id"),
        CheckConstraint("code ~ '^[0-9A-Z]{6}$'", name="code"),
        CheckConstraint(f"state IN ({', '.join(map(repr, STATES))})", name="state"),
        CheckConstraint("(state = 'accepted') = (talk_id IS NOT NULL)", name="talk"),
        CheckConstraint("state IN ('draft','withdrawn') OR submitted_at IS NOT NULL", name="submitted"),
        CheckConstraint("minutes BETWEEN 5 AND 720", name="minutes"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    code: str
    state: str = "draft"
    title: str = ""
    abstract: str = ""
    written_in: str = "en"
    kind: str = "talk"
    minutes: int = 30
    language: str = "en"
    forum_id: int | None = Field(default=None, foreign_key="forum.id", index=True, ondelete="SET NULL")
    availability: str = ""
    notes: str = ""
    talk_id: int | None = Field(default=None, foreign_key="talk.id")
    told: str = ""
    version: int = 1
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    submitted_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    decided_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    confirmed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class ProposalSpeaker(SQLModel, table=True):
    """Who would give it; the first one is whom we write to. `speaker_id` once they are on stage."""

    __tablename__ = "proposal_speaker"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("proposal_id", "position"),
        CheckConstraint("country ~ '^[A-Z]{2}$' OR country = ''", name="country"),
    )

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposal.id", index=True, ondelete="CASCADE")
    position: int
    name: str
    email: str = Field(default="", index=True)
    organisation: str = ""
    country: str = ""
    biography: str = ""
    languages: list[str] = json_list()
    speaker_id: int | None = Field(default=None, foreign_key="speaker.id", ondelete="SET NULL")


class ProposalLink(SQLModel, table=True):
    """An address that opens a proposal for those who made it; only the digest of its token is kept.

    A mailed one proves the address when it is opened.
    """

    __tablename__ = "proposal_link"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposal.id", index=True, ondelete="CASCADE")
    digest: str = Field(unique=True)
    is_mailed: bool = False
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    expires_at: datetime = Field(sa_type=DateTime(timezone=True))
