"""The supply chains of an edition."""

from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from expo.db import json_list, texts
from matchmaking.coverage import chains


class SupplyChain(SQLModel, table=True):
    """A chain with its stages, upstream first: `[{"name": {…}, "codes": ["72", …]}, …]`."""

    __tablename__ = "supply_chain"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("code ~ '^[a-z0-9-]{1,40}$'", name="code"),
        CheckConstraint(
            "jsonb_typeof(stages) = 'array' AND jsonb_array_length(stages) BETWEEN 1 AND 12", name="stages"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    code: str
    name: dict[str, str] = texts()
    stages: list[dict[str, Any]] = json_list()

    @property
    def chain(self) -> chains.Chain:
        """The chain as the rules read it."""
        return chains.Chain(self.code, self.name, chains.taken(self.stages))
