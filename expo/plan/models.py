"""What the organiser lets strangers see of the plan, and where it may be embedded."""

from sqlalchemy import CheckConstraint, text
from sqlmodel import Field, SQLModel

from expo.db import json_list

NAMES = ("published", "at_once", "never")
EMBEDDING = ("nowhere", "listed", "anywhere")


class PlanSettings(SQLModel, table=True):
    """An edition's choices; a row is made when they are first changed, until then the defaults hold.

    `names`: exhibitors are named once an allocation is published, as soon as a stand is given, or never.
    `embed_sites` are origins ("https://www.example.org") that may show the plan in a frame.
    """

    __tablename__ = "plan_settings"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("names IN ('published','at_once','never')", name="names"),
        CheckConstraint("embedding IN ('nowhere','listed','anywhere')", name="embedding"),
    )

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", ondelete="CASCADE")
    names: str = Field(default="published", sa_column_kwargs={"server_default": "published"})
    shows_free: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
    shows_held: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    embedding: str = Field(default="nowhere", sa_column_kwargs={"server_default": "nowhere"})
    embed_sites: list[str] = json_list(sa_column_kwargs={"server_default": "[]"})
