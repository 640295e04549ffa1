"""How many badges an exhibitor may give to its staff."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel


class StaffRule(SQLModel, table=True):
    """One an edition: so many at least, one more for every full `m2_each`, so many at most.

    The database holds everybody to it (`staff_within_limit`) where an edition has a rule.
    """

    __tablename__ = "staff_rule"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("least BETWEEN 0 AND most AND most <= 10000", name="bounds"),
        CheckConstraint("m2_each BETWEEN 1 AND 10000", name="m2_each"),
    )

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", ondelete="CASCADE")
    least: int = 2
    m2_each: int = 9
    most: int = 60


class StaffAllowance(SQLModel, table=True):
    """More (or fewer) badges for one exhibitor than the rule gives, and why."""

    __tablename__ = "staff_allowance"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("extra BETWEEN -10000 AND 10000", name="extra"),)

    exhibitor_id: int = Field(primary_key=True, foreign_key="exhibitor.id", ondelete="CASCADE")
    extra: int
    reason: str = ""
