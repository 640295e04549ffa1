"""Who reviews which forums, what they say, and how they score."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, UniqueConstraint
from sqlmodel import Field, SQLModel

from expo.clock import now


class ReviewerForum(SQLModel, table=True):
    """A forum whose proposals a reviewer sees. A reviewer without rows in an edition sees all of its."""

    __tablename__ = "reviewer_forum"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("user_id", "forum_id"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    forum_id: int = Field(foreign_key="forum.id", index=True, ondelete="CASCADE")


class Review(SQLModel, table=True):
    """What one reviewer says about one proposal. Who abstains (a conflict of interest) scores nothing."""

    __tablename__ = "proposal_review"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("proposal_id", "user_id"),)

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposal.id", index=True, ondelete="CASCADE")
    user_id: int = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    abstains: bool = False
    text: str = ""
    written_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class ReviewScore(SQLModel, table=True):
    """The score of one criterion within a review."""

    __tablename__ = "review_score"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("review_id", "criterion_id"),
        CheckConstraint("score BETWEEN 0 AND 10", name="score"),
    )

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="proposal_review.id", index=True, ondelete="CASCADE")
    criterion_id: int = Field(foreign_key="review_criterion.id", index=True, ondelete="CASCADE")
    score: int


class Remark(SQLModel, table=True):
    """One contribution to the reviewers' discussion of a proposal."""

    __tablename__ = "proposal_remark"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("text <> ''", name="text"),)

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposal.id", index=True, ondelete="CASCADE")
    user_id: int = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    text: str
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
