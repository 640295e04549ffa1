"""The trail of who changed what: written by itself at every flush, and by `note` for what happens in bulk."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, func, insert, inspect
from sqlalchemy.orm import Mapper, configure_mappers
from sqlmodel import Session, SQLModel, select

from expo.audit.models import AuditEntry
from expo.audit.subjects import SUBJECTS, is_told, plain
from expo.clock import now
from expo.schema import load_all_models

PAGE = 50
QUIET = "audit_quiet"


def watch() -> None:
    """Record changes in every session of this process from now on; may be called twice."""
    load_all_models()
    configure_mappers()
    for mapper in SQLModel._sa_registry.mappers:
        if mapper.local_table.name in SUBJECTS:
            _keep_old_values(mapper)
    if not event.contains(Session, "after_flush", _record):
        event.listen(Session, "after_flush", _record)


def _keep_old_values(mapper: Mapper) -> None:
    """Load the value before it is overwritten, also where the row had expired after a commit."""
    for attribute in mapper.column_attrs:
        on_class = getattr(mapper.class_, attribute.key)
        if not event.contains(on_class, "set", _nothing):
            event.listen(on_class, "set", _nothing, active_history=True)


def _nothing(_row, _value, _old, _initiator) -> None:
    """That somebody listens makes SQLAlchemy load the old value."""


@contextmanager
def quietly(session: Session) -> Iterator[None]:
    """Record nothing row by row within: the caller writes one `note` about all of it."""
    session.info[QUIET] = session.info.get(QUIET, 0) + 1
    try:
        yield
        session.flush()
    finally:
        session.info[QUIET] -= 1


def note(
    session: Session,
    action: str,
    subject: str,
    subject_id: object,
    changes: dict[str, Any] | None = None,
    edition_id: int | None = None,
) -> None:
    """Write one entry by hand: an import, a published plan. `changes` maps a word to a value."""
    told = {name: plain(value) for name, value in (changes or {}).items() if is_told(name)}
    session.execute(insert(AuditEntry), [_entry(session, action, subject, subject_id, told, edition_id)])


def _record(session: Session, _flush_context) -> None:
    """The changes of one flush, in one statement."""
    if session.info.get(QUIET):
        return
    entries = [
        *(_of_row(session, "created", row) for row in session.new),
        *(_of_row(session, "changed", row) for row in session.dirty),
        *(_of_row(session, "deleted", row) for row in session.deleted),
    ]
    if found := [entry for entry in entries if entry]:
        session.connection().execute(insert(AuditEntry), found)


def _of_row(session: Session, action: str, row: Any) -> dict | None:
    state = inspect(row)
    table = state.mapper.local_table.name
    if table not in SUBJECTS:
        return None
    changes = _changed(state) if action == "changed" else _held(state, created=action == "created")
    if action == "changed" and not changes:
        return None
    edition_id = row.id if table == "edition" else getattr(row, "edition_id", None)
    number = ",".join(map(str, state.mapper.primary_key_from_instance(row)))
    return _entry(session, action, table, number, changes, edition_id)


def _changed(state) -> dict[str, list]:
    """Column → [before, after], for columns whose value really changed."""
    changes = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        before, after = (part[0] if part else None for part in (history.deleted, history.added))
        if history.has_changes() and before != after and is_told(attribute.key):
            changes[attribute.key] = [plain(before), plain(after)]
    return changes


def _held(state, *, created: bool) -> dict[str, list]:
    """All that a new or deleted row holds, as [nothing, value] or [value, nothing]."""
    changes = {}
    for attribute in state.mapper.column_attrs:
        value = state.dict.get(attribute.key)
        if is_told(attribute.key) and value not in (None, "", [], {}):
            changes[attribute.key] = [None, plain(value)] if created else [plain(value), None]
    return changes


def _entry(
    session: Session, action: str, subject: str, subject_id: object, changes: dict, edition_id
) -> dict:
    info = session.info
    return {
        "at": now(),
        "edition_id": info.get("edition_id") if edition_id is None else edition_id,
        "user_id": info.get("user_id"),
        "actor": info.get("actor", ""),
        "request_id": info.get("request_id", ""),
        "action": action,
        "subject": subject,
        "subject_id": str(subject_id),
        "changes": changes,
    }


def _found(edition_id: int, subject: str, action: str, words: str):
    found = select(AuditEntry).where(AuditEntry.edition_id == edition_id)
    if subject:
        found = found.where(AuditEntry.subject == subject)
    if action:
        found = found.where(AuditEntry.action == action)
    if words:
        found = found.where(
            AuditEntry.actor.icontains(words, autoescape=True) | (AuditEntry.subject_id == words)
        )
    return found


def entries(
    session: Session, edition_id: int, *, subject: str = "", action: str = "", words: str = "", page: int = 1
) -> Sequence[AuditEntry]:
    """One page of an edition's trail, the newest first; `words` is a part of who did it or a number."""
    found = _found(edition_id, subject, action, words).order_by(AuditEntry.id.desc())
    return session.exec(found.limit(PAGE).offset((page - 1) * PAGE)).all()


def count(session: Session, edition_id: int, *, subject: str = "", action: str = "", words: str = "") -> int:
    """How many entries `entries` would give on all its pages."""
    found = _found(edition_id, subject, action, words)
    return session.exec(select(func.count()).select_from(found.subquery())).one()
