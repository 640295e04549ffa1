"""Who has the board open at this moment."""

from datetime import datetime

from sqlalchemy import DateTime
from sqlmodel import Field, SQLModel

from expo.clock import now


class BoardPresence(SQLModel, table=True):
    """A person at the board of an edition; `carrying` is the code of the talk they hold just now."""

    __tablename__ = "board_presence"  # pyright: ignore[reportAssignmentType]

    edition_id: int = Field(
        primary_key=True,
        foreign_key="edition.id",
        ondelete="CASCADE",
        sa_column_kwargs={"autoincrement": False},
    )
    user_id: int = Field(
        primary_key=True, foreign_key="user.id", ondelete="CASCADE", sa_column_kwargs={"autoincrement": False}
    )
    name: str = ""
    carrying: str = ""
    seen_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
