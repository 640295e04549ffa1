"""Phones and scanners that may ask the gate."""

from datetime import datetime

from sqlalchemy import DateTime
from sqlmodel import Field, SQLModel

from expo.clock import now


class Device(SQLModel, table=True):
    """A device of one edition. It is enrolled once with a code that runs out, and from then on known by a
    token; of both only the digests are kept. Without rows in `gate_device_gate` it may serve every gate."""

    __tablename__ = "gate_device"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True, ondelete="CASCADE")
    name: str
    code_digest: str | None = Field(default=None, unique=True)
    code_expires_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    token_digest: str | None = Field(default=None, unique=True)
    may_force: bool = True
    may_search: bool = Field(default=True, sa_column_kwargs={"server_default": "true"})
    software: str = ""
    made_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))
    enrolled_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    last_seen_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    revoked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class DeviceGate(SQLModel, table=True):
    """A gate that a device may serve."""

    __tablename__ = "gate_device_gate"  # pyright: ignore[reportAssignmentType]

    device_id: int = Field(foreign_key="gate_device.id", primary_key=True, ondelete="CASCADE")
    gate_id: int = Field(foreign_key="gate.id", primary_key=True, index=True, ondelete="CASCADE")
