"""Who follows the programme, in which browsers, and the talks they starred."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, UniqueConstraint, column, table
from sqlmodel import Field, SQLModel

from expo.clock import now

demand = table("demand", column("edition_id"), column("follower_id"), column("talk_id"))
"""A view of the stars of those who are known by name or address: nobody else asks anything of a timetable."""


class Follower(SQLModel, table=True):
    """Whoever stars talks: a registered person, a confirmed e-mail address, or else only a browser.

    Only the stars of the first two are demand (the view `demand`): somebody is known to stand behind them.
    `calendar_key` and `share_key` open the own timetable as a calendar, and for friends to read; they are
    kept as they are because their addresses are shown again.
    """

    __table_args__ = (
        UniqueConstraint("person_id"),
        UniqueConstraint("edition_id", "email"),
        UniqueConstraint("calendar_key"),
        UniqueConstraint("share_key"),
        CheckConstraint("num_nonnulls(person_id, email) <= 1", name="one_identity"),
        CheckConstraint("email = lower(email)", name="email_lower"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE")
    email: str | None = None
    language: str = "en"
    wants_mail: bool = True
    calendar_key: str | None = None
    share_key: str | None = None
    made_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class FollowerBrowser(SQLModel, table=True):
    """A browser that stars for a follower, known by the digest of the random token in its cookie."""

    __tablename__ = "follower_browser"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, primary_key=True)
    follower_id: int = Field(foreign_key="follower.id", index=True, ondelete="CASCADE")
    digest: str = Field(unique=True)
    made_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class FollowerCode(SQLModel, table=True):
    """A link sent by mail that confirms an address, once. The stars of the follower that asked go with it."""

    __tablename__ = "follower_code"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    follower_id: int | None = Field(default=None, foreign_key="follower.id", ondelete="SET NULL")
    email: str
    language: str
    digest: str = Field(unique=True)
    expires_at: datetime = Field(sa_type=DateTime(timezone=True))
    used_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class Star(SQLModel, table=True):
    """A talk somebody wants to hear."""

    __table_args__ = (UniqueConstraint("follower_id", "talk_id"),)

    id: int | None = Field(default=None, primary_key=True)
    follower_id: int = Field(foreign_key="follower.id", index=True, ondelete="CASCADE")
    talk_id: int = Field(foreign_key="talk.id", index=True, ondelete="CASCADE")
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
