"""What people are asked when they register, and what they answered."""

from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from expo.db import json_list, texts
from expo.registration.asking import KINDS


class Question(SQLModel, table=True):
    """A question of the form, asked for some sorts (`question_ticket`; none: for all).

    `options` are [{"key": …, "text": {language map}, "gone": true?}]: keys never change, so earlier answers
    keep their sense; one that is no longer offered is `gone`. It is shown only while the answer to `after_id`
    is, or contains, one of `after_values`. What is `retired` is no longer asked and its answers stay.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("code ~ '^[a-z0-9][a-z0-9_]{0,39}$'", name="code"),
        CheckConstraint(f"kind IN ({', '.join(repr(k) for k in KINDS)})", name="kind"),
        CheckConstraint("least <= most", name="bounds"),
        CheckConstraint("after_id <> id", name="after"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    code: str
    position: int = 0
    kind: str = "text"
    text: dict[str, str] = texts()
    hint: dict[str, str] = texts()
    is_required: bool = False
    options: list[dict[str, Any]] = json_list()
    least: int | None = None
    most: int | None = None
    after_id: int | None = Field(default=None, foreign_key="question.id", ondelete="SET NULL")
    after_values: list[str] = json_list()
    on_list: bool = False
    on_badge: bool = False
    is_retired: bool = False


class QuestionTicket(SQLModel, table=True):
    """A sort of registration for which a question is asked."""

    __tablename__ = "question_ticket"  # pyright: ignore[reportAssignmentType]

    question_id: int = Field(primary_key=True, foreign_key="question.id", ondelete="CASCADE")
    ticket_id: int = Field(primary_key=True, foreign_key="ticket.id", index=True, ondelete="CASCADE")


class Answer(SQLModel, table=True):
    """What somebody answered: text, an option's key, or a list of keys."""

    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    question_id: int = Field(primary_key=True, foreign_key="question.id", index=True, ondelete="CASCADE")
    value: Any = Field(sa_type=JSONB, nullable=False)
