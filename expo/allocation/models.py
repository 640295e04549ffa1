"""Runs of the allocation solver with what they were asked, the published allotments and their versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from expo.clock import now
from expo.db import json_list, json_object


class AllocationInput(SQLModel, table=True):
    """Everything a solver was asked, as compressed JSON (see `expo.allocation.inputs`), once per digest."""

    __tablename__ = "allocation_input"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("edition_id", "digest"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    digest: str
    content: bytes
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class AllocationRun(SQLModel, table=True):
    """One solve, or one plan edited by hand: stored input, seed and rounds replay it.

    `placements`: exhibitor code → stand codes. `settings`: see `expo.allocation.settings`. A running one has
    its job; what a finished one answered never changes (trigger).
    """

    __tablename__ = "allocation_run"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        CheckConstraint("state IN ('running','done','published','superseded','failed')", name="state"),
        CheckConstraint("kind IN ('solver','hand')", name="kind"),
        Index(
            "uq_allocation_run_published",
            "edition_id",
            unique=True,
            postgresql_where=text("state = 'published'"),
        ),
        Index("uq_allocation_run_job_id", "job_id", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    state: str = "running"
    kind: str = "solver"
    name: str = ""
    note: str = ""
    parent_id: int | None = Field(default=None, foreign_key="allocation_run.id", ondelete="SET NULL")
    job_id: int | None = Field(default=None, foreign_key="job.id", ondelete="SET NULL")
    seed: int
    rounds: int
    settings: dict[str, Any] = json_object()
    input_id: int | None = Field(default=None, foreign_key="allocation_input.id")
    input_digest: str = ""
    solver_version: str = ""
    libraries: dict[str, str] = json_object()
    placements: dict[str, list[str]] = json_object()
    explanations: dict[str, Any] = json_object()
    curve: list = json_list()
    objective: float | None = None
    bound: float | None = None
    baseline: float | None = None
    violations: int | None = None
    unplaced: list[str] = json_list()
    created_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    published_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class AllocationReplay(SQLModel, table=True):
    """One time that a run was solved once more from its stored input, and whether the same plan came out."""

    __tablename__ = "allocation_replay"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    run_id: int = Field(foreign_key="allocation_run.id", index=True, ondelete="CASCADE")
    same: bool
    differing: int
    objective: float
    solver_version: str
    replayed_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class Publication(SQLModel, table=True):
    """A version of the published plan: what everybody saw from then on. Numbered 1, 2, … per edition.

    `placements` holds every allotted place at that moment, `locked` the codes of those settled by hand. A
    version of kind withdrawn took the plan back; its `reason` says why. Never changed (trigger).
    """

    __tablename__ = "allocation_publication"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        CheckConstraint("kind IN ('published','withdrawn')", name="kind"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("kind <> 'withdrawn' OR reason <> ''", name="reason"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    number: int
    kind: str = "published"
    run_id: int | None = Field(default=None, foreign_key="allocation_run.id")
    placements: dict[str, list[str]] = json_object()
    locked: list[str] = json_list()
    reason: str = ""
    published_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class AllocationDraft(SQLModel, table=True):
    """A plan being edited by hand. `version` counts changes: who edits an older one is refused.

    `locks` are codes of exhibitors whose place is settled, `known` the published locks it began with. `start`
    holds the places it began with. `steps` are what was done, each with the places before and after; those up
    to `at_step` hold, the rest was undone and can be redone.
    """

    __tablename__ = "allocation_draft"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("version >= 0 AND at_step >= 0", name="counts"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    name: str
    run_id: int | None = Field(default=None, foreign_key="allocation_run.id", ondelete="SET NULL")
    placements: dict[str, list[str]] = json_object()
    start: dict[str, list[str]] = json_object()
    locks: list[str] = json_list()
    known: dict[str, list[str]] = json_object()
    steps: list[dict[str, Any]] = json_list()
    at_step: int = 0
    version: int = 0
    created_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    created_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    changed_by: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    changed_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class AllocationLetter(SQLModel, table=True):
    """That an exhibitor was written to about a version: once, whatever is asked twice.

    `stands` is what the letter told, `kind` what changed against what it was told before.
    """

    __tablename__ = "allocation_letter"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("publication_id", "exhibitor_id"),
        CheckConstraint("kind IN ('placed','moved','lost')", name="kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    publication_id: int = Field(foreign_key="allocation_publication.id", ondelete="CASCADE")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    kind: str
    stands: list[str] = json_list()
    former: list[str] = json_list()
    language: str
    mail_id: int | None = Field(default=None, foreign_key="mail.id", ondelete="SET NULL")
    at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class Allotment(SQLModel, table=True):
    """A stand given to an exhibitor in the published allocation: a stand is given once."""

    __table_args__ = (UniqueConstraint("stand_id"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    stand_id: int = Field(foreign_key="stand.id")
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True, ondelete="CASCADE")
    run_id: int | None = Field(default=None, foreign_key="allocation_run.id", ondelete="SET NULL")
    locked: bool = False
