"""Users, their sign-ins, one-time codes, grants of roles, and throttling counters."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from expo.accounts.roles import Role
from expo.clock import now


class User(SQLModel, table=True):
    """A person who can sign in. `email` is kept in lower case."""

    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    name: str
    password_hash: str
    language: str = "en"
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    confirmed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    disabled_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))

    @property
    def may_sign_in(self) -> bool:
        """Confirmed and not disabled."""
        return self.confirmed_at is not None and self.disabled_at is None


class SignIn(SQLModel, table=True):
    """One browser that is signed in. Only the digest of its token is stored."""

    __tablename__ = "sign_in"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    digest: str = Field(unique=True)
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    expires_at: datetime = Field(sa_type=DateTime(timezone=True))
    browser: str = ""


class OneTimeCode(SQLModel, table=True):
    """A link sent by mail: confirms an address or resets a password, once."""

    __tablename__ = "one_time_code"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("purpose IN ('confirm','reset')", name="purpose"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    purpose: str
    digest: str = Field(unique=True)
    expires_at: datetime = Field(sa_type=DateTime(timezone=True))
    used_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class Grant(SQLModel, table=True):
    """A role for a user: everywhere, in one edition, or for one organisation (in one edition or all)."""

    __table_args__ = (
        UniqueConstraint(
            "user_id", "role", "edition_id", "organisation_id", postgresql_nulls_not_distinct=True
        ),
        CheckConstraint(f"role IN ({', '.join(repr(r.value) for r in Role)})", name="role"),
    )

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    role: str
    edition_id: int | None = Field(default=None, foreign_key="edition.id", index=True, ondelete="CASCADE")
    organisation_id: int | None = Field(
        default=None, foreign_key="organisation.id", index=True, ondelete="CASCADE"
    )
    granted_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class Attempt(SQLModel, table=True):
    """How often something was tried within a window; shared by all processes, so throttling survives them."""

    __table_args__ = (Index("ix_attempt_window", "window_start"),)

    key: str = Field(primary_key=True)
    window_start: datetime = Field(primary_key=True, sa_type=DateTime(timezone=True))
    count: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
