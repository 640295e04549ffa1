"""Statements as the driver runs them. Recording a deal is a dozen of them: through the mapper each costs the
application several times what it costs the database."""

import json
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, SQLModel

AT_ONCE = 10_000
"""Rows that go to the database in one statement: well below the size that a JSON value may have."""


def run(session: Session, statement: str, **given: Any) -> Any:
    """The rows (a CursorResult) of a statement (`%(name)s`), run after what the session holds was written."""
    session.flush()
    return session.connection().exec_driver_sql(statement, given)


def insert_rows(session: Session, model: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that name the same columns, in their order. Decimals and dates arrive as they are."""
    if not rows:
        return
    table, columns = model.__tablename__, ", ".join(rows[0])
    statement = (
        f"INSERT INTO {table} ({columns})"  # noqa: S608
        f" SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, %(rows)s::jsonb)"
    )
    for start in range(0, len(rows), AT_ONCE):
        run(session, statement, rows=json.dumps(rows[start : start + AT_ONCE], default=str))
