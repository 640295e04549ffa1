"""What the organiser lets strangers see of the plan, and where it may be embedded."""

from typing import Any

from sqlalchemy import CheckConstraint, exists, func, or_, select, text
from sqlmodel import Field, SQLModel

from expo.allocation.models import AllocationRun, Allotment
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


def is_told() -> Any:
    """SQL: whether strangers may hear of an allotment's stand, on the plan or wherever else it is written."""
    chosen = select(PlanSettings.names).where(PlanSettings.edition_id == Allotment.edition_id)
    names = func.coalesce(chosen.scalar_subquery(), "published")
    published = exists().where(
        AllocationRun.edition_id == Allotment.edition_id, AllocationRun.state == "published"
    )
    return or_(names == "at_once", (names == "published") & published)
