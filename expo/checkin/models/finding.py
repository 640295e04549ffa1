"""The words under which the desk finds people."""

from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field, SQLModel


class Find(SQLModel, table=True):
    """Words of a person's names in their own and in Latin letters, organisation, code (see `finding`).

    A trigger makes the row with the person, and empties `words` when one of these changes; they are filled in
    by a sweep, and by whoever searches first.
    """

    __tablename__ = "gate_find"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ix_gate_find_words", "words", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
        Index("ix_gate_find_missing", "edition_id", postgresql_where=text("words IS NULL")),
    )

    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    edition_id: int = Field(foreign_key="edition.id", ondelete="CASCADE")
    words: Any = Field(default=None, sa_type=TSVECTOR, nullable=True)
